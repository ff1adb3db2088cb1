// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.List;
import org.fastpipeline.core.error.RunStoppedException;
import org.fastpipeline.core.graph.Completion;
import org.jspecify.annotations.Nullable;

/// Lets one more frame in where nothing but the bounds on frames and bytes in flight keeps a run from getting on.
///
/// How many frames a graph must hold cannot be told from its shape: restreams may join the same two streams twice, at
/// unlike rates. So the bounds begin small, and where all stand still for nothing else, a frame is let in to the stream
/// that has the fewest (T. M. Parks, "Bounded scheduling of process networks", 1995), whose steps may then take memory
/// up to the cap. Results do not depend on it.
///
/// All methods are called under the run's lock.
final class Relief {
    private static final System.Logger LOG = System.getLogger(Relief.class.getName());

    /// From so many frames of one stream on, it is said that they are held.
    private static final int MANY = 1 << 10;

    /// The most frames of one stream that are held; streams that drift apart for ever end the run here.
    private static final int MOST = 1 << 16;

    private final RunCore core;

    Relief(RunCore core) {
        this.core = core;
    }

    /// Looks whether the run stands still; called wherever it may have come to that.
    void consider() {
        if (core.lanes.isQuiet() && !core.isStopping() && !core.admission.wake() && core.deliveries.isAllWaitedFor()) {
            Stream held = smallestHeld();
            if (held != null) {
                relieve(held);
            }
        }
    }

    /// The stream to let a frame of in; none if a thread is at work, in a source perhaps, or will go on by itself.
    private @Nullable Stream smallestHeld() {
        List<Stream> streams = core.lanes.waitingStreams();
        for (Stream stream : streams) {
            boolean goesOn =
                    switch (stream.waitsFor) {
                        case null -> true;
                        case Wait.Room _ -> false;
                        case Wait.Arrival arrival -> arrival.isOver();
                    };
            if (goesOn) {
                return null;
            }
        }
        return streams.stream()
                .filter(core.admission::isHeldBack)
                .min(Comparator.comparingInt(stream -> stream.inFlight))
                .orElse(null);
    }

    private void relieve(Stream stream) {
        if (stream.inFlight >= MOST) {
            core.stop(new Completion.Failed(new RunStoppedException(
                    MOST + " frames of " + stream.domain + " are held and yet the graph needs more of them to get on: "
                            + "streams are joined that drift apart. Let nodes that join the same streams take as many "
                            + "frames of each",
                    null)));
            return;
        }
        if (stream.inFlight == MANY) {
            LOG.log(
                    Level.WARNING,
                    MANY + " frames of " + stream.domain
                            + " are held, since the graph needs them to get on; do nodes that "
                            + "join the same streams take frames of them at unlike rates?");
        }
        core.admission.letOneMoreIn(stream);
    }
}
