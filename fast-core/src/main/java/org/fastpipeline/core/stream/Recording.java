// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.stream;

import java.util.OptionalLong;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.graph.Next;

/// Frames that can be read from any place: what a [Streamer] plays.
///
/// Used by one thread at a time, which may wait here; it is interrupted when the run stops. A recording of one
/// method is a lambda: `place -> place < 100 ? new Next.Item<>(place, Metadata.EMPTY) : new Next.End<>()`.
///
/// @param <K> what identifies a frame to load: a path, a place
public interface Recording<K> extends AutoCloseable {
    /// The frame at `place`, counted from 0, or the end if there is none. Mostly asked in order; the
    /// same place may be asked several times over.
    ///
    /// @return the frame with what is known of it; its index and count are added by the streamer
    /// @throws Exception any failure: the stream ends with one failed frame
    Next<K> at(long place) throws Exception;

    /// How many frames there are, if that is known.
    default OptionalLong count() {
        return OptionalLong.empty();
    }

    /// Every `stepSize`-th frame from the one at `start` on; how [Streamer#start] and [Streamer#stepSize] are
    /// obeyed.
    ///
    /// @throws InputException if there are frames, but none at `start`
    default Recording<K> select(long start, long stepSize) {
        if (start > 0 && count().isPresent() && start >= count().getAsLong()) {
            throw new InputException(
                    "recording",
                    "it has " + count().getAsLong() + " frames, none at " + start,
                    "Start at an earlier frame (parameter start)",
                    null);
        }
        return start == 0 && stepSize == 1 ? this : new Selection<>(this, start, stepSize);
    }

    /// A frame was read that will not be loaded, because somebody sought another; gives back what its key holds.
    default void discard(K key) {}

    /// Gives back what it holds, when the stream ends.
    @Override
    default void close() {}
}
