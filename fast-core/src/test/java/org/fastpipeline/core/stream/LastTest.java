// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.Subscription;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A whole stream becomes one value.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LastTest {
    private final AtomicInteger made = new AtomicInteger();
    private final GeneratorStreamer<Long> streamer = new GeneratorStreamer<>(Long.class, 10, (place, step) -> {
        made.incrementAndGet();
        return place;
    });

    /// Two outputs of one node.
    private static final class Both extends Stateless {
        final In<Long> in = in("in", Long.class);
        final Out<Long> same = out("same", Long.class);
        final Out<Long> scaled = out("scaled", Long.class);
        final Parameter<Integer> factor = integer("factor", 100, -1000, 1000, "", "scales the second output");

        @Override
        public void execute(Step step) {
            step.put(same, step.get(in));
            step.put(scaled, step.get(in) * step.get(factor));
        }
    }

    @Test
    @Tag("behaviour-83")
    void wholeStreamIsRunAndItsLastFrameIsTheResult() {
        Last<Long> last = new Last<>(Long.class);
        last.frames.from(streamer.value);
        try (Pipeline pipeline = Pipeline.to(last.last)) {
            Frame frame = pipeline.pull().orElseThrow();
            assertThat(frame.get(last.last)).isEqualTo(9);
            assertThat(frame.metadata(last.last).get(Metadata.INDEX)).contains(9L);
        }
        assertThat(made).hasValue(10);
    }

    @Test
    @Tag("behaviour-84")
    void progressGrowsToOneWhileTheStreamRuns() {
        Last<Long> last = new Last<>(Long.class);
        last.frames.from(streamer.value);
        Pipeline pipeline =
                Pipeline.of(List.of(Subscription.every(last.last), Subscription.every(streamer.value)), List.of());
        List<Double> progress = new ArrayList<>();
        try (Run run = pipeline.start(Runs.options())) {
            for (Frame frame : run.frames(1)) {
                Metadata metadata = frame.metadata(streamer.value);
                progress.add((metadata.get(Metadata.INDEX).orElseThrow() + 1.0)
                        / metadata.get(Metadata.COUNT).orElseThrow());
            }
            assertThat(run.next().orElseThrow().get(last.last)).isEqualTo(9);
        }
        assertThat(progress).hasSize(10).isSorted().endsWith(1.0);
    }

    @Test
    @Tag("behaviour-85")
    void pullingAgainIsIdleUntilSomethingUpstreamChanges() {
        Both both = new Both();
        both.in.from(streamer.value);
        Last<Long> last = new Last<>(Long.class);
        last.frames.from(both.scaled);
        try (Pipeline pipeline = Pipeline.to(last.last)) {
            assertThat(pipeline.pull().orElseThrow().get(last.last)).isEqualTo(900);
            assertThat(pipeline.pull().orElseThrow().get(last.last)).isEqualTo(900);
            assertThat(made).hasValue(10);

            both.factor.set(2);
            assertThat(pipeline.pull().orElseThrow().get(last.last)).isEqualTo(18);
            assertThat(made).hasValue(20);
            streamer.maximum.set(4);
            assertThat(pipeline.pull().orElseThrow().get(last.last)).isEqualTo(6);
            assertThat(pipeline.pull().orElseThrow().get(last.last)).isEqualTo(6);
            assertThat(made).hasValue(24);
        }
    }

    @Test
    @Tag("behaviour-85")
    void whatFailedIsTriedAgain() {
        AtomicInteger tries = new AtomicInteger();
        GeneratorStreamer<Long> flaky = new GeneratorStreamer<>(Long.class, 1, (place, step) -> {
            if (tries.getAndIncrement() == 0) {
                throw new IllegalStateException("not yet");
            }
            return 7L;
        });
        Last<Long> last = new Last<>(Long.class);
        last.frames.from(flaky.value);
        try (Pipeline pipeline = Pipeline.to(last.last)) {
            assertThat(pipeline.pull().orElseThrow().failure()).isPresent();
            assertThat(pipeline.pull().orElseThrow().get(last.last)).isEqualTo(7);
        }
    }

    @Test
    @Tag("behaviour-86")
    void lastOfASecondOutputIsThatOutputs() {
        Both both = new Both();
        both.in.from(streamer.value);
        Last<Long> last = new Last<>(Long.class);
        last.frames.from(both.scaled);
        assertThat(Runs.values(last.last)).containsExactly(900L);
    }

    @Test
    void lastImageIsKeptWithoutACopyAndGivenBack() {
        ImageSpec spec = ImageSpec.of(3, 2, ChannelOrder.GREY, ElementType.U8);
        GeneratorStreamer<Image> images = new GeneratorStreamer<>(Image.class, 5, (place, step) -> {
            Image image = Image.allocate(spec, step.memory());
            image.writablePixels().fill((byte) place);
            return image;
        });
        Last<Image> last = new Last<>(Image.class);
        last.frames.from(images.value);
        assertThat(Runs.<Byte>all(frame -> frame.get(last.last).pixels().get(ValueLayout.JAVA_BYTE, 0), last.last))
                .containsExactly((byte) 4);
    }

    @Test
    void emptyStreamHasNoLastFrame() {
        Last<Long> last = new Last<>(Long.class);
        last.frames.from(new ValueStreamer<>(Long.class, List.of()).value);
        assertThat(Runs.<Outcome<Long>>all(frame -> frame.outcome(last.last), last.last))
                .containsExactly(new Outcome.Skipped<>("the stream has no frame"));
    }

    @Test
    void failedFrameFailsTheResult() {
        GeneratorStreamer<Long> failing = new GeneratorStreamer<>(Long.class, 3, (place, step) -> 10 / (place - 1));
        Last<Long> last = new Last<>(Long.class);
        last.frames.from(failing.value);
        assertThat(Runs.values(last.last)).containsExactly("failed: / by zero");
    }
}
