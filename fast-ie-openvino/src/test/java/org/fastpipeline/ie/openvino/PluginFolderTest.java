// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.internal.InternalFutureFailureAccess;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.fastpipeline.core.inference.InferenceEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The plugin as it is installed: its jars in one folder, loaded by a class loader of its own, in a JVM of its own.
final class PluginFolderTest {
    private static final String OURS = "openvino/libs/";

    @TempDir
    Path folder;

    private static Path place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private Path install() throws IOException, URISyntaxException {
        Path plugin = Files.createDirectories(folder.resolve("plugins").resolve("openvino"));
        Path classes = place(OpenVinoEngine.class);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(plugin.resolve("engine.jar")));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new ZipEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
            }
        }
        return plugin;
    }

    private static Path natives() throws IOException {
        Optional<NativeJar> jar = NativeJar.find(PluginFolderTest.class.getClassLoader(), OURS, NativeJar.INDEX);
        assumeTrue(jar.isPresent(), "the jar of natives was not made");
        return jar.orElseThrow().file();
    }

    /// A jar as the JavaCPP preset would be, with what the CPU needs.
    private static void makePreset(Path jar) throws IOException {
        String inside = "org/bytedeco/openvino/" + Processor.platform() + "/";
        try (ZipFile from = new ZipFile(natives().toFile());
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.setLevel(Deflater.NO_COMPRESSION);
            out.putNextEntry(new ZipEntry(inside));
            for (ZipEntry entry : Collections.list(from.entries())) {
                String name = entry.getName();
                if (name.startsWith(OURS)
                        && NativePlace.stem(name.substring(OURS.length())).isPresent()
                        && !name.contains("gpu")) {
                    out.putNextEntry(new ZipEntry(inside + name.substring(OURS.length())));
                    from.getInputStream(entry).transferTo(out);
                }
            }
        }
    }

    /// What the program said.
    private record Said(int exit, List<String> output, String errors) {}

    private Said run(String... options) throws Exception {
        List<Path> application = List.of(
                place(InferenceEngine.class),
                place(ImmutableList.class),
                place(InternalFutureFailureAccess.class),
                place(PluginProgram.class));
        Path errors = folder.resolve("stderr");
        ImmutableList<String> command = ImmutableList.<String>builder()
                .add(Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .add("--enable-native-access=ALL-UNNAMED")
                .add(options)
                .add("-cp", Joiner.on(File.pathSeparator).join(application))
                .add(PluginProgram.class.getName(), folder.resolve("plugins").toString())
                .add(TestModels.file("two.onnx").toString())
                .build();
        Process program =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        List<String> output = program.inputReader().readAllLines();
        return new Said(program.waitFor(), output, Files.readString(errors));
    }

    private static void works(Said said) {
        assertThat(said.errors()).isEmpty();
        assertThat(said.exit()).isZero();
        assertThat(said.output()).hasSize(4);
        assertThat(said.output().getFirst())
                .startsWith("[openvino 2026.")
                .endsWith(" on CPU, reads [OpenVINO IR, ONNX, TensorFlow Lite, SavedModel, frozen graph]]");
        assertThat(said.output().subList(1, 4))
                .containsExactly("[-9.0, -28.0]", "[11.0, 32.0]", "openvino was taken: it reads ONNX, in f32");
    }

    @Test
    void thePluginWorksQuietlyWithTheJarOfNativesBesideIt() throws Exception {
        Files.copy(natives(), install().resolve("natives.jar"));
        works(run());
    }

    @Test
    void thePresetsJarIsUsedAsItIs() throws Exception {
        makePreset(install().resolve("openvino-preset.jar"));
        works(run("-D" + NativePlaces.CACHE + "=" + folder.resolve("cache")));
        try (Stream<Path> unpacked = Files.list(folder.resolve("cache"))) {
            assertThat(unpacked).hasSize(1);
        }
    }

    @Test
    void aFolderThatTheUserNamesIsUsedWithoutAnyJar() throws Exception {
        makePreset(install().resolve("openvino-preset.jar"));
        Path cache = folder.resolve("cache");
        works(run("-D" + NativePlaces.CACHE + "=" + cache));
        Files.delete(folder.resolve("plugins").resolve("openvino").resolve("openvino-preset.jar"));
        try (Stream<Path> unpacked = Files.list(cache)) {
            works(run("-D" + NativePlaces.LIBRARIES + "=" + unpacked.findFirst().orElseThrow()));
        }
    }

    @Test
    void aPluginWithoutLibrariesSaysSoAndWhatToDo() throws Exception {
        install();
        Said said = run("-Djava.library.path=" + folder);
        assertThat(said.output().getFirst())
                .startsWith("[openvino is not available: its libraries are missing; looked at the preset's jar")
                .contains("this project's jar (openvino/libs/): not there; the folder " + folder + ": not there")
                .contains("Build fast-ie-openvino where python3 with pip");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.errors()).contains("no engine can load a model of format ONNX; met openvino is not available");
    }
}
