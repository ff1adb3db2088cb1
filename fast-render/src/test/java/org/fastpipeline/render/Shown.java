// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.ToIntBiFunction;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.graph.Constant;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.stream.GeneratorStreamer;

/// What views show, as pictures to look at: through a pipeline, and with no display.
final class Shown {
    private Shown() {}

    /// An image of 8 bits.
    static Out<Image> grey(int width, int height, ToIntBiFunction<Integer, Integer> shade) {
        return image(ImageSpec.of(width, height, ChannelOrder.GREY, ElementType.U8), (image, x, y) -> {
            image.writablePixels()
                    .set(ValueLayout.JAVA_BYTE, image.spec().offset(x, y, 0), (byte) shade.applyAsInt(x, y));
        });
    }

    /// Sets a pixel of an image.
    interface Painter {
        void paint(Image image, int x, int y);
    }

    /// An image that does not change.
    static Out<Image> image(ImageSpec spec, Painter painter) {
        return one(Image.class, memory -> {
            Image image = Image.allocate(spec, memory);
            for (int y = 0; y < spec.height(); y++) {
                for (int x = 0; x < spec.width(); x++) {
                    painter.paint(image, x, y);
                }
            }
            return image;
        });
    }

    /// Sets a pixel of an image of a stream.
    interface StreamPainter {
        void paint(Image image, int x, int y, long frame);
    }

    /// A stream of images.
    static Out<Image> images(long count, ImageSpec spec, StreamPainter painter) {
        return new GeneratorStreamer<>(Image.class, count, (place, step) -> {
                    Image image = Image.allocate(spec, step.memory());
                    for (int y = 0; y < spec.height(); y++) {
                        for (int x = 0; x < spec.width(); x++) {
                            painter.paint(image, x, y, place);
                        }
                    }
                    return image;
                })
                .value;
    }

    /// Makes a value with memory for it.
    interface Maker<T> {
        T make(Allocator memory);
    }

    /// A value that is made once.
    static <T> Out<T> one(Class<T> type, Maker<T> maker) {
        return new Still<>(type, maker).value;
    }

    private static final class Still<T> extends Stateless {
        private final Out<T> value;
        private final Maker<T> maker;

        Still(Class<T> type, Maker<T> maker) {
            this.value = out("value", type, "what is shown");
            this.maker = maker;
        }

        @Override
        public void execute(Step step) {
            step.put(value, maker.make(step.memory()));
        }
    }

    /// A value that does not change.
    static <T> Out<T> constant(Class<T> type, T value) {
        return new Constant<>(type, value).output;
    }

    /// The first frame of a view.
    static BufferedImage of(View view, int width, int height) {
        return all(view, width, height).getFirst();
    }

    /// All frames of a view.
    static List<BufferedImage> all(View view, int width, int height) {
        RenderToImage picture = new RenderToImage(view, width, height);
        List<BufferedImage> all = new ArrayList<>();
        try (Run run = Pipeline.to(picture.image).start()) {
            for (Frame frame : run) {
                all.add(copy(frame.get(picture.image)));
            }
        }
        return all;
    }

    /// The smallest rectangle with all pixels of a kind; empty if there are none.
    static Rectangle bounds(BufferedImage shown, IntPredicate kind) {
        Rectangle bounds = new Rectangle();
        for (int y = 0; y < shown.getHeight(); y++) {
            for (int x = 0; x < shown.getWidth(); x++) {
                if (kind.test(shown.getRGB(x, y) & 0xFFFFFF)) {
                    Rectangle pixel = new Rectangle(x, y, 1, 1);
                    bounds = bounds.isEmpty() ? pixel : bounds.union(pixel);
                }
            }
        }
        return bounds;
    }

    static BufferedImage copy(Image image) {
        BufferedImage copy = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                int rgb = 0;
                for (int c = 0; c < 3; c++) {
                    byte part = image.pixels()
                            .get(ValueLayout.JAVA_BYTE, image.spec().offset(x, y, 0) + c);
                    rgb = rgb << 8 | Byte.toUnsignedInt(part);
                }
                copy.setRGB(x, y, rgb);
            }
        }
        return copy;
    }
}
