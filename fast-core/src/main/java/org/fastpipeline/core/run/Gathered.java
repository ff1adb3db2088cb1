// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.fastpipeline.core.graph.Fold;
import org.fastpipeline.core.graph.Graph;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.ProcessObject;

/// The settings on which static values depend that are gathered from whole streams: a run reads a stream once, so a
/// change of one of these needs another run.
///
/// @param parameters parameters of all nodes upstream of such folds, the folds themselves among them
record Gathered(ImmutableList<Parameter<?>> parameters) {
    static Gathered of(Plan plan) {
        Set<ProcessObject> nodes = new LinkedHashSet<>();
        boolean isStatic = !plan.subscriptions.isEmpty()
                && plan.subscriptions.getFirst().ports().stream()
                        .allMatch(port -> plan.graph.domain(port).equals(Graph.ROOT));
        Deque<ProcessObject> agenda = new ArrayDeque<>();
        for (Graph.Node node : plan.graph.nodes()) {
            if (isStatic
                    && node.object() instanceof Fold<?>
                    && node.outputDomain().equals(Graph.ROOT)) {
                agenda.add(node.object());
            }
        }
        while (!agenda.isEmpty()) {
            ProcessObject node = agenda.remove();
            if (nodes.add(node)) {
                plan.graph.node(node).feeds().forEach(outs -> outs.forEach(out -> agenda.add(out.owner())));
            }
        }
        return new Gathered(nodes.stream()
                .flatMap(node -> node.parameters().stream())
                .collect(ImmutableList.<Parameter<?>>toImmutableList()));
    }

    /// Their values at this moment.
    List<Object> values() {
        return Parameter.readAll(parameters);
    }
}
