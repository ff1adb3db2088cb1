// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.stream;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.OptionalLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/// Commands to a streamer: none is lost, and a streamer that waits is woken: if not, the test hangs.
public final class PlaybackStress {
    private PlaybackStress() {}

    /// Where the streamer is told to go; -1 if nobody sought.
    private static long sought(Playback playback, long seen) {
        try {
            Playback.Seek seek = playback.await(seen);
            return seek == null ? -1 : seek.place();
        } catch (InterruptedException stop) {
            return -2;
        }
    }

    /// Two viewers seek at once.
    @JCStressTest
    @Outcome(
            id = {"1, 1", "2, 2"},
            expect = ACCEPTABLE,
            desc = "The last one counts, for viewer and streamer")
    @Outcome(expect = FORBIDDEN, desc = "Viewer and streamer are at different frames")
    @State
    public static class SeeksAgree {
        private final Playback playback = new Playback();

        @Actor
        public void one() {
            playback.seek(1);
        }

        @Actor
        public void other() {
            playback.seek(2);
        }

        @Arbiter
        public void after(JJ_Result r) {
            r.r1 = playback.position();
            r.r2 = sought(playback, 0);
        }
    }

    /// A frame goes out as a viewer seeks.
    @JCStressTest
    @Outcome(id = "5", expect = ACCEPTABLE, desc = "The position is that of the seek")
    @Outcome(expect = FORBIDDEN, desc = "A frame of before the seek moved the position back")
    @State
    public static class FramesDoNotOvertakeASeek {
        private final Playback playback = new Playback();

        @Actor
        public void viewer() {
            playback.seek(5);
        }

        @Actor
        public void streamer() {
            playback.sent(1, 0);
        }

        @Arbiter
        public void after(J_Result r) {
            r.r1 = playback.position();
        }
    }

    /// A viewer seeks as a run begins.
    @JCStressTest
    @Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "The run goes there")
    @Outcome(expect = FORBIDDEN, desc = "The seek was lost between two runs")
    @State
    public static class SeekAsARunBegins {
        private final Playback playback = new Playback();
        private long seen;

        @Actor
        public void viewer() {
            playback.seek(3);
        }

        @Actor
        public void run() {
            seen = playback.begin(OptionalLong.of(10));
        }

        @Arbiter
        public void after(JJ_Result r) {
            r.r1 = sought(playback, seen);
            r.r2 = playback.position();
        }
    }

    /// A paused streamer waits; a viewer lets it go on.
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "It goes on")
    @Outcome(expect = FORBIDDEN, desc = "It goes on without a reason")
    @State
    public static class ResumeWakes {
        private final Playback playback = new Playback();

        public ResumeWakes() {
            playback.pause();
        }

        @Actor
        public void streamer(Z_Result r) {
            r.r1 = sought(playback, 0) == -1;
        }

        @Actor
        public void viewer() {
            playback.resume();
        }
    }

    /// A paused streamer waits; a viewer sends it elsewhere.
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "It goes there")
    @Outcome(expect = FORBIDDEN, desc = "It goes elsewhere")
    @State
    public static class SeekWakes {
        private final Playback playback = new Playback();

        public SeekWakes() {
            playback.pause();
        }

        @Actor
        public void streamer(Z_Result r) {
            r.r1 = sought(playback, 0) == 7;
        }

        @Actor
        public void viewer() {
            playback.seek(7);
        }
    }
}
