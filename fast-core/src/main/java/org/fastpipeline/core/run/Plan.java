// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Graph;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.ProcessObject;
import org.fastpipeline.core.graph.Stateful;

/// A graph compiled for execution: dense tables in place of names. Immutable once built.
final class Plan {
    final Graph graph;
    final ImmutableList<Subscription> subscriptions;
    final DomainPlan root;
    final Map<Out<?>, Slot> slots;

    /// All work, in topological order.
    final List<WorkPlan> works;

    /// The parameters of all nodes, in the order of a frame's snapshot, which also holds how often each was set.
    final ImmutableList<Parameter<?>> parameters;

    Plan(
            Graph graph,
            ImmutableList<Subscription> subscriptions,
            DomainPlan root,
            Map<Out<?>, Slot> slots,
            List<WorkPlan> works,
            ImmutableList<Parameter<?>> parameters) {
        this.graph = graph;
        this.subscriptions = subscriptions;
        this.root = root;
        this.slots = slots;
        this.works = works;
        this.parameters = parameters;
    }

    Slot slot(Out<?> out) {
        Slot slot = slots.get(out);
        if (slot == null) {
            throw new WrongUseException(
                    out.toString(),
                    "met a port that this pipeline does not compute; needed one it computes",
                    "Name it in Pipeline.to(...)");
        }
        return slot;
    }

    /// The work that is needed when the given subscriptions do not want a frame, by position in [#works].
    ///
    /// Nodes that remember see every frame, whoever wants it.
    BitSet neededWithout(BitSet unwanted) {
        BitSet needed = new BitSet();
        Deque<ProcessObject> agenda = new ArrayDeque<>();
        Set<ProcessObject> nodes = new HashSet<>();
        for (WorkPlan work : works) {
            if (work.role == Role.DELIVER
                    ? !unwanted.get(work.subscription)
                    : work.role == Role.SINK || work.node instanceof Stateful<?>) {
                needed.set(work.position);
                work.feeds.forEach(slots -> slots.forEach(slot -> agenda.add(slot.out.owner())));
                if (work.node != null) {
                    nodes.add(work.node);
                }
            }
        }
        while (!agenda.isEmpty()) {
            ProcessObject node = agenda.poll();
            if (nodes.add(node)) {
                graph.node(node).feeds().forEach(outs -> outs.forEach(out -> agenda.add(out.owner())));
            }
        }
        works.stream()
                .filter(work -> work.node != null && nodes.contains(work.node))
                .forEach(work -> needed.set(work.position));
        return needed;
    }
}
