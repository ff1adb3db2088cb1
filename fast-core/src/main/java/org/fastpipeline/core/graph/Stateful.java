// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

/// A node that remembers: it sees the frames of its stream in order, one after another.
///
/// There is one state per enclosing parent frame (per stream at the top), so frames of different parents are still
/// worked on at once. No state is kept in fields.
///
/// @param <S> its state
public abstract non-sealed class Stateful<S> extends ProcessObject {
    /// For subclasses, which declare their ports as fields.
    protected Stateful() {}

    /// A new state, before the first frame.
    public abstract S open() throws Exception;

    /// Works on the next frame.
    ///
    /// @throws Exception any failure: the state is void, and the run stops unless the node declares [#restarts]
    public abstract void execute(S state, Step step) throws Exception;

    /// Called after the last frame; what it puts becomes one more frame of the domain.
    public void end(S state, Step step) throws Exception {}

    /// Gives the state's resources back; called exactly once per state, on any thread, after all else.
    public void close(S state) throws Exception {}

    /// Whether a new state takes over after a failure, in place of stopping the run.
    public boolean restarts() {
        return false;
    }
}
