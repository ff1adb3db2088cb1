// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

/// A node that takes results out of the pipeline, in order: a file, a table, a socket.
///
/// It sees a frame once all before it are through, and none after the one on which the run stopped.
///
/// @param <S> its state, one per run
public abstract non-sealed class Sink<S> extends ProcessObject {
    /// For subclasses, which declare their ports as fields.
    protected Sink() {}

    /// Opens what is written to, before the first frame.
    public abstract S open() throws Exception;

    /// Takes the next frame.
    ///
    /// @throws Exception any failure: the run stops
    public abstract void execute(S state, Step step) throws Exception;

    /// Commits what was written, or discards it; called exactly once per state.
    public abstract void close(S state, Completion completion) throws Exception;

    @Override
    public Lane lane() {
        return Lane.IO;
    }
}
