// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import java.time.Duration;
import java.util.Optional;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Step;
import org.jspecify.annotations.Nullable;

/// Density over time, smoothed by exponential weights (Brown 1956), of frames that belong together.
///
/// smoothed = previous + (1 - exp(-1 / `timeConstant`)) (density - previous), beginning with the first density.
/// A frame that failed changes nothing, and has none. It begins anew where a video does: where a frame's
/// [time][Metadata#TIME] is before that of the frame before it. Frames without a time are pictures that nothing
/// joins, and are skipped, unless `untimed` says that they are a stream too.
public final class SmoothedDensity extends Stateful<SmoothedDensity.Level> {
    /// The density.
    public final In<Density> density = in("density", Density.class, "the density of each frame");

    /// The smoothed density.
    public final Out<Double> smoothed = out("smoothed", Double.class, "the smoothed density, 0 to 1");

    /// Number of frames after which the weight of a density has fallen to 1/e.
    public final Parameter<Double> timeConstant =
            number("timeConstant", 10, 0.01, 100_000, "frames", "after so many frames the weight of a density is 1/e");

    /// Whether frames without a time belong together too.
    public final Parameter<Boolean> untimed =
            flag("untimed", false, "whether frames without a time belong together too");

    /// What the frames so far come to.
    public static final class Level {
        private @Nullable Double value;
        private Duration time = Duration.ZERO;
    }

    @Override
    public Level open() {
        return new Level();
    }

    @Override
    public void execute(Level level, Step step) {
        Optional<Duration> time = step.metadata().get(Metadata.TIME);
        if (time.isEmpty() && !step.get(untimed)) {
            step.skip(smoothed, "a still picture");
            return;
        }
        Duration now = time.orElse(level.time);
        double met = step.get(density).value();
        boolean begins = level.value == null || now.compareTo(level.time) < 0;
        double before = begins || level.value == null ? met : level.value;
        level.value = before + (1 - Math.exp(-1 / step.get(timeConstant))) * (met - before);
        level.time = now;
        step.put(smoothed, level.value);
    }
}
