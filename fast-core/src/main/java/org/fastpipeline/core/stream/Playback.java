// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.stream;

import java.util.OptionalLong;
import org.fastpipeline.core.error.WrongUseException;
import org.jspecify.annotations.Nullable;

/// Pauses a streamer, lets it go on, and moves it to another frame: for viewers and tests. Thread-safe.
///
/// It belongs to the node: it holds for all runs of it, and may be used before the first. Commands reach a waiting
/// streamer within some hundredths of a second of the run's clock. They act on what the streamer sends from then
/// on: frames that are in the pipeline already come out of it before, as each subscription has it - an every-frame
/// subscription gets them all, a newest-only one may see none of them.
public final class Playback {
    private boolean paused;
    private long position;
    private OptionalLong count = OptionalLong.empty();

    /// The seek asked for last; runs that have carried it out know its number.
    private Seek sought = new Seek(0, 0, false);

    /// The latest seek that a run has carried out.
    private long done;

    /// A move to another frame.
    ///
    /// @param single whether only that frame is to be sent, for the streamer was paused
    record Seek(long place, long number, boolean single) {}

    Playback() {}

    /// Sends no more frames until [#resume] or [#seek].
    public synchronized void pause() {
        paused = true;
    }

    /// Goes on with the frame after the one that was sent last.
    public synchronized void resume() {
        paused = false;
        notifyAll();
    }

    /// Moves to the frame at `place`. If paused, exactly that frame is sent, once, and it stays paused; if not, it
    /// goes on from there. Replaces an earlier seek that was not yet carried out; between runs it says where the
    /// next begins.
    ///
    /// @param place the frame's [index][org.fastpipeline.core.data.Metadata#INDEX]: its place among those played
    /// @throws WrongUseException if there is no such frame, as far as that is known; a place beyond an end that is
    /// not known ends the stream
    public synchronized void seek(long place) {
        if (place < 0 || (count.isPresent() && place >= count.getAsLong())) {
            throw new WrongUseException(
                    "playback",
                    "met frame " + place + "; needed one of 0 to "
                            + (count.isPresent() ? Long.toString(count.getAsLong() - 1) : "the last"),
                    "Seek one of these");
        }
        sought = new Seek(place, sought.number + 1, paused);
        position = place;
        notifyAll();
    }

    /// Whether it is paused.
    public synchronized boolean isPaused() {
        return paused;
    }

    /// Index of the frame sent last, or sought; 0 before the first one and after the end.
    public synchronized long position() {
        return position;
    }

    /// How many frames there are to play, where that is known; nothing before the first and after the end.
    public synchronized OptionalLong count() {
        return count;
    }

    /// A run begins.
    ///
    /// @return the number of the last seek that it need not carry out
    synchronized long begin(OptionalLong frames) {
        count = frames;
        if (sought.number == done) {
            position = 0;
        }
        return done;
    }

    /// Waits while it is paused and nothing is sought.
    ///
    /// @param seen the number of the last seek that the run has carried out
    /// @return where to go, if somebody sought
    synchronized @Nullable Seek await(long seen) throws InterruptedException {
        while (paused && sought.number == seen) {
            wait();
        }
        if (sought.number == seen) {
            return null;
        }
        done = Math.max(done, sought.number);
        return sought;
    }

    /// Whether there is something else to do than to go on.
    synchronized boolean isCalled(long seen) {
        return paused || sought.number != seen;
    }

    /// A frame is sent.
    synchronized void sent(long place, long seen) {
        if (sought.number == seen) {
            position = place;
        }
    }

    /// The stream has ended.
    synchronized void ended() {
        count = OptionalLong.empty();
        position = 0;
    }
}
