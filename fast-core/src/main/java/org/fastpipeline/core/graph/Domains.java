// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fastpipeline.core.error.Fault;

/// Gives each node its domain, from the ports it reads; finds faults where domains do not fit.
final class Domains {
    private final Wiring wiring;
    private final List<Fault> faults;
    private final Map<ProcessObject, Domain> outputs = new HashMap<>();
    private final Map<Domain, Set<Domain>> origins = new HashMap<>();
    private final Map<ProcessObject, Set<Domain>> folded = new HashMap<>();

    private Domains(Wiring wiring, List<Fault> faults) {
        this.wiring = wiring;
        this.faults = faults;
    }

    static ImmutableMap<ProcessObject, Graph.Node> assign(Wiring wiring, List<Fault> faults) {
        Domains domains = new Domains(wiring, faults);
        ImmutableMap.Builder<ProcessObject, Graph.Node> placed = ImmutableMap.builder();
        for (ProcessObject node : wiring.nodes()) {
            placed.put(node, domains.place(node));
        }
        return placed.buildOrThrow();
    }

    private Graph.Node place(ProcessObject node) {
        Set<Domain> read = new LinkedHashSet<>();
        wiring.feeds(node).forEach(outs -> outs.forEach(out -> read.add(domain(out))));
        Domain deepest =
                read.stream().max(Comparator.comparingInt(Domain::depth)).orElse(Graph.ROOT);
        Domain output =
                switch (node) {
                    case Stateless _, Stateful<?> _, Sink<?> _ -> {
                        checkOneLine(node, deepest);
                        yield deepest;
                    }
                    case Source<?> _ -> {
                        checkOneLine(node, deepest);
                        yield open(node, deepest, Set.of());
                    }
                    case Fold<?> _ -> {
                        checkOneLine(node, deepest);
                        yield foldInto(node, deepest);
                    }
                    case Restream<?> _ -> merge(node, read, deepest);
                };
        outputs.put(node, output);
        Set<Domain> ended = foldedBelow(node, deepest);
        folded.put(node, ended);
        return new Graph.Node(
                node,
                wiring.name(node),
                deepest,
                output,
                wiring.feeds(node),
                ImmutableSet.copyOf(originsUpFrom(output)),
                ImmutableSet.copyOf(ended));
    }

    /// A supplier inside a cycle has no domain yet; the cycle is a fault already.
    private Domain domain(Out<?> out) {
        return outputs.getOrDefault(out.owner(), Graph.ROOT);
    }

    private Domain open(ProcessObject node, Domain parent, Set<Domain> mergedOrigins) {
        Domain opened = new Domain(wiring.name(node), Optional.of(parent));
        origins.put(opened, mergedOrigins.isEmpty() ? Set.of(opened) : mergedOrigins);
        return opened;
    }

    private void checkOneLine(ProcessObject node, Domain deepest) {
        for (Input<?> input : node.inputs()) {
            for (Out<?> out : wiring.feeds(node).get(input.position())) {
                if (!domain(out).encloses(deepest)) {
                    faults.add(new Fault(
                            wiring.name(node) + "." + input.name(),
                            "fed from domain " + domain(out) + " while another input is fed from " + deepest,
                            "inputs of one domain and those that enclose it",
                            "Join the two with a Restream node (zip, interleave) or gather one with a Fold node"));
                }
            }
        }
    }

    /// The domains whose end this node's outputs wait for. Reading such a value while working on those very frames
    /// would have the frames wait for their own end.
    private Set<Domain> foldedBelow(ProcessObject node, Domain deepest) {
        Set<Domain> working = new LinkedHashSet<>();
        wiring.feeds(node).forEach(outs -> outs.forEach(out -> working.addAll(originsUpFrom(domain(out)))));
        Set<Domain> ended = new LinkedHashSet<>();
        if (node instanceof Fold<?>) {
            ended.addAll(originsUpFrom(deepest));
            ended.removeAll(deepest.parent().map(this::originsUpFrom).orElse(Set.of()));
        }
        for (Input<?> input : node.inputs()) {
            for (Out<?> out : wiring.feeds(node).get(input.position())) {
                Set<Domain> waited = folded.getOrDefault(out.owner(), Set.of());
                Sets.intersection(waited, working)
                        .forEach(
                                domain -> faults.add(
                                        new Fault(
                                                wiring.name(node) + "." + input.name(),
                                                "reads " + out + ", which is known only after the last frame of "
                                                        + domain + ", while it works on those frames",
                                                "values that are known while the frames pass",
                                                "Use a Stateful node for a running value, or read the frames again from another source")));
                ended.addAll(waited);
            }
        }
        return ended;
    }

    /// The sources whose frames must pass for a frame of `domain` to pass.
    private Set<Domain> originsUpFrom(Domain domain) {
        Set<Domain> all = new LinkedHashSet<>();
        for (Optional<Domain> at = Optional.of(domain);
                at.isPresent();
                at = at.get().parent()) {
            all.addAll(origins.getOrDefault(at.get(), Set.of()));
        }
        return all;
    }

    private Domain foldInto(ProcessObject node, Domain deepest) {
        if (deepest.parent().isEmpty()) {
            faults.add(new Fault(
                    wiring.name(node),
                    "fed with static values only",
                    "at least one input from a stream or children",
                    "Feed it from a source"));
        }
        return deepest.parent().orElse(Graph.ROOT);
    }

    private Domain merge(ProcessObject node, Set<Domain> read, Domain deepest) {
        List<Domain> streams = read.stream()
                .filter(domain -> domain.depth() == deepest.depth())
                .toList();
        Domain parent = deepest.parent().orElse(Graph.ROOT);
        if (deepest.parent().isEmpty()) {
            faults.add(new Fault(
                    wiring.name(node),
                    "fed with static values only",
                    "at least one input from a stream",
                    "Feed it from a source"));
        }
        Set<Domain> merged = Set.of();
        for (Domain domain : read) {
            boolean isStream = streams.contains(domain);
            if (isStream ? !parent.equals(domain.parent().orElse(Graph.ROOT)) : !domain.encloses(parent)) {
                faults.add(new Fault(
                        wiring.name(node),
                        "fed from domain " + domain + " while another input is fed from " + deepest,
                        "streams with one parent, and values that enclose them",
                        "Gather the deeper one with a Fold node first"));
            }
            Set<Domain> own = isStream ? origins.getOrDefault(domain, Set.of()) : Set.of();
            if (!Sets.intersection(merged, own).isEmpty()) {
                faults.add(new Fault(
                        wiring.name(node),
                        "fed by two streams that both come from " + Sets.intersection(merged, own),
                        "streams of different sources: one of them would have to hold the other's frames without bound",
                        "Carry what is needed along with the frames of one of them"));
            }
            merged = Sets.union(merged, own).immutableCopy();
        }
        if (node instanceof Restream<?> restream && restream.joins()) {
            checkApart(node, streams);
        }
        return open(node, parent, merged);
    }

    /// One frame cannot be taken twice: of two connections to one stream each would get every other frame.
    private void checkApart(ProcessObject node, List<Domain> streams) {
        Set<Domain> taken = new HashSet<>();
        for (Input<?> input : node.inputs()) {
            for (Out<?> out : wiring.feeds(node).get(input.position())) {
                boolean isStream = streams.contains(domain(out));
                if (!isStream || !taken.add(domain(out))) {
                    faults.add(new Fault(
                            wiring.name(node) + "." + input.name(),
                            (isStream ? "a second connection to stream " : "a value of the enclosing domain ")
                                    + domain(out),
                            "a stream of its own for each connection",
                            "Ports of one stream need no joining: read them in one node"));
                }
            }
        }
    }
}
