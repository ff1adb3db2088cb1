// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

import java.util.Optional;

/// Where values of a port live: the static root, a stream below it, the children of a stream's frames, and so on down.
///
/// @param name name of the node that opens it, `static` for the root
/// @param parent the domain it lies in, none for the root
public record Domain(String name, Optional<Domain> parent) {
    /// How far below the root.
    public int depth() {
        int depth = 0;
        for (Optional<Domain> above = parent; above.isPresent(); above = above.get().parent) {
            depth++;
        }
        return depth;
    }

    /// Whether this is `other` or lies above it.
    public boolean encloses(Domain other) {
        for (Optional<Domain> at = Optional.of(other); at.isPresent(); at = at.get().parent) {
            if (at.get().equals(this)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return parent.map(above -> above.parent.isPresent() ? above + "/" + name : name)
                .orElse(name);
    }
}
