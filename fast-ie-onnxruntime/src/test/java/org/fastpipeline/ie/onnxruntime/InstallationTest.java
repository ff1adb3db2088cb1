// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.core.inference.Precision;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which devices are there, on machines that are made up: folders with files of the names that count.
final class InstallationTest {
    private static final String PLATFORM = "linux-x64";
    private static final EngineOptions ONE = new EngineOptions(1, 1);

    @TempDir
    Path folder;

    private Path jar(String name, String... libraries) throws IOException {
        Path jar = folder.resolve(name);
        Path natives =
                Files.createDirectories(jar.resolve("ai/onnxruntime/native").resolve(PLATFORM));
        for (String library : libraries) {
            Files.createFile(natives.resolve(System.mapLibraryName(library)));
        }
        return jar;
    }

    private Path devices(String... names) throws IOException {
        Path devices = Files.createDirectory(folder.resolve("dev"));
        for (String name : names) {
            Files.createFile(devices.resolve(name));
        }
        return devices;
    }

    private static List<String> usable(Path devices, Path... jars) throws IOException {
        URL[] urls = new URL[jars.length];
        for (int i = 0; i < jars.length; i++) {
            urls[i] = jars[i].toUri().toURL();
        }
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            return new Installation(loader, PLATFORM, devices)
                    .usable().stream().map(Device::toString).toList();
        }
    }

    @Test
    @Tag("behaviour-148")
    void gpusAreDevicesWhereTheirLibraryAndTheyThemselvesAreThere() throws IOException {
        Path gpu =
                jar("onnxruntime_gpu", "onnxruntime", "onnxruntime_providers_cuda", "onnxruntime_providers_tensorrt");
        Path two = devices("nvidia0", "nvidia1", "nvidiactl", "nvidia-uvm", "null");
        assertThat(usable(two, gpu)).containsExactly("CUDA", "CUDA.1", "TensorRT", "TensorRT.1", "CPU");
        assertThat(usable(folder.resolve("none"), gpu)).containsExactly("CPU");
    }

    @Test
    void aGpuIsNoDeviceForARuntimeThatKnowsNone() throws IOException {
        Path plain = jar("onnxruntime", "onnxruntime");
        Path gpu = jar("onnxruntime_gpu", "onnxruntime", "onnxruntime_providers_cuda");
        Path one = devices("nvidia0");
        assertThat(usable(one, plain)).containsExactly("CPU");
        assertThat(usable(one, plain, gpu)).containsExactly("CPU");
        assertThat(usable(one, gpu, plain)).containsExactly("CUDA", "CPU");
    }

    /// Has an engine believe in a GPU, though the runtime that is loaded knows none.
    private void withBelief(EngineTest test) throws IOException {
        Path gpu =
                jar("onnxruntime_gpu", "onnxruntime", "onnxruntime_providers_cuda", "onnxruntime_providers_tensorrt");
        URL[] jars = {gpu.toUri().toURL()};
        ModelSource model = OnnxFile.write(
                folder.resolve("identity.onnx"),
                "Identity",
                List.of(new OnnxFile.Port("x", OnnxFile.FLOAT, "N", 2)),
                new OnnxFile.Port("y", OnnxFile.FLOAT, "N", 2));
        try (URLClassLoader loader = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader())) {
            test.run(new OnnxRuntimeEngine(new Installation(loader, PLATFORM, devices("nvidia0"))), model);
        }
    }

    private interface EngineTest {
        void run(InferenceEngine engine, ModelSource model);
    }

    @Test
    void aDeviceThatCannotBeUsedIsPassedOverUnlessItWasAskedFor() throws IOException {
        withBelief((engine, model) -> {
            try (Model loaded = engine.load(model, ONE)) {
                assertThat(loaded.precision()).isEqualTo("f32");
            }
            assertThatThrownBy(() -> engine.load(model, ONE.withDevice("CUDA")))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("device CUDA cannot be used: ")
                    .hasMessageContaining("or ask for device CPU");
        });
    }

    @Test
    void aDeviceThatCannotKeepTo32BitsIsRefusedUnlessFewerWillDo() throws IOException {
        withBelief((engine, model) -> {
            assertThatThrownBy(() -> engine.load(model, ONE.withDevice("TensorRT")))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("cannot be kept from fewer than 32 bits; needed precision f32")
                    .hasMessageContaining("Ask for precision auto");
            assertThatThrownBy(
                            () -> engine.load(model, ONE.withDevice("TensorRT").withPrecision(Precision.AUTO)))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("device TensorRT cannot be used: ");
        });
    }
}
