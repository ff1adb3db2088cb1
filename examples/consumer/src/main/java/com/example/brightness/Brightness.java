// SPDX-License-Identifier: Apache-2.0
package com.example.brightness;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;

/// Prints how bright the frames of a small made-up stream are, with a source and a node of its own.
public final class Brightness {
    private Brightness() {}

    /// Five even images, each brighter than the one before.
    static final class Steps extends Source<Integer> {
        final Out<Image> image = out("image", Image.class);

        @Override
        public Cursor<Integer> open(Step step) {
            return new Cursor<>() {
                private int next;

                @Override
                public Next<Integer> next() {
                    return next == 5 ? new Next.End<>() : new Next.Item<>(next++, Metadata.EMPTY);
                }
            };
        }

        @Override
        public void load(Integer number, Step step) {
            Image even = Image.allocate(ImageSpec.of(640, 480, ChannelOrder.GREY, ElementType.U8), step.memory());
            even.writablePixels().fill((byte) (50 * number));
            step.put(image, even);
        }
    }

    /// The mean of an image's samples, times a gain.
    static final class Mean extends Stateless {
        final In<Image> image = in("image", Image.class);
        final Out<Double> mean = out("mean", Double.class);
        final Parameter<Double> gain = number("gain", 1, 0, 10, "", "What the mean is multiplied by.");

        @Override
        public void execute(Step step) {
            MemorySegment pixels = step.get(image).pixels();
            long sum = 0;
            for (long i = 0; i < pixels.byteSize(); i++) {
                sum += Byte.toUnsignedInt(pixels.get(JAVA_BYTE, i));
            }
            step.put(mean, step.get(gain) * sum / pixels.byteSize());
        }
    }

    /// Runs the pipeline.
    ///
    /// @param arguments the gain, 1 if there is none
    public static void main(String[] arguments) {
        Steps steps = new Steps();
        Mean mean = new Mean();
        mean.image.from(steps.image);
        if (arguments.length > 0) {
            mean.gain.setText(arguments[0]);
        }
        try (var run = Pipeline.to(mean.mean).start()) {
            for (Frame frame : run) {
                System.out.println(frame.id() + " " + frame.get(mean.mean));
            }
        }
    }
}
