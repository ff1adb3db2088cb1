// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.List;
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

    /// Where its outputs go, by output position; none unless the role fills outputs.
    final List<Slot> outs;

    /// Where the node's parameters begin in a frame's snapshot.
    final int parameters;

    private final boolean[] tolerant;

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
        this.tolerant = new boolean[feeds.size()];
        for (int i = 0; i < tolerant.length; i++) {
            tolerant[i] = node == null || node.inputs().get(i).need() == Input.Need.OUTCOME;
        }
        domain.works.add(this);
    }

    Lane lane() {
        return node == null || role == Role.OPEN ? Lane.IO : node.lane();
    }

    /// How many consecutive frames are worked on at once.
    int batch() {
        return node instanceof Stateless stateless && !domain.isRoot() ? Math.max(1, stateless.batch()) : 1;
    }

    /// Whether the node wants to see skipped and failed outcomes on this input.
    boolean isTolerant(int input) {
        return tolerant[input];
    }

    @Override
    public String toString() {
        return name;
    }
}
