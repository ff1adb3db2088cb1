// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.fastpipeline.core.graph.Input;
import org.fastpipeline.core.graph.Lane;
import org.fastpipeline.core.graph.ProcessObject;
import org.fastpipeline.core.graph.Stateless;
import org.jspecify.annotations.Nullable;

/// One kind of work on the frames of a domain, compiled from a node or a subscription.
final class WorkPlan {
    final Role role;

    /// The node; none for a delivery.
    final @Nullable ProcessObject node;

    final String name;
    final DomainPlan domain;

    /// Place in the topological order of the whole plan.
    final int position;

    /// Place among the works of its domain.
    final int index;

    /// What feeds each input, by input position; an input fed from elsewhere in another role is empty here.
    final List<List<Slot>> feeds;

    /// The feeds in its own domain, once per connection.
    final Slot[] near;

    /// The feeds in enclosing domains, once per connection, those of the deepest first.
    final Slot[] far;

    /// The feeds without whose values it is passed over, in port order.
    final Slot[] strict;

    /// Where its outputs go, by output position; none unless the role fills outputs.
    final List<Slot> outs;

    /// Where the node's parameters begin in a frame's snapshot.
    final int parameters;

    final Lane lane;

    /// How many consecutive frames are worked on at once.
    int batch;

    /// The domain it opens (OPEN), closes (FINISH) or hands frames to (TAKE).
    @Nullable DomainPlan other;

    /// For ADD the work that finishes, for FINISH the work that adds.
    @Nullable WorkPlan partner;

    /// For DELIVER, which subscription.
    int subscription = -1;

    WorkPlan(
            Role role,
            @Nullable ProcessObject node,
            String name,
            DomainPlan domain,
            int position,
            List<List<Slot>> feeds,
            List<Slot> outs,
            int parameters) {
        this.role = role;
        this.node = node;
        this.name = name;
        this.domain = domain;
        this.position = position;
        this.index = domain.works.size();
        this.feeds = feeds;
        this.outs = outs;
        this.parameters = parameters;
        List<Slot> all = feeds.stream().flatMap(List::stream).toList();
        this.near = all.stream().filter(slot -> slot.domain == domain).toArray(Slot[]::new);
        this.far = all.stream()
                .filter(slot -> slot.domain != domain)
                .sorted(Comparator.comparingInt(slot -> -slot.domain.domain.depth()))
                .toArray(Slot[]::new);
        this.strict = node == null ? new Slot[0] : strict(node, feeds);
        this.lane = node == null || role == Role.OPEN ? Lane.IO : node.lane();
        this.batch = node instanceof Stateless stateless && !domain.isRoot() ? Math.max(1, stateless.batch()) : 1;
        domain.works.add(this);
    }

    private static Slot[] strict(ProcessObject node, List<List<Slot>> feeds) {
        List<Slot> strict = new ArrayList<>();
        for (Input<?> input : node.inputs()) {
            if (input.need() != Input.Need.OUTCOME) {
                strict.addAll(feeds.get(input.position()));
            }
        }
        return strict.toArray(Slot[]::new);
    }

    ProcessObject requireNode() {
        return Objects.requireNonNull(node, "only deliveries have no node");
    }

    @Override
    public String toString() {
        return name;
    }
}
