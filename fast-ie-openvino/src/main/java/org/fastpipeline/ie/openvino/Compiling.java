// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableLongArray;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.core.inference.Precision;
import org.fastpipeline.ie.openvino.binding.CompiledModelHeader;
import org.fastpipeline.ie.openvino.binding.OpenVino;
import org.jspecify.annotations.Nullable;

/// Reads a model, gives it the sizes that are known, and compiles it for its device.
///
/// @param library the library
/// @param source the model
/// @param options how it is to be run
record Compiling(Library library, ModelSource source, EngineOptions options) {
    static final String DEFAULT_DEVICE = "CPU";
    private static final String MODELS = "fast.openvino.models";
    /// Kernels that the CPU device keeps for sizes that it has met; left to itself it keeps 5000, and grows with them.
    private static final String KERNEL_CACHE = "CPU_RUNTIME_CACHE_CAPACITY";

    private static final String KERNELS_KEPT = "64";
    /// Larger models are compiled once for all sessions.
    private static final long MOST_BYTES_APART = 32L << 20;

    private static final String PRECISION = "INFERENCE_PRECISION_HINT";

    /// Devices that choose among others, which the library does not list.
    private static final ImmutableSet<String> CHOOSERS = ImmutableSet.of("AUTO", "MULTI", "HETERO", "BATCH");

    Model load() {
        String device = device();
        Arena arena = Arena.ofShared();
        Arena reading = Arena.ofShared();
        try {
            MemorySegment read = new Reading(library, source).read(reading, arena);
            Ports inputs = Ports.inputs(library.ov(), source, read);
            ImmutableList<Ports.Chosen> fed = inputs.choose();
            reshape(read, inputs, fed);
            Ports outputs = Ports.outputs(library.ov(), source, read);
            ImmutableList<Ports.Chosen> asked = outputs.choose();
            Streams streams = streams(device);
            ImmutableList<Compiled> compiled = IntStream.range(0, streams.models())
                    .parallel()
                    .mapToObj(_ -> {
                        MemorySegment handle = compile(read, device, streams, arena);
                        CompiledModelHeader models = library.ov().compiledModels();
                        return new Compiled(
                                handle,
                                endpoints(inputs, fed, index -> models.input(handle, index, arena)),
                                endpoints(outputs, asked, index -> models.output(handle, index, arena)));
                    })
                    .collect(ImmutableList.toImmutableList());
            String precision = precision(compiled.getFirst().handle(), device);
            Optional<Fitting> fitting = fitting(read, fed, compiled.getFirst().inputs());
            Optional<Arena> kept = fitting.map(_ -> reading);
            OpenVinoModel model = new OpenVinoModel(source.name(), library.ov(), compiled, precision, fitting, () -> {
                arena.close();
                kept.ifPresent(Arena::close);
            });
            if (kept.isEmpty()) {
                reading.close();
            }
            return model;
        } catch (FastException failed) {
            arena.close();
            reading.close();
            throw failed;
        }
    }

    /// The check that is needed where inputs may change their sizes.
    private Optional<Fitting> fitting(
            MemorySegment read, ImmutableList<Ports.Chosen> fed, ImmutableList<Endpoint> inputs) {
        if (inputs.stream().allMatch(input -> input.port().spec().isKnown())) {
            return Optional.empty();
        }
        ImmutableList<Integer> indexes = fed.stream().map(Ports.Chosen::index).collect(ImmutableList.toImmutableList());
        return Optional.of(new Fitting(source.name(), library.ov(), read, indexes));
    }

    private static ImmutableList<Endpoint> endpoints(
            Ports ports, ImmutableList<Ports.Chosen> chosen, IntFunction<MemorySegment> handle) {
        return chosen.stream()
                .map(each -> new Endpoint(ports.describe(each), handle.apply(each.index())))
                .collect(ImmutableList.toImmutableList());
    }

    /// Gives inputs the sizes that only the source knows.
    private void reshape(MemorySegment read, Ports ports, ImmutableList<Ports.Chosen> inputs) {
        ImmutableMap.Builder<Integer, ImmutableLongArray> changed = ImmutableMap.builder();
        for (Ports.Chosen input : inputs) {
            ImmutableLongArray needed = ports.describe(input).spec().sizes();
            if (!ports.sizes(input).equals(needed)) {
                changed.put(input.index(), needed);
            }
        }
        ImmutableMap<Integer, ImmutableLongArray> sizes = changed.buildOrThrow();
        if (!sizes.isEmpty()) {
            try {
                library.ov().models().reshape(read, sizes);
            } catch (EngineException unfit) {
                throw failure(
                        "its inputs cannot have the described sizes " + sizes.values() + ": " + unfit.problem(),
                        "Correct the described sizes",
                        unfit);
            }
        }
    }

    /// How sessions share what is compiled.
    ///
    /// @param models how often the model is compiled
    /// @param each streams of each
    private record Streams(int models, int each) {}

    /// A model of one stream and one thread computes on the thread that calls it; with more streams each call goes to
    /// another thread and back, which is asleep half of the time. So every session has a compiled model of its own,
    /// unless that would hold large weights several times.
    private Streams streams(String device) {
        boolean apart = device.equals(DEFAULT_DEVICE) && options.threads() == 1 && source.bytes() <= MOST_BYTES_APART;
        return apart ? new Streams(options.sessions(), 1) : new Streams(1, options.sessions());
    }

    private MemorySegment compile(MemorySegment read, String device, Streams streams, Arena arena) {
        try {
            return library.ov().core().compile(library.core(), read, device, properties(device, streams), arena);
        } catch (EngineException unfit) {
            throw failure(
                    "cannot be compiled for " + device + ": " + unfit.problem(),
                    "Take another device, or export the model with other operations",
                    unfit);
        }
    }

    private ImmutableMap<String, String> properties(String device, Streams streams) {
        ImmutableMap.Builder<String, String> properties = ImmutableMap.builder();
        if (options.precision() == Precision.F32) {
            properties.put(PRECISION, "f32").put("EXECUTION_MODE_HINT", "ACCURACY");
        }
        if (device.equals(DEFAULT_DEVICE)) {
            properties.put("NUM_STREAMS", String.valueOf(streams.each()));
            properties.put("INFERENCE_NUM_THREADS", String.valueOf((long) streams.each() * options.threads()));
            properties.put(KERNEL_CACHE, KERNELS_KEPT);
            if (options.threads() == 1) {
                properties.put("ENABLE_CPU_PINNING", "NO"); // All callers would be bound to the same core.
            }
        } else {
            properties.put("PERFORMANCE_HINT", options.sessions() > 1 ? "THROUGHPUT" : "LATENCY");
            properties.put("PERFORMANCE_HINT_NUM_REQUESTS", String.valueOf(options.sessions()));
        }
        String models = System.getProperty(MODELS, "");
        if (!models.isEmpty()) {
            properties.put("CACHE_DIR", models);
        }
        return properties.buildOrThrow();
    }

    /// What the compiled model computes in. A model that was to be exact and is not is refused.
    private String precision(MemorySegment compiled, String device) {
        String met = library.ov().compiledModels().property(compiled, PRECISION);
        if (options.precision() == Precision.F32 && !met.equals("f32")) {
            throw failure(
                    "would be computed in " + met + " on " + device + "; needed f32",
                    "Ask for the precision auto, or another device",
                    null);
        }
        return met;
    }

    /// The device asked for, in the library's words.
    private String device() {
        if (options.device().isEmpty()) {
            return DEFAULT_DEVICE;
        }
        List<String> there = library.ov().core().devices(library.core());
        String asked = options.device().replaceFirst(":.*", "");
        boolean known = CHOOSERS.contains(asked)
                || there.stream().anyMatch(device -> device.equals(asked) || device.startsWith(asked + "."));
        if (!known) {
            throw new EngineException(
                    OpenVino.NAME,
                    "met the device " + options.device() + "; needed one of " + there,
                    "Ask for one of these, or install the driver of the device",
                    null);
        }
        return options.device();
    }

    private ModelException failure(String problem, String remedy, @Nullable Throwable cause) {
        return new ModelException(source.name(), problem, remedy, cause);
    }
}
