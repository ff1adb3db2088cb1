// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

/// A node that closes a domain: it gathers all frames of it into one result of their parent.
///
/// By default one failed child fails the result, with that child's cause. Inputs declared for outcomes make it
/// tolerant.
///
/// @param <A> what it gathers into
public abstract non-sealed class Fold<A> extends ProcessObject {
    /// For subclasses, which declare their ports as fields.
    protected Fold() {}

    /// A new accumulator for the frame of `parent`.
    public abstract A begin(Step parent) throws Exception;

    /// Adds one child; in index order, one at a time.
    public abstract void add(A accumulator, Step child) throws Exception;

    /// Puts the result for the parent, after the last child.
    public abstract void finish(A accumulator, Step parent) throws Exception;

    /// Puts a copy of what has been gathered so far, for viewers who wait for the result; nothing by default.
    ///
    /// Called between two adds, only while a viewer waits. The accumulator must not change, and what is put
    /// must not change with it afterwards. A failure is shown to the viewer and to nobody else.
    public void snapshot(A accumulator, Step parent) throws Exception {}

    /// Gives the accumulator's resources back; called exactly once per accumulator, after all else.
    public void close(A accumulator) throws Exception {}
}
