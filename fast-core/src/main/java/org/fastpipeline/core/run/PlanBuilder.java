// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Sets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.fastpipeline.core.error.Fault;
import org.fastpipeline.core.error.GraphException;
import org.fastpipeline.core.graph.Domain;
import org.fastpipeline.core.graph.Fold;
import org.fastpipeline.core.graph.Graph;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.ProcessObject;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Stateless;
import org.jspecify.annotations.Nullable;

/// Compiles a graph and its subscriptions into a plan.
final class PlanBuilder {
    private final Graph graph;
    private final Map<Domain, DomainPlan> domains = new HashMap<>();
    private final Map<Out<?>, Slot> slots = new HashMap<>();
    private final Map<ProcessObject, Integer> parameterBase = new HashMap<>();
    private final List<WorkPlan> works = new ArrayList<>();

    private PlanBuilder(Graph graph) {
        this.graph = graph;
    }

    static Plan build(Graph graph, ImmutableList<Subscription> subscriptions) {
        PlanBuilder builder = new PlanBuilder(graph);
        DomainPlan root = builder.domain(Graph.ROOT);
        ImmutableList<Parameter<?>> parameters = builder.parameters();
        graph.nodes().forEach(builder::addWork);
        for (int i = 0; i < subscriptions.size(); i++) {
            builder.addDelivery(subscriptions.get(i), i);
        }
        graph.requireNoCircle(subscriptions.stream().map(Subscription::ports).toList());
        builder.works.forEach(builder::countReaders);
        builder.domains.values().forEach(PlanBuilder::settle);
        builder.domains.values().forEach(PlanBuilder::settleBatches);
        return new Plan(graph, subscriptions, root, builder.slots, builder.works, parameters);
    }

    private DomainPlan domain(Domain domain) {
        DomainPlan known = domains.get(domain);
        if (known == null) {
            known = new DomainPlan(domain, domain.parent().map(this::domain).orElse(null));
            domains.put(domain, known);
        }
        return known;
    }

    private ImmutableList<Parameter<?>> parameters() {
        ImmutableList.Builder<Parameter<?>> all = ImmutableList.builder();
        int base = 0;
        for (Graph.Node node : graph.nodes()) {
            parameterBase.put(node.object(), base);
            all.addAll(node.object().parameters());
            base += node.object().parameters().size();
        }
        return all.build();
    }

    private void addWork(Graph.Node node) {
        DomainPlan at = domain(node.domain());
        switch (node.object()) {
            case Stateless _ -> work(Role.STATELESS, node, at, feeds(node, null), outs(node));
            case Stateful<?> _ -> at.stateful.add(work(Role.STATEFUL, node, at, feeds(node, null), outs(node)));
            case Sink<?> _ -> work(Role.SINK, node, at, feeds(node, null), List.of());
            case Source<?> _ -> {
                DomainPlan opened = domain(node.outputDomain());
                work(Role.OPEN, node, at, feeds(node, null), List.of()).other = opened;
                work(Role.LOAD, node, opened, feeds(node, null), outs(node));
            }
            case Fold<?> _ -> {
                WorkPlan add = work(Role.ADD, node, at, feeds(node, null), List.of());
                WorkPlan finish =
                        work(Role.FINISH, node, domain(node.outputDomain()), feeds(node, at.parent), outs(node));
                add.partner = finish;
                finish.partner = add;
                finish.other = at;
            }
            case Restream<?> restream -> addRestream(node, restream);
        }
    }

    private void addRestream(Graph.Node node, Restream<?> restream) {
        DomainPlan opened = domain(node.outputDomain());
        DomainPlan parent = Objects.requireNonNull(opened.parent);
        work(Role.OPEN, node, parent, feeds(node, parent), List.of()).other = opened;
        node.feeds().stream()
                .flatMap(outs -> outs.stream().map(out -> domain(graph.domain(out))))
                .distinct()
                .filter(from -> from.parent == parent && !from.isRoot())
                .sorted(Comparator.comparingInt(from -> from.index))
                .forEach(from -> {
                    List<List<Slot>> own = feeds(node, null).stream()
                            .map(slots -> slots.stream()
                                    .filter(slot -> slot.domain == from)
                                    .toList())
                            .toList();
                    work(Role.TAKE, node, from, own, List.of()).other = opened;
                    from.holds += restream.holds();
                });
        work(Role.MERGE, node, opened, feeds(node, parent), outs(node));
    }

    private void addDelivery(Subscription subscription, int number) {
        Domain deepest = subscription.ports().stream()
                .map(graph::domain)
                .max(Comparator.comparingInt(Domain::depth))
                .orElse(Graph.ROOT);
        Set<Domain> passing = new HashSet<>();
        subscription
                .ports()
                .forEach(port -> passing.addAll(graph.node(port.owner()).origins()));
        for (Out<?> port : subscription.ports()) {
            checkSnapshots(subscription, port, deepest);
            Set<Domain> awaited = Sets.intersection(graph.node(port.owner()).awaited(), passing);
            if (!awaited.isEmpty()) {
                throw new GraphException(List.of(new Fault(
                        graph.name(port),
                        "known only after the last frame of " + awaited + ", but asked for with those frames",
                        "ports that are known while the frames pass",
                        "Subscribe to the two apart")));
            }
            if (!graph.domain(port).encloses(deepest)) {
                throw new GraphException(List.of(new Fault(
                        graph.name(port),
                        "asked for in domain " + graph.domain(port) + " together with ports of " + deepest,
                        "ports of one domain and those that enclose it",
                        "Subscribe to the two apart")));
            }
        }
        List<List<Slot>> feeds =
                subscription.ports().stream().map(port -> List.of(slot(port))).toList();
        WorkPlan work = new WorkPlan(
                Role.DELIVER, null, "subscription " + number, domain(deepest), works.size(), feeds, List.of(), 0);
        work.subscription = number;
        works.add(work);
    }

    private void checkSnapshots(Subscription subscription, Out<?> port, Domain deepest) {
        boolean folded = port.owner() instanceof Fold<?> && graph.domain(port).equals(deepest);
        if (subscription.delivery() == Subscription.Delivery.SNAPSHOTS && !folded) {
            throw new GraphException(List.of(new Fault(
                    graph.name(port),
                    "asked for snapshots of a port of domain " + graph.domain(port)
                            + (port.owner() instanceof Fold<?> ? "" : ", which no fold fills"),
                    "outputs of folds, in one domain",
                    "Subscribe to it apart, with Subscription.newest(...)")));
        }
    }

    private WorkPlan work(Role role, Graph.Node node, DomainPlan at, List<List<Slot>> feeds, List<Slot> outs) {
        WorkPlan work = new WorkPlan(
                role,
                node.object(),
                node.name(),
                at,
                works.size(),
                feeds,
                outs,
                parameterBase.getOrDefault(node.object(), 0));
        works.add(work);
        return work;
    }

    /// The slots that feed each input; only those of `limit` and above where a limit is given.
    private List<List<Slot>> feeds(Graph.Node node, @Nullable DomainPlan limit) {
        return node.feeds().stream()
                .map(outs -> outs.stream()
                        .map(this::slot)
                        .filter(slot -> limit == null || slot.domain.domain.encloses(limit.domain))
                        .toList())
                .toList();
    }

    private List<Slot> outs(Graph.Node node) {
        return node.object().outputs().stream().map(this::slot).toList();
    }

    private Slot slot(Out<?> out) {
        Slot known = slots.get(out);
        if (known == null) {
            DomainPlan at = domain(graph.domain(out));
            known = new Slot(out, graph.name(out), at, at.slots.size());
            at.slots.add(known);
            slots.put(out, known);
        }
        return known;
    }

    private void countReaders(WorkPlan work) {
        for (List<Slot> slots : work.feeds) {
            for (Slot slot : slots) {
                if (slot.domain == work.domain) {
                    slot.readers.add(work);
                    slot.readerCount++;
                } else {
                    inherit(slot, work.domain);
                }
            }
        }
    }

    /// Marks `slot` as read by the child domain of its own domain that leads down to `reader`.
    private static void inherit(Slot slot, DomainPlan reader) {
        DomainPlan child = reader;
        while (child.parent != null && child.parent != slot.domain) {
            child = child.parent;
        }
        if (!child.inherited.contains(slot)) {
            child.inherited.add(slot);
            slot.readerCount++;
        }
    }

    private static void settle(DomainPlan domain) {
        for (WorkPlan work : domain.works) {
            if (work.role.isObserver()) {
                domain.observers.add(work);
                for (DomainPlan at = domain; at != null; at = at.parent) {
                    at.ordered = true;
                }
            } else {
                domain.completing++;
            }
        }
        domain.completing += domain.children.size();
    }

    /// Where frames below leave in order, none may wait for a later one: frames below that one wait for it to
    /// leave.
    private static void settleBatches(DomainPlan domain) {
        boolean alone = domain.children.stream().anyMatch(child -> child.ordered);
        for (WorkPlan work : domain.works) {
            work.batch = alone ? 1 : work.batch;
            domain.batch = Math.max(domain.batch, work.batch);
        }
    }
}
