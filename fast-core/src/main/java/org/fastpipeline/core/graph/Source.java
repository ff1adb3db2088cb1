// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

/// A node that opens a domain: for each frame of what it reads (once, if it reads nothing) a stream of frames.
///
/// The order is made by a cheap, sequential [Cursor#next]; the costly part, [#load], runs on all workers. A cursor
/// that fails ends its stream with one failed frame.
///
/// @param <K> what identifies a frame to load: a path, a position
public abstract non-sealed class Source<K> extends ProcessObject {
    /// For subclasses, which declare their ports as fields.
    protected Source() {}

    /// Walks over the frames of one parent frame.
    ///
    /// @param <K> the source's key
    public interface Cursor<K> extends AutoCloseable {
        /// The next frame to load, or the end. Called by one thread at a time, which may wait here; it is interrupted
        /// when the run stops.
        Next<K> next() throws Exception;

        @Override
        default void close() {}
    }

    /// Begins a stream below the frame of `step`. What the cursor keeps of the step's payloads it must retain.
    public abstract Cursor<K> open(Step step) throws Exception;

    /// Fills the outputs of one frame. Called by several workers at once. The source's inputs can be read here too.
    ///
    /// @throws Exception any failure: the frame fails; a transient one is tried again
    public abstract void load(K key, Step step) throws Exception;

    /// How often a transient failure of [#load] is tried again.
    public int retries() {
        return 2;
    }
}
