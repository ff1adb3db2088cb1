// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.oracle;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.Domain;
import org.fastpipeline.core.graph.FrameId;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;

/// A frame with all that is known of it.
final class Row implements Comparable<Row> {
    final Domain domain;
    final Optional<Row> parent;
    final FrameId id;
    final Map<Out<?>, Outcome<?>> values = new HashMap<>();
    final Map<Out<?>, Metadata> metadata = new HashMap<>();
    boolean atEnd;

    Row(Domain domain, Optional<Row> parent, long sequence) {
        this.domain = domain;
        this.parent = parent;
        this.id = new FrameId(parent.map(above -> above.id), domain.name(), sequence);
    }

    Row at(Domain wanted) {
        return domain.equals(wanted) ? this : parent.orElseThrow().at(wanted);
    }

    Row top() {
        return parent.isPresent() && parent.get().parent.isPresent()
                ? parent.get().top()
                : this;
    }

    @Override
    public int compareTo(Row other) {
        int order = parent.isPresent() ? parent.get().compareTo(other.parent.orElseThrow()) : 0;
        return order != 0 ? order : Long.compare(id.sequence(), other.id.sequence());
    }
}
