// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is told of models and engines.
class ModelCommandTest {
    private static final Path MODEL = Fast.HOME.model("capillary");

    @TempDir
    private Path folder;

    @Test
    void aModelIsToldWithPortsSizeHashAndTheEnginesThatLoadIt() {
        Fast.Result result = Fast.run("model", MODEL);
        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
        assertThat(result.out().lines()).first().asString().startsWith("capillary ");
        assertThat(result.out().lines())
                .anyMatch(
                        line -> line.matches("  file +.*saved_model +saved_model +[\\d,]+ bytes +sha256 [0-9a-f]{64}"))
                .anyMatch(line -> line.matches("  input +crops +F32\\(N=\\?, H=50, W=50, C=3\\)"))
                .anyMatch(line -> line.matches("  output +scores +F32\\(N=\\?, C=2\\)"))
                .anyMatch(line -> line.matches("  engine +tensorflow +saved_model +loads it, computes in f32"));
    }

    @Test
    void aModelThatNoEngineLoadsEndsWithItsReasons() throws IOException {
        Path file = Files.writeString(folder.resolve("net.pb"), "no graph");
        Fast.Result result = Fast.run("model", file, "--trust-model", "--engine", "tensorflow");
        assertThat(result.status()).isEqualTo(Main.WRONG_USE);
        assertThat(result.out()).contains("cannot load it: ", "8 bytes").doesNotContain("Exception");
        assertThat(result.err()).contains("no engine can load the model");
    }

    @Test
    void anUnknownEngineIsNamedWithThoseThereAre() {
        Fast.Result result = Fast.run("model", MODEL, "--engine", "abacus");
        assertThat(result.status()).isEqualTo(Main.WRONG_USE);
        assertThat(result.err()).contains("engine abacus: is unknown; met ", "tensorflow");
    }

    @Test
    void enginesAreToldToPrograms(@TempDir Path home) throws IOException {
        JsonNode engines =
                JsonMapper.shared().readTree(Fast.run("engines", "--json").out());
        JsonNode tensorflow = engines.valueStream()
                .filter(engine -> engine.at("/name").asString().equals("tensorflow"))
                .findFirst()
                .orElseThrow();
        assertThat(tensorflow.at("/available").asBoolean()).isTrue();
        assertThat(tensorflow.at("/plugin").asString()).endsWith("tensorflow");
        assertThat(tensorflow.at("/devices/0").asString()).isEqualTo("CPU");
        assertThat(tensorflow.at("/formats/0").asString()).isEqualTo("saved_model");
        assertThat(tensorflow.at("/precisions/0").asString()).isEqualTo("f32");
        Files.createDirectories(home.resolve("plugins/broken"));
        JsonNode broken = JsonMapper.shared()
                .readTree(Fast.run(new Home(home), "engines", "--json").out());
        assertThat(broken.at("/0/available").asBoolean()).isFalse();
        assertThat(broken.at("/0/reason").asString()).contains("none of its 0 jars provides an engine");
        assertThat(broken.at("/0/remedy").asString()).contains("install it anew");
    }

    @Test
    void enginesAreMeasuredInJson() {
        Fast.Result result = Fast.run(
                "bench", "engine", "--model", MODEL, "--engine", "tensorflow", "--seconds", "0.2", "--batch", "2");
        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
        JsonNode bench = JsonMapper.shared().readTree(result.out());
        assertThat(bench.at("/batch").asInt()).isEqualTo(2);
        JsonNode engine = bench.at("/engines/0");
        assertThat(engine.at("/name").asString()).isEqualTo("tensorflow");
        assertThat(engine.at("/precision").asString()).isEqualTo("f32");
        assertThat(engine.at("/version").asString()).isNotEmpty();
        double median = engine.at("/latency/p50_ms").asDouble();
        assertThat(median)
                .isPositive()
                .isLessThanOrEqualTo(engine.at("/latency/p90_ms").asDouble());
        assertThat(engine.at("/latency/p90_ms").asDouble())
                .isLessThanOrEqualTo(engine.at("/latency/p99_ms").asDouble());
        assertThat(engine.at("/throughput/inferences_per_second").asDouble()).isPositive();
        assertThat(engine.has("cpu_seconds_per_inference")).isTrue();
    }

    @Test
    void aBenchOfNoEngineSaysWhy() throws IOException {
        Path file = Files.writeString(folder.resolve("net.pb"), "no graph");
        Fast.Result result = Fast.run("bench", "engine", "--model", file, "--trust-model", "--seconds", "0.1");
        assertThat(result.status()).isEqualTo(Main.WRONG_USE);
        assertThat(JsonMapper.shared()
                        .readTree(result.out())
                        .at("/engines/0/problem")
                        .asString())
                .isNotEmpty();
        assertThat(Fast.run("bench", "engine", "--model", MODEL, "--seconds", "0")
                        .err())
                .contains("--seconds: met 0.0; needed 0.1 to 3600.0.");
        assertThat(Fast.run("bench").err()).contains("Missing what to measure");
    }
}
