// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.patch;

import com.google.common.collect.ImmutableList;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImagePyramid;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.data.PyramidSpec;
import org.fastpipeline.core.data.Region;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.memory.Allocator;

/// Images whose every sample follows from where it is, so that plain loops can say what a part must hold.
final class Pictures {
    static final Geometry PLACED = new Geometry(
            new Vector3(0.5, 0.25, 2),
            new Vector3(10, -20, 30),
            new Vector3(0, 1, 0),
            new Vector3(-1, 0, 0),
            new Vector3(0, 0, 1));

    private Pictures() {}

    static ImageSpec grey(int width, int height) {
        return ImageSpec.of(width, height, ChannelOrder.GREY, ElementType.U8).with(PLACED);
    }

    static ImageSpec colour(int width, int height) {
        return ImageSpec.of(width, height, ChannelOrder.RGB, ElementType.U8).with(PLACED);
    }

    static ImageSpec volume(int width, int height, int depth) {
        return ImageSpec.volume(width, height, depth, ChannelOrder.GREY, ElementType.U8)
                .with(PLACED);
    }

    /// The sample of picture `number` at a place; never 0 nor 255, so that padding is told apart.
    static int sample(int number, int x, int y, int z, int channel) {
        return 1 + Math.floorMod(number * 41 + x * 5 + y * 3 + z * 17 + channel * 71, 253);
    }

    static Image picture(int number, ImageSpec spec, Allocator memory) {
        Image image = Image.allocate(spec, memory);
        draw(number, spec.region(), spec, image.writablePixels(), spec.rowStride());
        return image;
    }

    private static void draw(int number, Region region, ImageSpec kind, MemorySegment to, long stride) {
        int channels = kind.channels().channels();
        for (int z = 0; z < region.depth(); z++) {
            for (int y = 0; y < region.height(); y++) {
                for (int x = 0; x < region.width(); x++) {
                    for (int c = 0; c < channels; c++) {
                        long at = ((long) z * region.height() + y) * stride + (long) x * channels + c;
                        int value = sample(number, region.x() + x, region.y() + y, region.z() + z, c);
                        to.set(ValueLayout.JAVA_BYTE, at, (byte) value);
                    }
                }
            }
        }
    }

    /// What a part of picture `number` must hold, by plain loops.
    static byte[] expected(int number, ImageSpec whole, Region region, int outside) {
        int channels = whole.channels().channels();
        byte[] bytes = new byte[region.width() * region.height() * region.depth() * channels];
        int at = 0;
        for (int z = region.z(); z < region.z() + region.depth(); z++) {
            for (int y = region.y(); y < region.y() + region.height(); y++) {
                for (int x = region.x(); x < region.x() + region.width(); x++) {
                    boolean inside =
                            x >= 0 && y >= 0 && z >= 0 && x < whole.width() && y < whole.height() && z < whole.depth();
                    for (int c = 0; c < channels; c++) {
                        bytes[at++] = (byte) (inside ? sample(number, x, y, z, c) : outside);
                    }
                }
            }
        }
        return bytes;
    }

    static byte[] expected(int number, ImageSpec whole) {
        return expected(number, whole, whole.region(), 0);
    }

    static byte[] bytes(Image image) {
        return image.pixels().toArray(ValueLayout.JAVA_BYTE);
    }

    /// A stream of pictures, numbered from 0.
    static final class Stream extends Source<Integer> {
        final Out<Image> image = out("image", Image.class);
        private final List<ImageSpec> specs;

        Stream(ImageSpec... specs) {
            this.specs = List.of(specs);
        }

        @Override
        public Cursor<Integer> open(Step step) {
            AtomicInteger next = new AtomicInteger();
            return () -> {
                int number = next.getAndIncrement();
                return number == specs.size()
                        ? new Next.End<>()
                        : new Next.Item<>(
                                number,
                                Metadata.EMPTY
                                        .with(Metadata.INDEX, (long) number)
                                        .with(Metadata.ORIGIN, "picture " + number));
            };
        }

        @Override
        public void load(Integer number, Step step) {
            step.put(image, picture(number, specs.get(number), step.memory()));
        }
    }

    /// A static pyramid whose level n holds the samples of picture n.
    static final class Slide extends Stateless {
        final Out<ImagePyramid> pyramid = out("pyramid", ImagePyramid.class);
        final AtomicInteger closed = new AtomicInteger();
        private final PyramidSpec spec;

        Slide(PyramidSpec spec) {
            this.spec = spec;
        }

        @Override
        public void execute(Step step) {
            step.put(pyramid, slide(spec, closed, step.memory()));
        }
    }

    static ImagePyramid slide(PyramidSpec spec, AtomicInteger closed, Allocator memory) {
        ImagePyramid.Reader reader = new ImagePyramid.Reader() {
            @Override
            public void read(int level, Box box, MemorySegment to, long rowStride) {
                Region region = new Region(box.x(), box.y(), 0, box.width(), box.height(), 1);
                draw(level, region, spec.image(), to, rowStride);
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
        return ImagePyramid.over(spec, reader, memory);
    }

    /// A pyramid with the given downsamples.
    static PyramidSpec pyramid(ImageSpec image, double magnification, double... downsamples) {
        ImmutableList.Builder<PyramidSpec.Level> levels = ImmutableList.builder();
        for (double downsample : downsamples) {
            levels.add(new PyramidSpec.Level(
                    (int) (image.width() / downsample), (int) (image.height() / downsample), downsample, 256, 256));
        }
        return new PyramidSpec(image, levels.build(), OptionalDouble.of(magnification));
    }
}
