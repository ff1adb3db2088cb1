// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.function.Supplier;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.inference.Availability;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;

/// Runs ONNX models with ONNX Runtime. Thread-safe.
///
/// Nothing is sent to anybody: the reports that ONNX Runtime makes of its use are switched off before it is loaded.
///
/// Devices are its execution providers: `CPU`, and where `onnxruntime_gpu` lies in the plugin's folder and a GPU is
/// seen, `CUDA` and `TensorRT`; a further GPU is `CUDA.1`. If none is asked for, the first that works is taken.
///
/// A model runs in the threads that call it: with one thread per session (the default) its operations run in the
/// caller's thread alone. With more, operations are split over one pool of that many threads per model, which its
/// sessions share. Either way, results on the CPU do not depend on how many call at once.
///
/// Limits, which are those of its Java API: a tensor has less than 2 GiB, elements are U8, I16, I32, I64, F32 or
/// F64, and an output whose shape only the network's values decide goes through the heap on its way to the caller's
/// memory.
public final class OnnxRuntimeEngine implements InferenceEngine {
    static final String NAME = "onnxruntime";

    private final Installation installation;
    private final Supplier<OrtEnvironment> environment = Suppliers.memoize(OnnxRuntimeEngine::environment);

    /// For `ServiceLoader`.
    public OnnxRuntimeEngine() {
        this(Installation.here());
    }

    OnnxRuntimeEngine(Installation installation) {
        this.installation = installation;
    }

    /// Loads the native library, once.
    private static OrtEnvironment environment() {
        Telemetry.forbid();
        OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "fast");
        try {
            environment.setTelemetry(false);
        } catch (OrtException refused) {
            throw new EngineException(
                    NAME,
                    "cannot be kept from sending reports of its use: " + refused.getMessage(),
                    "Look for another version of the engine's plugin",
                    refused);
        }
        return environment;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Availability probe() {
        return installation
                .missing()
                .<Availability>map(resource -> new Availability.Unavailable(
                        "the native library for " + installation.platform() + " is missing: " + resource,
                        "Put an onnxruntime that has it into the plugin's folder"))
                .orElseGet(this::available);
    }

    private Availability.Available available() {
        ImmutableList<Device> devices = installation.usable();
        String fastest = devices.getFirst().provider().fastest();
        return new Availability.Available(
                Installation.version(),
                ImmutableSet.of(ModelFormat.ONNX),
                devices.stream().map(Device::toString).collect(ImmutableList.toImmutableList()),
                ImmutableSet.of(fastest, "f32").asList());
    }

    @Override
    public Model load(ModelSource source, EngineOptions options) {
        try {
            return new OnnxLoader(environment.get(), installation, source, options).load();
        } catch (LinkageError unloadable) {
            throw new EngineException(
                    NAME,
                    "its native library cannot be loaded: " + unloadable,
                    "Use one Engines object per JVM, a 64-bit system with glibc, and a writable folder "
                            + "java.io.tmpdir with 100 MB of room",
                    unloadable);
        }
    }
}
