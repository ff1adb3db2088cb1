// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A long run, and whether its resident memory grew.
///
/// @param frames how many it had
/// @param run the run
/// @param secondsPerFrame its pace, which tells when the first frames were done
record MemoryRun(int frames, ProcessRun run, double secondsPerFrame) {
    /// Frames after which memory should stay as it is.
    static final int SETTLED = 100;

    /// Resident memory when about [#SETTLED] frames were done, 10^6 bytes.
    double early() {
        return run.megabytes(run.seconds() - (frames - SETTLED) * secondsPerFrame);
    }

    /// Resident memory at the end, 10^6 bytes.
    double late() {
        return run.megabytes(run.seconds());
    }

    /// One line for people.
    String line() {
        return String.format(
                Locale.ROOT,
                "Memory of a run of %d frames on all workers: %.0f MB at frame %d, %.0f MB at the end (%+.1f %%).",
                frames,
                early(),
                SETTLED,
                late(),
                100 * (late() / early() - 1));
    }

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("frames", frames)
                .put("seconds", run.seconds())
                .put("rss_megabytes_at_frame_" + SETTLED, early())
                .put("rss_megabytes_at_end", late());
    }
}
