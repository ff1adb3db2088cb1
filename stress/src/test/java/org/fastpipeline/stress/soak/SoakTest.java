// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The soak, in a JVM of its own. `FAST_SOAK_SECONDS` says how long, 10 s if it is not set; `FAST_SOAK_RATE` how many
/// frames in a second, any number if it is not set. The table is in `target/soak.txt`.
class SoakTest {
    private static final String SECONDS = System.getenv().getOrDefault("FAST_SOAK_SECONDS", "10");
    private static final String RATE = System.getenv().getOrDefault("FAST_SOAK_RATE", "0");
    private static final long PATIENCE = 180;

    @TempDir
    Path folder;

    private record Ended(int status, String text) {}

    private Ended run(Class<?> main, Path output, long seconds, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms256m",
                "-Xmx256m",
                "-XX:+AlwaysPreTouch",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("MALLOC_ARENA_MAX", "2"); // see Soak
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(seconds + PATIENCE, TimeUnit.SECONDS);
            assertThat(ended).as(() -> "ended in time; it said " + text(output)).isTrue();
            return new Ended(process.exitValue(), text(output));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    @Test
    void resultsStayRightMemoryDoesNotGrowAndNothingIsLeftOver() throws IOException, InterruptedException {
        Path table = Files.createDirectories(Path.of("target")).resolve("soak.txt");
        Ended soak = run(Soak.class, table, Long.parseLong(SECONDS), "--seconds", SECONDS, "--rate", RATE);

        assertThat(soak.status()).as(soak.text()).isZero();
        assertThat(soak.text()).contains("Passed: ");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({
        "lease, Leaked lease: ",
        "thread, Leaked thread forgotten",
        "descriptor, Leaked descriptor ",
        "memory, Leaked memory: ",
        "file, Leaked file: ",
        "nothing, the result: met 1; needed 2",
    })
    void aSoakThatLeaksOrIsWrongFailsAndSaysWhat(String leak, String said) throws IOException, InterruptedException {
        Ended soak = run(LeakySoak.class, folder.resolve("leaky.txt"), 0, leak);

        assertThat(soak.status()).as(soak.text()).isEqualTo(1);
        assertThat(soak.text()).contains("BROKEN: ").contains(said);
    }
}
