// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.fastpipeline.core.graph.Domain;
import org.fastpipeline.core.graph.Graph;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.ProcessObject;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Stateless;

/// Parameter changes made in the middle of a run, so that what each frame must see of them is known beforehand.
///
/// One source, the conductor, makes them from inside its `next`: the frame that this call gives is the first to see
/// them. They touch only nodes that work for the conductor's frames and below, and static ones that nobody else reads.
final class Changes {
    /// No changes at all.
    static final Changes NONE = new Changes(Optional.empty(), new TreeMap<>());

    /// What a parameter is, and how often it was set: to set it anew to the same value is a change too.
    record Setting(Object value, int times) {}

    /// The source that makes the changes.
    final Optional<RandomStreams.Opener> conductor;

    /// What is changed at once, by the number of the call.
    final NavigableMap<Long, List<Parameter.Assignment<?>>> byCall;

    private Changes(
            Optional<RandomStreams.Opener> conductor, NavigableMap<Long, List<Parameter.Assignment<?>>> byCall) {
        this.conductor = conductor;
        this.byCall = byCall;
    }

    /// Draws changes that fit `graph`.
    static Changes draw(Graph graph, List<RandomGraph.Wish> wishes, Random random, int frames) {
        Optional<Graph.Node> conductor = graph.nodes().stream()
                .filter(node -> node.object() instanceof RandomStreams.Opener
                        && node.domain().equals(Graph.ROOT))
                .findFirst();
        if (conductor.isEmpty()) {
            return NONE;
        }
        List<Parameter<?>> targets = new ArrayList<>();
        for (Graph.Node node : graph.nodes()) {
            if (mayChange(graph, wishes, node, conductor.get())) {
                targets.addAll(node.object().parameters());
            }
        }
        NavigableMap<Long, List<Parameter.Assignment<?>>> byCall = new TreeMap<>();
        int changes = targets.isEmpty() ? 0 : random.nextInt(5);
        for (int i = 0; i < changes; i++) {
            List<Parameter.Assignment<?>> together = new ArrayList<>();
            for (int many = 1 + random.nextInt(4); many > 0; many--) {
                Parameter<?> target = targets.get(random.nextInt(targets.size()));
                together.add(assign(target, random.nextInt(4)));
            }
            byCall.put((long) random.nextInt(frames + 1), together);
        }
        return new Changes(Optional.of((RandomStreams.Opener) conductor.get().object()), byCall);
    }

    @SuppressWarnings("unchecked")
    private static Parameter.Assignment<Integer> assign(Parameter<?> parameter, int value) {
        return ((Parameter<Integer>) parameter).to(value);
    }

    private static boolean mayChange(
            Graph graph, List<RandomGraph.Wish> wishes, Graph.Node node, Graph.Node conductor) {
        Domain line = conductor.outputDomain();
        if (node.object().equals(conductor.object()) || line.encloses(node.domain())) {
            return true;
        }
        return isStatic(node)
                && readers(graph, node).stream()
                        .allMatch(
                                reader -> reader.object().equals(conductor.object()) || line.encloses(reader.domain()))
                && wishes.stream()
                        .filter(wish -> !wish.domain(graph).equals(Graph.ROOT) && !line.encloses(wish.domain(graph)))
                        .flatMap(wish -> wish.ports().stream())
                        .noneMatch(port -> reach(graph, node).contains(port.owner()));
    }

    private static boolean isStatic(Graph.Node node) {
        return node.domain().equals(Graph.ROOT)
                && (node.object() instanceof Stateless || node.object() instanceof Stateful<?>);
    }

    /// `from` and the static nodes after it.
    private static Set<ProcessObject> reach(Graph graph, Graph.Node from) {
        Set<ProcessObject> reached = new HashSet<>(Set.of(from.object()));
        for (Graph.Node node : graph.nodes()) {
            if (isStatic(node) && reads(node, reached)) {
                reached.add(node.object());
            }
        }
        return reached;
    }

    private static List<Graph.Node> readers(Graph graph, Graph.Node from) {
        Set<ProcessObject> reached = reach(graph, from);
        return graph.nodes().stream()
                .filter(node -> !isStatic(node) && reads(node, reached))
                .toList();
    }

    private static boolean reads(Graph.Node node, Set<ProcessObject> some) {
        return node.feeds().stream().flatMap(List<Out<?>>::stream).anyMatch(out -> some.contains(out.owner()));
    }

    /// Makes the changes that belong to a call of the conductor; in the graph that the executor runs.
    void arm() {
        conductor.ifPresent(opener -> opener.beforeNext = call -> {
            List<Parameter.Assignment<?>> together = byCall.get(call);
            if (together != null) {
                Parameter.setAll(together);
            }
        });
    }

    /// The parameters changed so far, after a call of the conductor.
    Map<Parameter<?>, Setting> after(long call) {
        Map<Parameter<?>, Setting> changed = new HashMap<>();
        for (List<Parameter.Assignment<?>> together : byCall.headMap(call, true).values()) {
            for (Parameter.Assignment<?> one : together) {
                Setting before = changed.get(one.parameter());
                changed.put(one.parameter(), new Setting(one.value(), before == null ? 1 : before.times() + 1));
            }
        }
        return changed;
    }
}
