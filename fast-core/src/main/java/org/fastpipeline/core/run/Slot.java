// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.graph.Out;

/// The place of an output's values in the frames of its domain.
final class Slot {
    final Out<?> out;
    final String name;
    final DomainPlan domain;
    final int index;

    /// Work on the same frame that reads it, once per connection.
    final List<WorkPlan> readers = new ArrayList<>();

    /// How many readers there are in a frame: those, and each child domain with readers inside.
    int readerCount;

    Slot(Out<?> out, String name, DomainPlan domain, int index) {
        this.out = out;
        this.name = name;
        this.domain = domain;
        this.index = index;
    }

    @Override
    public String toString() {
        return name;
    }
}
