// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.util.concurrent.internal.InternalFutureFailureAccess;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.plugin.CuriousEngine;
import org.fastpipeline.plugin.ListEngines;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Engines on the application's own path, in programs of their own.
final class PathDiscoveryTest {
    @TempDir
    Path folder;

    private static String where(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    private String path() throws IOException, URISyntaxException {
        Path jar = PluginJars.write(
                folder.resolve("engine.jar"), CuriousEngine.class.getName(), CuriousEngine.class, ListEngines.class);
        return String.join(
                File.pathSeparator,
                jar.toString(),
                where(InferenceEngine.class),
                where(ImmutableMap.class),
                where(InternalFutureFailureAccess.class));
    }

    private String printed(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        process.waitFor();
        return Files.readString(out);
    }

    @Test
    @Tag("behaviour-120")
    void enginesOnTheClassPathAreFound() throws Exception {
        assertThat(printed("-cp", path(), ListEngines.class.getName())).startsWith("application: curious ");
    }

    @Test
    @Tag("behaviour-120")
    void enginesOnTheModulePathAreFound() throws Exception {
        assertThat(printed(
                        "-p",
                        path(),
                        "--add-modules",
                        "ALL-MODULE-PATH",
                        "-m",
                        PluginJars.MODULE + "/" + ListEngines.class.getName()))
                .startsWith("application: curious ");
    }
}
