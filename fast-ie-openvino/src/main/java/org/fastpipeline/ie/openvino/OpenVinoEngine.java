// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.function.Supplier;
import org.fastpipeline.core.inference.Availability;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.ie.openvino.binding.OpenVino;

/// Runs models with OpenVINO: its own format, ONNX, TFLite and TensorFlow's, on CPUs and on Intel's GPUs. Thread-safe.
///
/// The libraries are loaded with the first model, once. They are looked for, in this order:
/// 1. in the folder that the system property `fast.openvino.libraries` names;
/// 2. in the native jar of the JavaCPP preset on the engine's path (`org/bytedeco/openvino/<platform>/`);
/// 3. in the native jar that this project makes (`openvino/libs/`);
/// 4. in the system's library folders.
///
/// Libraries in a jar are unpacked, once, below the folder `fast.openvino.cache` or the user's own cache folder.
///
/// With the precision `f32`, which is the default, the CPU computes in 32-bit floating point even where OpenVINO would
/// take 16 bits. On the CPU, a model has as many streams as it has sessions, each with its own threads, so results do
/// not depend on how many sessions there are. Compiled models are kept for the next start below the folder that the
/// system property `fast.openvino.models` names; without it they are not kept.
public final class OpenVinoEngine implements InferenceEngine {
    private static final ImmutableSet<ModelFormat> FORMATS = ImmutableSet.of(
            ModelFormat.OPENVINO_IR,
            ModelFormat.ONNX,
            ModelFormat.TFLITE,
            ModelFormat.SAVED_MODEL,
            ModelFormat.FROZEN_GRAPH);

    private final NativePlaces places;
    private final Supplier<Library> library;

    /// With the libraries that this JVM's system properties and class path lead to.
    public OpenVinoEngine() {
        this(NativePlaces.ofSystem());
    }

    OpenVinoEngine(NativePlaces places) {
        this.places = places;
        this.library = Suppliers.memoize(() -> Library.start(places));
    }

    @Override
    public String name() {
        return OpenVino.NAME;
    }

    /// Loads nothing, so it can only say that there is a CPU; which GPUs there are is in the error of one that is not.
    @Override
    public Availability probe() {
        return places.first()
                .<Availability>map(place -> new Availability.Available(
                                place.version(),
                                FORMATS,
                                ImmutableList.of(Compiling.DEFAULT_DEVICE),
                                Processor.precisions())
                        .at(Availability.Speed.HIGH))
                .orElseGet(() -> new Availability.Unavailable(
                        "its libraries are missing; looked at " + places.tried(), NativePlaces.REMEDY));
    }

    @Override
    public Model load(ModelSource source, EngineOptions options) {
        return new Compiling(library.get(), source, options).load();
    }
}
