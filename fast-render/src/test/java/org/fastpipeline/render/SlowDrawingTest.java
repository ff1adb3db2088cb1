// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.awt.image.BufferedImage;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Line;
import org.fastpipeline.core.data.Lines;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.memory.MemoryPool;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.testing.LeakCheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A view that takes a frame now and then, of a stream that does not wait for it.
@ExtendWith(LeakCheck.class)
class SlowDrawingTest {
    private static final int SIZE = 32;
    private static final int FRAMES = 60;
    private static final int MEANWHILE = 10;
    private static final ImageSpec SPEC = ImageSpec.of(SIZE, SIZE, ChannelOrder.GREY, ElementType.U8);

    /// Labels what it is given as a whole with the image's shade.
    private static final class Labeller extends Stateless {
        private final In<Image> image = in("image", Image.class, "of one shade");
        private final Out<Image> labels = out("labels", Image.class, "the shade as a label, on the left half");
        private final Out<Integer> number = out("number", Integer.class, "the shade");

        @Override
        public void execute(Step step) {
            byte shade = step.get(image).pixels().get(ValueLayout.JAVA_BYTE, 0);
            Image made = Image.allocate(SPEC, step.memory());
            for (int y = 0; y < SIZE; y++) {
                for (int x = 0; x < SIZE; x++) {
                    made.writablePixels().set(ValueLayout.JAVA_BYTE, SPEC.offset(x, y, 0), x < SIZE / 2 ? shade : 0);
                }
            }
            step.put(labels, made);
            step.put(number, Byte.toUnsignedInt(shade));
        }
    }

    /// Somebody who wants every frame, and says which have come.
    private static final class Recorder extends Sink<Recorder> {
        private final In<Integer> number = in("number", Integer.class, "the shade");
        private final CountDownLatch[] seen = new CountDownLatch[FRAMES + 1];

        Recorder() {
            Arrays.setAll(seen, _ -> new CountDownLatch(1));
        }

        @Override
        public Recorder open() {
            return this;
        }

        @Override
        public void execute(Recorder state, Step step) {
            seen[step.get(number)].countDown();
        }

        @Override
        public void close(Recorder state, Completion completion) {}
    }

    private static ImmutableMap<Integer, Colour> reds() {
        ImmutableMap.Builder<Integer, Colour> reds = ImmutableMap.builder();
        for (int label = 1; label <= FRAMES; label++) {
            reds.put(label, Colour.of(label << 16));
        }
        return reds.buildOrThrow();
    }

    @Test
    @Tag("behaviour-199")
    void aDrawnFrameIsNeverChangedAndAllLayersShowIt(MemoryPool pool) throws InterruptedException {
        Out<Image> images = Shown.images(FRAMES, SPEC, (image, x, y, frame) -> image.writablePixels()
                .set(ValueLayout.JAVA_BYTE, SPEC.offset(x, y, 0), (byte) (frame + 1)));
        Labeller labeller = new Labeller();
        labeller.image.from(images);
        Recorder recorder = new Recorder();
        recorder.number.from(labeller.number);
        SegmentationLayer labels = new SegmentationLayer(labeller.labels, reds(), 1, 0, 1);
        LineLayer<Integer> mark = LineLayer.of(labeller.number, SlowDrawingTest::column)
                .with(Colour.WHITE)
                .withThickness(1);
        View view = View.of(ImageLayer.of(images), labels, mark);

        int drawn = 0;
        try (Stage stage = new Stage(view, SIZE, SIZE, pool);
                Pipeline pipeline = Pipeline.of(List.of(view.subscription()), List.of(recorder));
                Run run = pipeline.start(RunOptions.standard())) {
            for (Optional<Frame> next = run.next(); next.isPresent(); next = run.next()) {
                int number;
                try (Frame frame = next.get()) {
                    number = frame.get(labeller.number);
                    stage.take(new FrameValues(frame, run));
                }
                assertThat(recorder.seen[Math.min(FRAMES, number + MEANWHILE)].await(30, TimeUnit.SECONDS))
                        .as("the stream goes on while frame %d is drawn", number)
                        .isTrue();
                BufferedImage shown = stage.draw();
                drawn++;
                assertThat(shown.getRGB(SIZE - 2, 1) & 0xFF).as("image").isEqualTo(number);
                assertThat(shown.getRGB(1, 1) & 0xFFFFFF).as("labels").isEqualTo(number << 16);
                assertThat(shown.getRGB(number % SIZE, SIZE - 1) & 0xFF)
                        .as("line of frame %d", number)
                        .isEqualTo(0xFF);
            }
        }
        assertThat(drawn).as("frames that were drawn; the others were skipped").isBetween(1, FRAMES / 2);
    }

    /// A line through a column that tells the number.
    private static Lines column(int number) {
        double x = number % SIZE + 0.5;
        return new Lines(ImmutableList.of(Line.through(x, SIZE - 4, x, SIZE + 4)));
    }
}
