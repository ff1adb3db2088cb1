// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fastpipeline.core.error.Fault;

/// The nodes upstream of given ends, each after those it reads from, with unique names; finds faults of wiring.
final class Wiring {
    private final Map<ProcessObject, String> names = new LinkedHashMap<>();
    private final Map<ProcessObject, ImmutableList<ImmutableList<Out<?>>>> feeds = new HashMap<>();

    /// Nodes that read in a circle, each from the next.
    private final List<List<ProcessObject>> cycles = new ArrayList<>();

    private Wiring() {}

    static Wiring upstreamOf(Collection<ProcessObject> ends, List<Fault> faults) {
        Wiring wiring = new Wiring();
        List<ProcessObject> order = wiring.sort(ends);
        wiring.nameAll(order);
        wiring.cycles.forEach(cycle -> faults.add(wiring.fault(cycle)));
        order.forEach(node -> wiring.checkInputs(node, faults));
        return wiring;
    }

    /// The nodes, each after those it reads from.
    Collection<ProcessObject> nodes() {
        return names.keySet();
    }

    String name(ProcessObject node) {
        return names.getOrDefault(node, node.name());
    }

    ImmutableList<ImmutableList<Out<?>>> feeds(ProcessObject node) {
        return feeds.getOrDefault(node, ImmutableList.of());
    }

    /// A node being visited, and those of its suppliers that are still to be visited.
    private record Visit(ProcessObject node, Deque<ProcessObject> suppliers) {}

    /// Depth-first without recursion, so that a chain of any length is fine.
    private List<ProcessObject> sort(Collection<ProcessObject> ends) {
        List<ProcessObject> order = new ArrayList<>();
        Map<ProcessObject, Boolean> done = new HashMap<>();
        Deque<Visit> path = new ArrayDeque<>();
        for (ProcessObject end : ends) {
            enter(end, done, path);
            while (!path.isEmpty()) {
                Visit visit = path.peek();
                ProcessObject supplier = visit.suppliers.poll();
                if (supplier == null) {
                    path.pop();
                    done.put(visit.node, true);
                    order.add(visit.node);
                } else if (Boolean.FALSE.equals(done.get(supplier))) {
                    cycles.add(cycle(path, supplier));
                } else {
                    enter(supplier, done, path);
                }
            }
        }
        return order;
    }

    private void enter(ProcessObject node, Map<ProcessObject, Boolean> done, Deque<Visit> path) {
        if (done.putIfAbsent(node, false) == null) {
            ImmutableList.Builder<ImmutableList<Out<?>>> inputs = ImmutableList.builder();
            Deque<ProcessObject> suppliers = new ArrayDeque<>();
            for (Input<?> input : node.inputs()) {
                ImmutableList<Out<?>> outs = ImmutableList.copyOf(input.feeds());
                inputs.add(outs);
                outs.forEach(out -> suppliers.add(out.owner()));
            }
            feeds.put(node, inputs.build());
            path.push(new Visit(node, suppliers));
        }
    }

    private static List<ProcessObject> cycle(Deque<Visit> path, ProcessObject closing) {
        List<ProcessObject> cycle = new ArrayList<>();
        for (Visit visit : path) {
            cycle.addFirst(visit.node);
            if (visit.node.equals(closing)) {
                break;
            }
        }
        return cycle;
    }

    private Fault fault(List<ProcessObject> cycle) {
        String first = name(cycle.getFirst());
        return new Fault(
                first,
                "a cycle: " + String.join(" <- ", cycle.stream().map(this::name).toList()) + " <- " + first,
                "a graph without cycles",
                "Cut one of these connections; state that is carried from frame to frame belongs in a Stateful node");
    }

    private void nameAll(List<ProcessObject> order) {
        Map<String, Integer> uses = new HashMap<>();
        for (ProcessObject node : order) {
            String name = node.name();
            for (int use = uses.merge(name, 1, Integer::sum); use > 1; use = uses.merge(name, 1, Integer::sum)) {
                name = node.name() + "-" + use;
            }
            names.put(node, name);
        }
    }

    private void checkInputs(ProcessObject node, List<Fault> faults) {
        for (Input<?> input : node.inputs()) {
            String where = name(node) + "." + input.name();
            ImmutableList<Out<?>> outs = feeds(node).get(input.position());
            if (outs.isEmpty() && input.need() != Input.Need.OPTIONAL) {
                faults.add(new Fault(
                        where,
                        "not connected",
                        "an output of " + input.type().getSimpleName(),
                        "Call " + input.name() + ".from(...) before the pipeline is built"));
            }
            if (outs.size() > 1 && input instanceof In<?>) {
                faults.add(new Fault(
                        where,
                        "connected " + outs.size() + " times, to " + outs,
                        "one connection",
                        "Connect it once; an input for many is declared with ins(...)"));
            }
        }
    }
}
