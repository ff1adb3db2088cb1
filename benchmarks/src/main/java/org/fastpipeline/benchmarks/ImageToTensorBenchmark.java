// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.benchmarks;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.inference.Availability;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.EngineWish;
import org.fastpipeline.core.inference.Engines;
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.core.inference.Preprocessing;
import org.fastpipeline.core.inference.Session;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.MemoryPool;
import org.fastpipeline.core.network.ImageInput;
import org.fastpipeline.core.network.ImagesToTensor;
import org.fastpipeline.core.network.Layout;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// From 8-bit colour images to the 32-bit floats that a network reads: resized, BGR to RGB, divided by 255. One pass
/// against a loop that works each element out by itself.
///
/// An operation is one frame of 1920 x 1080 to 256 x 256, or 45 crops of 65 x 65 to 50 x 50.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ImageToTensorBenchmark {
    private static final Preprocessing UNIT = new Preprocessing(0, 255, 0, 1, 1 / 255.0, false);
    private static final int CHANNELS = 3;

    /// What is done.
    @Param({"frame", "crops"})
    public String work = "frame";

    /// Where the channels go.
    @Param({"NHWC", "NCHW"})
    public String axes = "NHWC";

    private final MemoryPool pool = new MemoryPool(1L << 30, false);
    private final Allocator memory = bytes -> pool.allocate(bytes, "the benchmark");
    private OneStep step = new OneStep(List.of(), memory);
    private ImagesToTensor node = node("NHWC", 1, 1);
    private List<Image> images = List.of();
    private int side;

    /// Makes the images.
    @Setup(Level.Trial)
    public void open() {
        boolean frame = work.equals("frame");
        side = frame ? 256 : 50;
        int count = frame ? 1 : 45;
        ImageSpec spec = frame
                ? ImageSpec.of(1920, 1080, ChannelOrder.BGR, ElementType.U8)
                : ImageSpec.of(65, 65, ChannelOrder.BGR, ElementType.U8);
        images = IntStream.range(0, count).mapToObj(i -> noise(spec, i)).toList();
        node = node(axes, count, side);
        step = new OneStep(images, memory);
    }

    private Image noise(ImageSpec spec, int seed) {
        Image image = Image.allocate(spec, memory);
        MemorySegment pixels = image.writablePixels();
        int state = seed;
        for (long i = 0; i < spec.bytes(); i++) {
            state = state * 1_664_525 + 1_013_904_223;
            pixels.set(ValueLayout.JAVA_BYTE, i, (byte) (state >> 24));
        }
        image.publish();
        return image;
    }

    private static ImagesToTensor node(String axes, int count, int side) {
        Model.Port port = new Model.Port(
                "images",
                axes.equals("NHWC")
                        ? TensorSpec.of(axes, ElementType.F32, count, side, side, CHANNELS)
                        : TensorSpec.of(axes, ElementType.F32, count, CHANNELS, side, side));
        return new ImagesToTensor(
                model(port), "images", ImageInput.PLAIN.with(UNIT).with(Layout.DECLARED));
    }

    /// The node.
    @Benchmark
    public Tensor onePass() {
        node.execute(step);
        return step.take();
    }

    /// Each element by itself, straight from the image.
    @Benchmark
    public Tensor elementByElement() {
        boolean last = axes.equals("NHWC");
        TensorSpec spec = TensorSpec.of("NHWC", ElementType.F32, images.size(), side, side, CHANNELS);
        Tensor tensor = Tensor.allocate(spec, memory);
        MemorySegment to = tensor.writableElements();
        for (int i = 0; i < images.size(); i++) {
            Image image = images.get(i);
            MemorySegment pixels = image.pixels();
            long first = (long) i * side * side * CHANNELS;
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    for (int c = 0; c < CHANNELS; c++) {
                        long at = last ? ((long) y * side + x) * CHANNELS + c : ((long) c * side + y) * side + x;
                        float value = (float) UNIT.apply(sample(pixels, image.spec(), x, y, CHANNELS - 1 - c));
                        to.setAtIndex(ValueLayout.JAVA_FLOAT, first + at, value);
                    }
                }
            }
        }
        tensor.close();
        return tensor;
    }

    private double sample(MemorySegment pixels, ImageSpec spec, int x, int y, int channel) {
        double column = Math.clamp((x + 0.5) * spec.width() / side - 0.5, 0, spec.width() - 1);
        double row = Math.clamp((y + 0.5) * spec.height() / side - 0.5, 0, spec.height() - 1);
        int left = (int) column;
        int top = (int) row;
        int right = Math.min(left + 1, spec.width() - 1);
        int bottom = Math.min(top + 1, spec.height() - 1);
        double upper = mix(at(pixels, spec, left, top, channel), at(pixels, spec, right, top, channel), column - left);
        double lower =
                mix(at(pixels, spec, left, bottom, channel), at(pixels, spec, right, bottom, channel), column - left);
        return mix(upper, lower, row - top);
    }

    private static double at(MemorySegment pixels, ImageSpec spec, int x, int y, int channel) {
        return Byte.toUnsignedInt(pixels.get(ValueLayout.JAVA_BYTE, spec.offset(x, y, 0) + channel));
    }

    private static double mix(double one, double other, double share) {
        return one + (other - one) * share;
    }

    /// Gives the memory back.
    @TearDown(Level.Trial)
    public void close() {
        step.close();
        images.forEach(Image::close);
        pool.close();
    }

    /// A model that says what it reads, and is never run.
    private static LoadedModel model(Model.Port port) {
        Model model = new Model() {
            @Override
            public ImmutableList<Port> inputs() {
                return ImmutableList.of(port);
            }

            @Override
            public ImmutableList<Port> outputs() {
                return ImmutableList.of();
            }

            @Override
            public Session openSession() {
                throw new IllegalStateException("it is not run");
            }

            @Override
            public void close() {}
        };
        InferenceEngine engine = new InferenceEngine() {
            @Override
            public String name() {
                return "none";
            }

            @Override
            public Availability probe() {
                return new Availability.Available("1", ImmutableSet.of(ModelFormat.ONNX), ImmutableList.of("CPU"));
            }

            @Override
            public Model load(ModelSource source, EngineOptions options) {
                return model;
            }
        };
        return Engines.of(engine)
                .load(
                        ModelSource.of(Path.of("net.onnx"), ModelFormat.ONNX),
                        EngineWish.parse(EngineWish.AUTO),
                        new EngineOptions(1, 1));
    }
}
