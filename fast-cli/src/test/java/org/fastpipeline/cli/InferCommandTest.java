// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.memory.MemoryPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Networks on arrays, with the real engine and model.
class InferCommandTest {
    private static final Path MODEL = Fast.HOME.model("capillary");

    @TempDir
    private Path folder;

    /// Crops, all different, of values from 0 to 250.
    private Path crops(int count) throws IOException {
        Path file = folder.resolve("crops" + count + ".npy");
        try (MemoryPool pool = new MemoryPool(1 << 26, true);
                Tensor tensor = Tensor.allocate(
                        TensorSpec.of("NHWC", ElementType.F32, count, 50, 50, 3),
                        bytes -> pool.allocate(bytes, this))) {
            for (long i = 0; i < tensor.spec().elements(); i++) {
                tensor.writableElements().setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) (i * 7 % 251));
            }
            NpyFile.write(file, tensor);
        }
        return file;
    }

    /// The same values in bytes.
    private Path bytes(Path floats) throws IOException {
        NpyFile from = NpyFile.open(floats);
        byte[] whole = Files.readAllBytes(floats);
        String header =
                new String(whole, 0, (int) from.header().start(), StandardCharsets.ISO_8859_1).replace("<f4", "|u1");
        ByteBuffer values = ByteBuffer.wrap(
                        whole,
                        (int) from.header().start(),
                        whole.length - (int) from.header().start())
                .order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer smaller = ByteBuffer.allocate((int) from.header().start() + values.remaining() / 4)
                .put(header.getBytes(StandardCharsets.ISO_8859_1));
        while (values.hasRemaining()) {
            smaller.put((byte) values.getFloat());
        }
        return Files.write(folder.resolve("bytes.npy"), smaller.array());
    }

    private Path out() {
        return folder.resolve("out");
    }

    private float[] scores() throws IOException {
        NpyFile file = NpyFile.open(out().resolve("scores.npy"));
        assertThat(file.type()).isEqualTo(ElementType.F32);
        byte[] whole = Files.readAllBytes(file.file());
        float[] scores = new float[(whole.length - (int) file.header().start()) / 4];
        ByteBuffer.wrap(whole, (int) file.header().start(), scores.length * 4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(scores);
        return scores;
    }

    @Test
    void eachOutputIsWrittenAndTheRunIsRecorded() throws IOException {
        Fast.Result result = Fast.run(
                "infer", "--model", MODEL, "--engine", "tensorflow", "--input", "crops=" + crops(3), "--out", out());
        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
        assertThat(result.out()).isEqualTo("output scores [3, 2]; results in " + out() + "\n");
        assertThat(NpyFile.open(out().resolve("scores.npy")).sizes().asList()).containsExactly(3L, 2L);
        assertThat(scores()).doesNotContain(Float.NaN);
        assertThat(new Results(out()).files()).containsExactly("run.json", "scores.npy");
        JsonNode run = new Results(out()).run();
        assertThat(run.at("/engine/name").asString()).isEqualTo("tensorflow");
        assertThat(run.at("/engine/precision").asString()).isEqualTo("f32");
        assertThat(run.at("/model/format").asString()).isEqualTo("saved_model");
        assertThat(run.at("/model/sha256").asString()).hasSize(64);
        assertThat(run.at("/outputs/scores").asString()).isEqualTo("scores.npy");
    }

    @Test
    void anArrayWithoutANameIsForTheNextInputAndBytesAreConverted() throws IOException {
        Path crops = crops(2);
        assertThat(Fast.run("infer", "--model", MODEL, "--input", crops, "--out", out())
                        .status())
                .isZero();
        float[] expected = scores();
        assertThat(Fast.run("infer", "--model", MODEL, "--input", bytes(crops), "--out", out())
                        .status())
                .isZero();
        assertThat(scores()).isEqualTo(expected);
    }

    @Test
    void aModelThatNothingDescribesIsRunIfItIsTrusted() throws IOException {
        Path bare = MODEL.resolve("saved_model");
        Path crops = crops(1);
        refused("model " + bare + ": nothing describes it", "--model", bare, "--input", crops);
        Fast.Result result = Fast.run("infer", "--model", bare, "--trust-model", "--input", crops, "--out", out());
        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
        assertThat(new Results(out()).files()).contains("run.json").hasSize(2);
    }

    @Test
    void whatDoesNotFitIsNamedAndNothingIsWritten() throws IOException {
        Path crops = crops(1);
        refused("crops.npy: there is no such file", "--model", MODEL, "--input", folder.resolve("crops.npy"));
        refused("needed one for each of the inputs", "--model", MODEL, "--input", crops, "--input", crops);
        refused("met a second file for input 'crops'", "--model", MODEL, "--input", "crops=a", "--input", "crops=b");
        refused("--input: met an empty text", "--model", MODEL, "--input", "");
        refused("'f64'", "--model", MODEL, "--input", crops, "--precision", "f64");
        Path scores = folder.resolve("flat.npy");
        Files.write(scores, Files.readAllBytes(crops));
        String text = new String(Files.readAllBytes(crops), StandardCharsets.ISO_8859_1);
        Files.write(scores, text.replace("(1, 50, 50, 3)", "(1, 75, 100,) ").getBytes(StandardCharsets.ISO_8859_1));
        refused(
                "met F32 [1, 75, 100] for input crops; needed F32(N=?, H=50, W=50, C=3)",
                "--model",
                MODEL,
                "--input",
                scores);
    }

    private void refused(String expected, Object... arguments) {
        Object[] all = new Object[arguments.length + 3];
        all[0] = "infer";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--out";
        all[arguments.length + 2] = out();
        Fast.Result result = Fast.run(all);
        assertThat(result.err()).startsWith("fast: ").contains(expected).doesNotContain("Exception");
        assertThat(result.status()).isEqualTo(Main.WRONG_USE);
        assertThat(out()).doesNotExist();
    }
}
