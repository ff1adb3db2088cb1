// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.tensorflow;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Loader;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.inference.Availability;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;

/// Runs SavedModels and frozen graphs with TensorFlow on the CPU. Thread-safe.
///
/// The native library is loaded with the first model, once, and says nothing on the standard streams unless the
/// environment variable `TF_CPP_MIN_LOG_LEVEL` (0 or 1) asks it to.
///
/// A model runs in the threads that call it: with one thread per session (the default) its operations run in the
/// caller's thread alone, so results do not depend on how many call at once. With more threads per session, operations
/// are split over one pool of that many threads per model, which its sessions share; the split, and so the result,
/// depends on that number only. (oneDNN, which computes TensorFlow's convolutions, keeps the number of the first model
/// that runs in the JVM.)
public final class TensorFlowEngine implements InferenceEngine {
    static final String NAME = "tensorflow";
    private static final String CPU = "CPU";
    private static final String METADATA = "META-INF/maven/org.tensorflow/tensorflow-core-native/pom.properties";

    /// The TensorFlow that is in a release of TensorFlow Java: nothing but the library itself says it, which is large.
    private static final ImmutableMap<String, String> RUNTIMES = ImmutableMap.of("1.1.0", "2.18.0");

    private final Supplier<NativeLibrary> library = Suppliers.memoize(NativeLibrary::load);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Availability probe() {
        String platform = Loader.Detector.getPlatform();
        for (String resource : NativeLibrary.resources(platform)) {
            if (TensorFlowEngine.class.getClassLoader().getResource(resource) == null) {
                return new Availability.Unavailable(
                        "the native library for " + platform + " is missing: " + resource,
                        "Put tensorflow-core-native and javacpp for " + platform + " into the plugin's folder");
            }
        }
        return new Availability.Available(
                        version(),
                        ImmutableSet.of(ModelFormat.SAVED_MODEL, ModelFormat.FROZEN_GRAPH),
                        ImmutableList.of(CPU))
                .at(Availability.Speed.LOW);
    }

    /// TensorFlow's own version, as far as it is known without loading it, and that of its binding.
    private static String version() {
        String java = bindingVersion();
        String runtime = RUNTIMES.get(java);
        return (runtime == null ? "" : runtime + " ") + "(TensorFlow Java " + java + ")";
    }

    private static String bindingVersion() {
        try (InputStream metadata = TensorFlowEngine.class.getClassLoader().getResourceAsStream(METADATA)) {
            Properties properties = new Properties();
            if (metadata != null) {
                properties.load(metadata);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException unreadable) {
            return "unknown";
        }
    }

    @Override
    public Model load(ModelSource source, EngineOptions options) {
        if (!options.device().isEmpty() && !options.device().equals(CPU)) {
            throw new EngineException(
                    NAME,
                    "has no device '" + options.device() + "'; it has [" + CPU + "]",
                    "Ask for one of these, or for none",
                    null);
        }
        try {
            return GraphLoader.load(library.get(), source, options);
        } catch (LinkageError unloadable) {
            throw new EngineException(
                    NAME,
                    "its native library cannot be loaded: " + unloadable.getMessage(),
                    "Use one Engines object per JVM, a 64-bit system with glibc, and a writable folder "
                            + "org.bytedeco.javacpp.cachedir with 1 GB of room",
                    unloadable);
        }
    }
}
