// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.measure.RunListener;

/// Counts what comes out of a run; its size does not grow with the number of frames. Used by one thread, or told by
/// a run.
final class Tally implements RunListener {
    private static final int MOST_FAILURES = 10;

    private final List<FastException> failures = new ArrayList<>();
    private long frames;
    private long failed;

    @Override
    public void frameDone(String frame, Optional<FastException> failure) {
        failure.ifPresentOrElse(this::failed, this::done);
    }

    /// A frame is through.
    void done() {
        frames++;
    }

    /// A frame failed.
    void failed(FastException cause) {
        frames++;
        failed++;
        if (failures.size() < MOST_FAILURES) {
            failures.add(cause);
        }
    }

    /// Frames that came out, failed ones included.
    long frames() {
        return frames;
    }

    /// Frames that failed.
    long failed() {
        return failed;
    }

    /// Frames that did not fail.
    long succeeded() {
        return frames - failed;
    }

    /// The first few failures, in frame order.
    ImmutableList<FastException> failures() {
        return ImmutableList.copyOf(failures);
    }
}
