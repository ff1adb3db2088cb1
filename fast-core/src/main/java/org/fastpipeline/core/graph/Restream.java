// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

import java.util.Optional;
import org.fastpipeline.core.data.Metadata;

/// A node that makes a new stream out of one or more: zip, interleave, group, slide a window, synchronise by time.
///
/// Streams meet only here. It takes frames by itself, from the input it chooses, and so decides the order; the
/// result does not depend on timing. It runs on a virtual thread and may wait in [Intake#take].
///
/// @param <S> its state, one per enclosing parent frame
public abstract non-sealed class Restream<S> extends ProcessObject {
    /// For subclasses, which declare their ports as fields.
    protected Restream() {}

    /// Where frames are taken from.
    public interface Intake {
        /// Waits for the next frame of the stream that feeds `in`; all of the node's inputs on that stream come
        /// with it.
        ///
        /// @return the frame, held until it is closed; nothing after the stream's end
        /// @throws InterruptedException if the run stops
        Optional<Arrival> take(In<?> in) throws InterruptedException;

        /// The same for the stream behind one connection of `in`, counted from 0 in the order of connection.
        Optional<Arrival> take(Ins<?> in, int connection) throws InterruptedException;

        /// How many connections `in` has.
        int connections(Ins<?> in);
    }

    /// A frame that was taken; whoever took it closes it.
    public interface Arrival extends AutoCloseable {
        /// The frame's name.
        FrameId frame();

        /// The value on `in`; valid until this is closed.
        ///
        /// @throws org.fastpipeline.core.error.MissingValueException if it was skipped or failed
        <T> T get(In<T> in);

        /// The outcome on `in`.
        <T> Outcome<T> outcome(In<T> in);

        /// The outcome on one connection of `in`.
        <T> Outcome<T> outcome(Ins<T> in, int connection);

        /// The union of the metadata that came with the frame on the node's inputs. It does not go on by itself:
        /// [Step#tag(Metadata)] hands it on.
        Metadata metadata();

        @Override
        void close();
    }

    /// A new state, before the first frame.
    public abstract S open() throws Exception;

    /// Makes the next frame of the new stream.
    ///
    /// @return false at the end; what was put is then not counted
    /// @throws Exception any failure: this frame fails and the stream ends
    public abstract boolean next(S state, Intake intake, Step step) throws Exception;

    /// Gives the state's resources back, arrivals still held among them; called exactly once per state.
    public void close(S state) throws Exception {}

    /// The most frames of one input stream that it holds at a time; the build lets that many more be in flight.
    public abstract int holds();

    /// Whether each connection must come from a stream of its own, as those of streams that are joined must; else
    /// the graph has a fault. A node that says no may read several ports of one stream, which come frame by frame.
    public boolean joins() {
        return false;
    }
}
