// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The launcher of the distribution, in a process of its own.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class LauncherIT {
    private static final Path HOME = Path.of(System.getProperty("fast.home"));

    @TempDir
    private Path folder;

    @Test
    void versionIsAllThatIsPrinted() throws Exception {
        Fast.Result result = run(HOME, Map.of(), "--version");
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("fast ").hasLineCount(1);
        assertThat(result.status()).isZero();
    }

    @Test
    void distributionWorksFromAFolderWithASpaceInItsName() throws Exception {
        Fast.Result result = run(moved(), Map.of(), "--version");
        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
    }

    @Test
    void startUpCacheOfAnotherJvmIsLeftAloneWithoutAWord() throws Exception {
        Path home = moved();
        Files.writeString(home.resolve("lib/fast.aot"), "not a cache");
        Fast.Result result = run(home, Map.of(), "--version");
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("fast ").hasLineCount(1);
    }

    @Test
    void exitStatusAndArgumentsPassThroughWhole() throws Exception {
        Fast.Result result = run(HOME, Map.of(), "no such * command");
        assertThat(result.err()).contains("'no such * command'");
        assertThat(result.status()).isEqualTo(2);
    }

    @Test
    void jdkThatIsTooOldIsNamedWithItsVersion() throws Exception {
        Files.createDirectories(folder.resolve("old/bin"));
        Files.createSymbolicLink(
                folder.resolve("old/bin/java"), Path.of(System.getProperty("java.home"), "bin", "java"));
        Files.writeString(folder.resolve("old/release"), "JAVA_VERSION=\"25.0.2\"\n");
        Fast.Result result =
                run(HOME, Map.of("FAST_JAVA_HOME", folder.resolve("old").toString()), "--version");
        assertThat(result.err()).contains("25.0.3 or newer", folder.resolve("old") + " (version 25.0.2)");
        assertThat(result.status()).isEqualTo(2);
    }

    /// A distribution elsewhere: its own launcher and main jar, and links to the large libraries.
    private Path moved() throws IOException {
        Path home = folder.resolve("moved here");
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("lib"));
        Files.copy(HOME.resolve("bin/fast"), home.resolve("bin/fast"));
        try (Stream<Path> jars = Files.list(HOME.resolve("lib"))) {
            for (Path jar :
                    jars.filter(path -> path.toString().endsWith(".jar")).toList()) {
                Files.createSymbolicLink(home.resolve("lib").resolve(jar.getFileName()), jar.toAbsolutePath());
            }
        }
        return home;
    }

    private Fast.Result run(Path home, Map<String, String> environment, String... args) throws Exception {
        return new Program(home, environment).run(folder, (Object[]) args);
    }
}
