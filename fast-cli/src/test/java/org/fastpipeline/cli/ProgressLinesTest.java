// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
    private final StringWriter text = new StringWriter();
    private long now;

    @Test
    void quickRunSaysNothing() {
        try (Progress progress = progress(OptionalLong.of(2))) {
            step(progress, 1000);
            step(progress, 1000);
        }
        assertThat(text.toString()).isEmpty();
    }

    @Test
    void longRunSaysEveryFewSecondsHowFarItIs() {
        try (Progress progress = progress(OptionalLong.of(100))) {
            for (int i = 0; i < 14; i++) {
                step(progress, 500);
            }
        }
        assertThat(text.toString().lines())
                .containsExactly(
                        "fast: 6 of 100 frames, 2.0 frames/s, 47 s left",
                        "fast: 12 of 100 frames, 2.0 frames/s, 44 s left");
    }

    @Test
    void timeThatIsLeftIsReckonedFromFramesAfterTheWarmUp() {
        try (Progress progress = progress(OptionalLong.of(100))) {
            step(progress, 2000);
            for (int i = 0; i < 4; i++) {
                step(progress, 300); // the first line, at 3.2 s, knows those after the first frame
            }
            for (int i = 0; i < 40; i++) {
                step(progress, 100);
            }
        }
        assertThat(text.toString().lines())
                .containsExactly(
                        "fast: 5 of 100 frames, 3.3 frames/s, 29 s left",
                        "fast: 35 of 100 frames, 10.0 frames/s, 7 s left");
    }

    @Test
    void firstFrameAloneSaysNothingOfTheTimeThatIsLeft() {
        try (Progress progress = progress(OptionalLong.of(100))) {
            step(progress, 4000);
        }
        assertThat(text.toString().lines()).containsExactly("fast: 1 of 100 frames, 0.3 frames/s");
    }

    @Test
    void withoutAKnownEndNoTimeIsLeft() {
        try (Progress progress = progress(OptionalLong.empty())) {
            step(progress, 4000);
        }
        assertThat(text.toString().lines()).containsExactly("fast: 1 frame, 0.3 frames/s");
    }

    private Progress progress(OptionalLong frames) {
        return new ProgressLines(frames, new PrintWriter(text), () -> now);
    }

    private void step(Progress progress, long milliseconds) {
        now += TimeUnit.MILLISECONDS.toNanos(milliseconds);
        progress.step();
    }
}
