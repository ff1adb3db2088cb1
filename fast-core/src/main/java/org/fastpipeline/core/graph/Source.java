// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

/// A node that opens a domain: for each frame of what it reads (once, if it reads nothing) a stream of frames.
///
/// The order is made by a cheap, sequential [Cursor#next]; the costly part, [#load], runs on all workers. A cursor
/// that fails ends its stream with one failed frame, unless the failure is transient and the source declares
/// [#reopening]. Frames are numbered as they enter the pipeline, without gaps and also across a reopening: what a
/// live source drops takes no number. Where the reader is to see gaps, the cursor says [Metadata#INDEX].
///
/// @param <K> what identifies a frame to load: a path, a position
public abstract non-sealed class Source<K> extends ProcessObject {
    /// For subclasses, which declare their ports as fields.
    protected Source() {}

    /// Walks over the frames of one parent frame.
    ///
    /// @param <K> the source's key
    public interface Cursor<K> extends AutoCloseable {
        /// The next frame to load, or the end. Called by one thread at a time, which may wait here; it is
        /// interrupted when the run stops.
        Next<K> next() throws Exception;

        @Override
        default void close() {}
    }

    /// Begins a stream below the frame of `step`, or goes on with it after a transient failure. What the cursor
    /// keeps of the step's payloads it must retain.
    public abstract Cursor<K> open(Step step) throws Exception;

    /// Fills the outputs of one frame. Called by several workers at once. The source's inputs can be read here too.
    ///
    /// @throws Exception any failure: the frame fails; a transient one is tried again
    public abstract void load(K key, Step step) throws Exception;

    /// How often a transient failure of [#load] is tried again.
    public int retries() {
        return 2;
    }

    /// Takes a key back that is not loaded: its frame was dropped, nobody asked for it, or the run stopped. Once
    /// [#load] was called with a key, what it holds is up to `load`. Called by any thread, once per key.
    public void discard(K key) throws Exception {}

    /// What becomes of frames that come while the pipeline is busy; by default they wait where they are read from.
    public Overflow overflow() {
        return Overflow.WAIT;
    }

    /// Whether a transient failure of [#open] or [Cursor#next] lets the stream go on with a new cursor; by
    /// default it ends the stream.
    public Reopening reopening() {
        return Reopening.NEVER;
    }
}
