// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

import java.util.Optional;

/// A place where a node puts results.
///
/// @param <T> what it carries
public final class Out<T> {
    private final ProcessObject owner;
    private final String name;
    private final Class<T> type;
    private final int position;
    private final String doc;

    Out(ProcessObject owner, String name, Class<T> type, int position, String doc) {
        this.owner = owner;
        this.name = name;
        this.type = type;
        this.position = position;
        this.doc = doc;
    }

    /// The node that puts here.
    public ProcessObject owner() {
        return owner;
    }

    /// Name of the port, unique among the node's outputs.
    public String name() {
        return name;
    }

    /// What it carries.
    public Class<T> type() {
        return type;
    }

    /// Place among the node's outputs, from 0.
    public int position() {
        return position;
    }

    /// What it carries, in one sentence; empty if nobody said.
    public String doc() {
        return doc;
    }

    /// This port, if what it carries is a `wanted`: for wiring that no compiler sees.
    @SuppressWarnings("unchecked") // all it carries is of `type`, which is a `wanted`
    public <U> Optional<Out<? extends U>> as(Class<U> wanted) {
        return wanted.isAssignableFrom(type) ? Optional.of((Out<? extends U>) this) : Optional.empty();
    }

    @Override
    public String toString() {
        return owner.name() + "." + name;
    }
}
