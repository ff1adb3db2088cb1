// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.internal.InternalFutureFailureAccess;
import com.google.protobuf.CodedInputStream;
import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.bytedeco.javacpp.Loader;
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.core.inference.ModelSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.internal.c_api.TF_Graph;

/// The plugin as it is installed: all its jars in one folder, loaded by a class loader of its own, in a JVM of its own.
final class PluginFolderTest {
    private final List<Path> links = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void unlink() throws IOException {
        for (Path link : links) {
            Files.delete(link);
        }
    }

    private static Path place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static Path jarWith(String resource) throws IOException, URISyntaxException {
        URL url = PluginFolderTest.class.getClassLoader().getResource(resource);
        URI jar = ((JarURLConnection) url.openConnection()).getJarFileURL().toURI();
        return Path.of(jar);
    }

    private Path install(boolean withNatives) throws IOException, URISyntaxException {
        Path plugins = folder.resolve(withNatives ? "plugins" : "plugins-without-natives");
        Path plugin = Files.createDirectories(plugins.resolve("tensorflow"));
        List<Path> jars =
                new ArrayList<>(List.of(place(TF_Graph.class), place(Loader.class), place(CodedInputStream.class)));
        if (withNatives) {
            for (String resource : NativeLibrary.resources(Loader.Detector.getPlatform())) {
                jars.add(jarWith(resource));
            }
        }
        for (Path jar : jars) {
            links.add(Files.createSymbolicLink(plugin.resolve(jar.getFileName()), jar));
        }
        pack(place(TensorFlowEngine.class), plugin.resolve("engine.jar"));
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

    /// What the program said.
    private record Said(int exit, List<String> output, String errors) {}

    private Said run(Path plugins) throws Exception {
        ModelSource model = TestModels.twoByTwo(folder);
        List<Path> application = new ArrayList<>(List.of(
                place(InferenceEngine.class),
                place(ImmutableList.class),
                place(InternalFutureFailureAccess.class),
                place(PluginProgram.class)));
        try (Stream<Path> jars = Files.list(Path.of("target", "beside"))) {
            application.addAll(jars.toList());
        }
        Path errors = folder.resolve("stderr");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        Joiner.on(File.pathSeparator).join(application),
                        PluginProgram.class.getName(),
                        plugins.toString(),
                        model.path().toString(),
                        model.format().name())
                .redirectError(errors.toFile())
                .start();
        List<String> output = program.inputReader().readAllLines();
        return new Said(program.waitFor(), output, Files.readString(errors));
    }

    @Test
    void thePluginWorksQuietlyBesideAnotherJavaCppInTheApplication() throws Exception {
        Said said = run(install(true));
        assertThat(said.errors()).isEmpty();
        assertThat(said.exit()).isZero();
        assertThat(said.output()).hasSize(5);
        assertThat(said.output().get(0)).matches("application's JavaCPP 1\\.5\\.13 says 42");
        assertThat(said.output().get(1))
                .startsWith("[tensorflow 2.")
                .endsWith(" on CPU, reads [SavedModel, frozen graph]]");
        assertThat(said.output().subList(2, 4)).containsExactly("[-9.0, -28.0]", "[11.0, 32.0]");
        assertThat(said.output().get(4)).isEqualTo("tensorflow was taken: it reads SavedModel");
    }

    @Test
    void aPluginWithoutItsNativeLibrarySaysSoAndWhatToDo() throws Exception {
        Said said = run(install(false));
        assertThat(said.output().get(1))
                .startsWith("[tensorflow is not available: the native library for ")
                .contains(" is missing: org/tensorflow/")
                .endsWith(" into the plugin's folder]");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.errors()).contains("no engine can load a model of format SavedModel; met tensorflow is not");
    }
}
