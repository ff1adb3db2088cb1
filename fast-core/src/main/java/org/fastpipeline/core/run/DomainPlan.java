// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.graph.Domain;
import org.jspecify.annotations.Nullable;

/// A domain, compiled: what is done for each of its frames.
final class DomainPlan {
    final Domain domain;
    final @Nullable DomainPlan parent;

    /// Place among its parent's children.
    final int index;

    final List<DomainPlan> children = new ArrayList<>();
    final List<WorkPlan> works = new ArrayList<>();
    final List<Slot> slots = new ArrayList<>();

    /// Slots of the parent's domain that are read in this domain or below.
    final List<Slot> inherited = new ArrayList<>();

    /// Stateful work, in topological order: the order in which it is told of the stream's end.
    final List<WorkPlan> stateful = new ArrayList<>();

    /// Work of those who watch frames leave: sinks and deliveries.
    final List<WorkPlan> observers = new ArrayList<>();

    /// How much work is part of a frame's completion.
    int completing;

    /// Whether frames leave in order, because somebody watches them here or below.
    boolean ordered;

    /// The largest number of consecutive frames that a node here takes at once.
    int batch = 1;

    /// How many frames restreams hold back.
    int holds;

    DomainPlan(Domain domain, @Nullable DomainPlan parent) {
        this.domain = domain;
        this.parent = parent;
        this.index = parent == null ? 0 : parent.children.size();
        if (parent != null) {
            parent.children.add(this);
        }
    }

    /// The fewest frames that must be in flight for the graph to move.
    int least() {
        return batch + holds;
    }

    boolean isDelivered() {
        return works.stream().anyMatch(work -> work.role == Role.DELIVER);
    }

    boolean isRoot() {
        return parent == null;
    }

    @Override
    public String toString() {
        return domain.name();
    }
}
