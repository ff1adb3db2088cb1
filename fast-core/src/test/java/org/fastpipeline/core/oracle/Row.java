// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.oracle;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.Domain;
import org.fastpipeline.core.graph.FrameId;
import org.fastpipeline.core.graph.Graph;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Parameter;

/// A frame with all that is known of it.
final class Row implements Comparable<Row> {
    final Domain domain;
    final Optional<Row> parent;
    final FrameId id;
    final Map<Out<?>, Outcome<?>> values = new HashMap<>();
    final Map<Out<?>, Metadata> metadata = new HashMap<>();

    /// What the source or restream said of it.
    Metadata said = Metadata.EMPTY;

    /// For a later static row: outputs whose outcome was taken over from the row before.
    final Set<Out<?>> takenOver = new HashSet<>();

    boolean atEnd;

    /// The static values it reads: those of its parameter epoch.
    Row statics;

    /// The parameters that differ from what they were at the beginning.
    Map<Parameter<?>, Changes.Setting> parameters;

    Row(Domain domain, Optional<Row> parent, long sequence) {
        this.domain = domain;
        this.parent = parent;
        this.id = new FrameId(parent.map(above -> above.id), domain.name(), sequence);
        this.statics = parent.map(above -> above.statics).orElse(this);
        this.parameters = parent.<Map<Parameter<?>, Changes.Setting>>map(above -> above.parameters)
                .orElse(Map.of());
    }

    Row at(Domain wanted) {
        if (wanted.equals(Graph.ROOT)) {
            return statics;
        }
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
