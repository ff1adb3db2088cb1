// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.fastpipeline.core.error.FastException;

/// Counts what comes out of a run; its size does not grow with the number of frames. Used by one thread.
final class Tally {
    private static final int MOST_FAILURES = 10;

    private final List<FastException> failures = new ArrayList<>();
    private long frames;
    private long failed;
    private long grey;
    private double densities;

    /// A frame is through.
    void done(double density) {
        frames++;
        densities += density;
    }

    /// A frame has no colour.
    void grey() {
        grey++;
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

    /// Frames without colour, in which capillaries are missed.
    long greyFrames() {
        return grey;
    }

    /// The first few failures, in frame order.
    ImmutableList<FastException> failures() {
        return ImmutableList.copyOf(failures);
    }

    /// Mean density of the frames that did not fail; none if all did.
    OptionalDouble meanDensity() {
        return frames == failed ? OptionalDouble.empty() : OptionalDouble.of(densities / (frames - failed));
    }
}
