// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The bench of the capillary job, over few frames, with the built distribution.
class BenchCapillaryIT {
    @TempDir
    private Path folder;

    private Fast.Result bench(Object... more) {
        return Fast.run(Stream.concat(
                        Stream.of("bench", "capillary", "--frames", 8, "--rounds", 1, "--out", folder.resolve("out")),
                        Stream.of(more))
                .toArray());
    }

    @Test
    void oursAndThePeersRunsAreMeasuredAndNothingElseIsLeft() throws IOException {
        Path python = Files.writeString(folder.resolve("python"), """
                #!/bin/sh
                if [ "$1" = -c ]; then echo 'Python 3 of ours'; else echo "peer $4"; fi
                """);
        assertThat(python.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("capillary_peer.py"), "");

        Fast.Result result = bench("--peers", folder, "--python", python, Fast.sample("frame-0001.jpg"));

        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("speedup", "fast, 1 worker", "peer, serial", "peer, Ray, tuned", "1 of them different files");
        JsonNode json = JsonMapper.shared().readTree(folder.resolve("out/bench.json"));
        assertThat(json.at("/peer_versions").asString()).isEqualTo("Python 3 of ours");
        assertThat(json.at("/machine/cores").asInt()).isPositive();
        JsonNode one = json.at("/sides/0");
        assertThat(one.at("/rounds/0/long_cpu_seconds").asDouble()).isPositive();
        // Of so few frames a difference may come out at any value.
        assertThat(one.at("/nodes/capillary.ssimRoiGenerator/share").isNumber()).isTrue();
        assertThat(one.at("/last_long_run").size()).isPositive();
        assertThat(folder.resolve("out")).isDirectoryNotContaining("regex:.*work.*");
        assertThat(folder.resolve("out/bench.png")).isNotEmptyFile();
    }

    @Test
    void peerThatFailsIsToldWithWhatItSaid() throws IOException {
        Files.writeString(folder.resolve("capillary_peer.py"), "");
        Path python = Files.writeString(folder.resolve("python"), "#!/bin/sh\necho no module cv2; exit 3\n");
        assertThat(python.toFile().setExecutable(true)).isTrue();

        Fast.Result result = bench("--peers", folder, "--python", python);

        assertThat(result.status()).isEqualTo(Main.WRONG_USE);
        assertThat(result.err()).contains("it ended with status 3, having said: no module cv2");
    }

    @Test
    void memoryOfALongRunIsToldEarlyAndAtItsEnd() {
        Fast.Result result = bench("--rss", 200, Fast.sample("frame-0001.jpg"));

        assertThat(result.status()).isZero();
        assertThat(result.out())
                .containsPattern("run of 200 frames on all workers: \\d+ MB at frame 100, \\d+ MB at the end");
        JsonNode memory =
                JsonMapper.shared().readTree(folder.resolve("out/bench.json")).path("memory");
        assertThat(memory.path("rss_megabytes_at_frame_100").asDouble()).isPositive();
        assertThat(memory.path("rss_megabytes_at_end").asDouble()).isPositive();
    }

    @Test
    void missingPeerIsNamed() {
        assertThat(bench("--peers", folder).err()).contains("capillary_peer.py: there is no such file");
    }
}
