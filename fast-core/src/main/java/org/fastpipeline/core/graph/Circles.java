// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.SetMultimap;
import com.google.common.collect.Sets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.fastpipeline.core.error.Fault;

/// Finds frames of one stream that wait for the end of another whose frames wait for theirs: all of them would have to
/// be held.
///
/// Two streams below one parent depend on each other where both are read together; through others, too.
final class Circles {
    /// Who reads ports together: a node, or who is handed their frames.
    private record Reader(String name, Collection<? extends Out<?>> ports) {}

    private final Graph graph;
    private final List<Reader> readers = new ArrayList<>();

    /// Streams by those that must get on for theirs to come.
    private final SetMultimap<Domain, Domain> needs = HashMultimap.create();

    private Circles(Graph graph, Collection<? extends Collection<? extends Out<?>>> together) {
        this.graph = graph;
        for (Graph.Node node : graph.nodes()) {
            readers.add(new Reader(
                    node.name(), node.feeds().stream().flatMap(List::stream).toList()));
        }
        for (Collection<? extends Out<?>> ports : together) {
            readers.add(new Reader(ports.stream().map(graph::name).toList().toString(), ports));
        }
        for (Reader reader : readers) {
            Set<Domain> passing = all(reader, Graph.Node::origins);
            for (Domain stream : passing) {
                needs.putAll(stream, beside(stream, passing));
                needs.putAll(stream, beside(stream, all(reader, Graph.Node::awaited)));
            }
        }
    }

    /// The faults of `graph` when the ports of each element of `together` are handed out frame by frame.
    static List<Fault> find(Graph graph, Collection<? extends Collection<? extends Out<?>>> together) {
        Circles circles = new Circles(graph, together);
        List<Fault> faults = new ArrayList<>();
        for (Reader reader : circles.readers) {
            Set<Domain> awaited = circles.all(reader, Graph.Node::awaited);
            for (Domain stream : circles.all(reader, Graph.Node::origins)) {
                for (Domain end : beside(stream, awaited)) {
                    if (circles.reaches(end, stream)) {
                        faults.add(new Fault(
                                reader.name,
                                "has frames of " + stream + " wait for the last frame of " + end + ", while frames of "
                                        + end + " wait for those of " + stream,
                                "streams that do not wait for each other: all frames of " + stream
                                        + " would have to be held",
                                "Read " + stream + " again from another source, or use a Stateful node for a running"
                                        + " value"));
                    }
                }
            }
        }
        return faults;
    }

    private Set<Domain> all(Reader reader, Function<Graph.Node, Set<Domain>> what) {
        Set<Domain> all = new LinkedHashSet<>();
        reader.ports.forEach(port -> all.addAll(what.apply(graph.node(port.owner()))));
        return all;
    }

    /// Those of `others` that lie below the same parent: what a frame's own children do, that frame waits for anyway.
    private static Set<Domain> beside(Domain stream, Set<Domain> others) {
        return Sets.filter(
                others, other -> !other.equals(stream) && other.parent().equals(stream.parent()));
    }

    private boolean reaches(Domain from, Domain to) {
        Set<Domain> seen = new HashSet<>(Set.of(from));
        Deque<Domain> agenda = new ArrayDeque<>(seen);
        while (!agenda.isEmpty()) {
            for (Domain next : needs.get(agenda.poll())) {
                if (next.equals(to)) {
                    return true;
                }
                if (seen.add(next)) {
                    agenda.add(next);
                }
            }
        }
        return false;
    }
}
