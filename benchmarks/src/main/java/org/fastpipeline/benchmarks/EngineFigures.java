// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.benchmarks;

import com.google.common.math.Quantiles;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.EngineWish;
import org.fastpipeline.core.inference.Engines;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.core.inference.Preprocessing;
import org.fastpipeline.core.memory.MemoryPool;
import org.fastpipeline.core.network.ImageInput;
import org.fastpipeline.core.network.SegmentationNetwork;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.core.run.ThreadPlan;
import org.fastpipeline.core.stream.GeneratorStreamer;

/// What OpenVINO's work costs in a pipeline, and what a call costs around it; `engine-figures.py` runs the same without
/// this project and compares. In f32. Prints one line of JSON.
public final class EngineFigures {
    private static final int CORES = 2;
    private static final int CROPS = 45;
    private static final double NANOS_PER_SECOND = 1e9;

    /// Until then the JVM compiles on the cores that are measured.
    private static final long WARM_UP_NANOS = 10_000_000_000L;

    private final Engines engines;
    private final ModelSource source;

    private EngineFigures(Path plugins, Path model) {
        this.engines = Engines.find(plugins).only("openvino");
        this.source = ModelSource.of(model, ModelFormat.of(model));
    }

    /// Measures one thing.
    ///
    /// @param args folder of plugins, what to measure (`pipeline`, `latency`, `batch` or `call`), file of the
    ///     model, and how often
    public static void main(String[] args) throws InterruptedException {
        EngineFigures figures = new EngineFigures(Path.of(args[0]), Path.of(args[2]));
        int count = Integer.parseInt(args[3]);
        System.out.println(
                switch (args[1]) {
                    case "pipeline" -> figures.pipeline(count);
                    case "latency" -> figures.latency(count);
                    case "batch" -> figures.batch(count);
                    case "call" -> figures.call(count);
                    default -> throw new IllegalArgumentException("met " + args[1]);
                });
    }

    private LoadedModel load(int sessions, int threads) {
        return engines.load(source, new EngineWish.Auto(), new EngineOptions(sessions, threads));
    }

    /// A stream of images through a segmentation network on all cores, after the warm-up.
    private String pipeline(int frames) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        try (LoadedModel model = load(CORES, 1)) {
            ImageSpec spec = ImageSpec.of(256, 256, ChannelOrder.GREY, ElementType.U8);
            GeneratorStreamer<Image> images = new GeneratorStreamer<>(Image.class, Long.MAX_VALUE, (place, step) -> {
                Image image = Image.allocate(spec, step.memory());
                image.writablePixels().fill((byte) place);
                return image;
            });
            SegmentationNetwork network = new SegmentationNetwork(model, ImageInput.PLAIN.with(scaled()));
            network.image.from(images.value);
            RunOptions options = RunOptions.of(ThreadPlan.ofCores());
            try (Run run = Pipeline.to(network.segmentation).start(options)) {
                long warm = System.nanoTime() + WARM_UP_NANOS;
                while (System.nanoTime() < warm) {
                    run.next().orElseThrow().close();
                }
                long start = System.nanoTime();
                long used = system.getProcessCpuTime();
                for (int i = 0; i < frames; i++) {
                    run.next().orElseThrow().close();
                }
                double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
                double cpu = (system.getProcessCpuTime() - used) / NANOS_PER_SECOND;
                return json("frames_per_second", frames / seconds, "cpu_seconds_per_frame", cpu / frames);
            }
        }
    }

    private static Preprocessing scaled() {
        return new Preprocessing(0, 255, 0, 1, 1 / 255.0, false);
    }

    /// One call after another, on all cores.
    private String latency(int calls) throws InterruptedException {
        try (Called called = new Called(load(1, CORES), 1)) {
            long warm = System.nanoTime() + WARM_UP_NANOS;
            while (System.nanoTime() < warm) {
                called.run();
            }
            double[] millis = new double[calls];
            for (int i = 0; i < calls; i++) {
                long start = System.nanoTime();
                called.run();
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
            return json("median_ms", Quantiles.median().compute(millis));
        }
    }

    /// Calls with one crop against a call with as many crops, in the order A B B A, on one core.
    private String batch(int rounds) throws InterruptedException {
        double[] ratios = new double[rounds];
        try (Called single = new Called(load(1, 1), 1);
                Called whole = new Called(load(1, 1), CROPS)) {
            for (int i = -rounds / 2; i < rounds; i++) {
                double one = single.seconds(CROPS);
                double all = whole.seconds(1) + whole.seconds(1);
                one += single.seconds(CROPS);
                if (i >= 0) {
                    ratios[i] = one / all;
                }
            }
        }
        return json("ratio", Quantiles.median().compute(ratios));
    }

    /// What a call costs in time and heap, for a network that does next to nothing, on one core.
    private String call(int calls) throws InterruptedException {
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        double[] nanos = new double[15];
        long heap = 0;
        try (Called called = new Called(load(1, 1), 1)) {
            for (int i = 0; i < nanos.length; i++) {
                long allocated = threads.getCurrentThreadAllocatedBytes();
                nanos[i] = called.seconds(calls) / calls * NANOS_PER_SECOND;
                heap = threads.getCurrentThreadAllocatedBytes() - allocated;
            }
        }
        // The first rounds are the compiler's.
        double[] last = Arrays.copyOfRange(nanos, nanos.length / 3, nanos.length);
        return json("ns_per_call", Quantiles.median().compute(last), "heap_bytes_per_call", (double) heap / calls);
    }

    private static String json(String name, double value) {
        return "{" + entry(name, value) + "}";
    }

    private static String json(String first, double value, String second, double other) {
        return "{" + entry(first, value) + ", " + entry(second, other) + "}";
    }

    private static String entry(String name, double value) {
        return String.format(Locale.ROOT, "\"%s\": %.6f", name, value);
    }

    /// A model with inputs, called again and again with the same outputs' memory.
    private static final class Called implements AutoCloseable {
        private final LoadedModel model;
        private final MemoryPool pool = new MemoryPool(1 << 30, false);
        private final List<Tensor> inputs;
        private final List<Tensor> outputs = new ArrayList<>();

        Called(LoadedModel model, int batch) {
            this.model = model;
            this.inputs = model.exampleInputs(bytes -> pool.allocate(bytes, "input"), batch);
            for (Tensor input : inputs) {
                for (long i = 0; i < input.spec().elements(); i++) {
                    input.writableElements().setAtIndex(ValueLayout.JAVA_FLOAT, i, i % 255 / 255f);
                }
            }
        }

        void run() throws InterruptedException {
            model.run(inputs, (index, spec) -> {
                if (outputs.size() == index) {
                    outputs.add(Tensor.allocate(spec, bytes -> pool.allocate(bytes, "output")));
                }
                return outputs.get(index);
            });
        }

        double seconds(int calls) throws InterruptedException {
            long start = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                run();
            }
            return (System.nanoTime() - start) / NANOS_PER_SECOND;
        }

        @Override
        public void close() {
            inputs.forEach(Tensor::close);
            outputs.forEach(Tensor::close);
            model.close();
            pool.close();
        }
    }
}
