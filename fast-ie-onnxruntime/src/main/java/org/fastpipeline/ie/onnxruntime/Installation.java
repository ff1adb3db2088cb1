// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is there to compute with: the libraries that came with the plugin, and the GPUs of the machine. Looking
/// loads no native library.
///
/// @param loader sees the plugin's jars
/// @param platform as ONNX Runtime names it, such as `linux-x64`
/// @param devices where the system shows its devices, `/dev`
record Installation(ClassLoader loader, String platform, Path devices) {
    private static final String RUNTIME = "onnxruntime";

    /// This machine, with the jars beside this class.
    static Installation here() {
        return new Installation(
                OrtEnvironment.class.getClassLoader(),
                platform(System.getProperty("os.name", ""), System.getProperty("os.arch", "")),
                Path.of("/dev"));
    }

    private static String platform(String system, String processor) {
        String family = system.toLowerCase(Locale.ROOT);
        String first = family.contains("win") ? "win" : family.contains("mac") ? "osx" : "linux";
        return first + (processor.equals("aarch64") || processor.equals("arm64") ? "-aarch64" : "-x64");
    }

    /// Version of the runtime; it stands in its jar.
    static String version() {
        return Objects.requireNonNullElse(OrtEnvironment.class.getPackage().getImplementationVersion(), "unknown");
    }

    private String resource(String library) {
        return "ai/onnxruntime/native/" + platform + "/" + System.mapLibraryName(library);
    }

    private @Nullable URL find(String library) {
        return loader.getResource(resource(library));
    }

    /// The resource that the runtime itself must come from, if it is missing.
    Optional<String> missing() {
        return find(RUNTIME) == null ? Optional.of(resource(RUNTIME)) : Optional.empty();
    }

    /// The devices that can be computed on, best first.
    ImmutableList<Device> usable() {
        return Stream.of(Provider.values())
                .filter(provider -> whyNot(provider).isEmpty())
                .flatMap(provider -> IntStream.range(0, provider == Provider.CPU ? 1 : gpus())
                        .mapToObj(index -> new Device(provider, index)))
                .collect(ImmutableList.toImmutableList());
    }

    /// Why nothing can be computed by `provider`; empty if it can.
    String whyNot(Provider provider) {
        if (provider == Provider.CPU) {
            return "";
        }
        URL runtime = find(RUNTIME);
        URL library = find(provider.library());
        if (runtime == null || library == null || !folder(runtime).equals(folder(library))) {
            return "the plugin's folder has no " + System.mapLibraryName(provider.library())
                    + "; put onnxruntime_gpu there in place of onnxruntime, of the same version";
        }
        return gpus() > 0 ? "" : "no NVIDIA GPU is seen; install its driver";
    }

    /// Of the runtimes in two jars, the one that is loaded must be the one that knows GPUs.
    private static String folder(URL resource) {
        String place = resource.toString();
        return place.substring(0, place.lastIndexOf('/'));
    }

    /// How many of NVIDIA's GPUs the system shows; Windows and its subsystem for Linux show that there is one.
    private int gpus() {
        int found = 0;
        if (Files.isDirectory(devices)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(devices, "nvidia[0-9]*")) {
                for (Path _ : all) {
                    found++;
                }
            } catch (IOException unreadable) {
                return 0;
            }
        }
        Path windows = Path.of(System.getenv().getOrDefault("SystemRoot", ""), "System32", "nvcuda.dll");
        return found > 0 ? found : Files.exists(devices.resolve("dxg")) || Files.exists(windows) ? 1 : 0;
    }
}
