// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.internal.InternalFutureFailureAccess;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.ie.onnxruntime.OnnxFile.Port;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The plugin as it is installed: its jars in one folder, loaded by a class loader of its own, in a JVM of its own.
final class PluginFolderTest {
    @TempDir
    Path folder;

    private static Path place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private Path install() throws IOException, URISyntaxException {
        Path plugins = folder.resolve("plugins");
        Path plugin = Files.createDirectories(plugins.resolve("onnxruntime"));
        Files.copy(place(OrtEnvironment.class), plugin.resolve("onnxruntime.jar"));
        pack(place(OnnxRuntimeEngine.class), plugin.resolve("engine.jar"));
        return plugins;
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new ZipEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
            }
        }
    }

    /// Runs the program with the home folder `home`; it must say nothing on its error stream.
    private List<String> run(String order, Path home) throws Exception {
        ModelSource model = OnnxFile.write(
                folder.resolve("sum.onnx"),
                "Add",
                List.of(new Port("a", OnnxFile.FLOAT, "N", 2), new Port("b", OnnxFile.FLOAT, "N", 2)),
                new Port("c", OnnxFile.FLOAT, "N", 2));
        List<String> application = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (entry.contains("bytedeco")) {
                application.add(entry);
            }
        }
        for (Class<?> type : List.of(
                InferenceEngine.class, ImmutableList.class, InternalFutureFailureAccess.class, PluginProgram.class)) {
            application.add(place(type).toString());
        }
        Path errors = folder.resolve("stderr");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        Joiner.on(File.pathSeparator).join(application),
                        PluginProgram.class.getName(),
                        install().toString(),
                        model.path().toString(),
                        order)
                .redirectError(errors.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("XDG_") || name.equals("CI"));
        builder.environment().put("HOME", home.toString());
        builder.environment().put("TMPDIR", home.toString());
        builder.environment().put("ORT_DISABLE_TELEMETRY", "0");
        Process program = builder.start();
        List<String> output = program.inputReader().readAllLines();
        assertThat(program.waitFor()).as(Files.readString(errors)).isZero();
        assertThat(errors).isEmptyFile();
        return output;
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "last"})
    void thePluginWorksQuietlyWhetherOpenCvIsLoadedBeforeOrAfterIt(String order) throws Exception {
        List<String> output = run(order, folder);
        assertThat(output).contains("OpenCV says 12.0", "[11.0, 32.0]");
        assertThat(output.get(order.equals("first") ? 1 : 0)).startsWith("[onnxruntime 1.29.0 on CPU, reads [ONNX]");
    }

    @Test
    void nothingIsWrittenDownAboutItsUse() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        run("last", home);
        try (Stream<Path> written = Files.walk(home)) {
            assertThat(written.filter(Files::isRegularFile)
                            .map(file -> home.relativize(file).toString()))
                    .filteredOn(file -> !file.startsWith(".javacpp"))
                    .isEmpty();
        }
    }
}
