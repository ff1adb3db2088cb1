// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.hash.Hashing;
import com.google.common.primitives.ImmutableLongArray;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ModelException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Models do not name the axes of their ports, and leave sizes open; what is described completes them.
class ModelSourceTest {
    private static final Path FILE = Path.of("net.onnx");
    private static final ModelSource PLAIN = ModelSource.of(FILE, ModelFormat.ONNX);

    private static ModelSource described(TensorSpec spec) {
        return new ModelSource(
                FILE, ModelFormat.ONNX, ImmutableList.of(), ImmutableList.of(), ImmutableMap.of("x", spec));
    }

    private static TensorSpec port(ModelSource source, long... sizes) {
        return source.port("x", ElementType.F32, ImmutableLongArray.copyOf(sizes))
                .spec();
    }

    @ParameterizedTest
    @CsvSource({"1, N", "2, NC", "3, NTC", "4, NHWC", "5, NDHWC", "6, NTDHWC"})
    void axesAreTheUsualOnesOfTheRankWhereNobodyNamesThem(int rank, String axes) {
        long[] sizes = new long[rank];
        assertThat(port(PLAIN, sizes)).isEqualTo(TensorSpec.of(axes, ElementType.F32, sizes));
    }

    @Test
    void aRankWithoutUsualAxesNeedsNamesForThem() {
        assertThatThrownBy(() -> port(PLAIN, 1, 2, 3, 4, 5, 6, 7))
                .isInstanceOf(ModelException.class)
                .hasMessage(
                        "model net.onnx: port x has 7 dimensions; needed fewer, or names for them. Give its shape with"
                                + " named axes in ModelSource.shapes");
    }

    @Test
    void theDescriptionNamesTheAxes() {
        assertThat(port(described(TensorSpec.of("NCHW", ElementType.F32, 1, 3, 8, 8)), 1, 3, 8, 8))
                .isEqualTo(TensorSpec.of("NCHW", ElementType.F32, 1, 3, 8, 8));
    }

    @Test
    void sizesThatOneOfTheTwoLeavesOpenAreThoseOfTheOther() {
        TensorSpec known = TensorSpec.of("NHW", ElementType.F32, TensorSpec.UNKNOWN, 8, TensorSpec.UNKNOWN);
        assertThat(port(described(known), 4, TensorSpec.UNKNOWN, TensorSpec.UNKNOWN))
                .isEqualTo(TensorSpec.of("NHW", ElementType.F32, 4, 8, TensorSpec.UNKNOWN));
    }

    @Test
    void anotherSizeThanTheDescribedOneIsRefused() {
        assertThatThrownBy(() -> port(described(TensorSpec.of("NC", ElementType.F32, 1, 3)), 1, 4))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("port x is F32 [1, 4] in the model but is described as F32(N=1, C=3)");
    }

    @Test
    void anotherRankThanTheDescribedOneIsRefused() {
        assertThatThrownBy(() -> port(described(TensorSpec.of("NC", ElementType.F32, 1, 3)), 1))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("described as F32(N=1, C=3)");
    }

    @Test
    void anotherTypeThanTheDescribedOneIsRefused() {
        assertThatThrownBy(() -> port(described(TensorSpec.of("N", ElementType.U8, 1)), 1))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("port x is F32 [1] in the model but is described as U8(N=1)");
    }

    @Test
    @Tag("behaviour-147")
    void theHashOfAModelInMemoryIsThatOfItsFile(@TempDir Path folder) throws IOException {
        byte[] bytes = {1, 2, 3};
        Path file = Files.write(folder.resolve("net.tflite"), bytes);
        String hash = Hashing.sha256().hashBytes(bytes).toString();
        ModelSource inMemory = ModelSource.of("net.tflite", ModelFormat.TFLITE, bytes);
        ModelSource stored = ModelSource.of(file, ModelFormat.TFLITE);
        assertThat(inMemory.verified(hash)).isSameAs(inMemory);
        assertThat(stored.verified(hash.toUpperCase(Locale.ROOT))).isSameAs(stored);
        bytes[0] = 9; // is the caller's own again
        inMemory.verified(hash);
        assertThatThrownBy(() ->
                        ModelSource.of("net.tflite", ModelFormat.TFLITE, bytes).verified(hash))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("model net.tflite: it has SHA-256 ")
                .hasMessageContaining("; needed " + hash);
    }

    @Test
    @Tag("behaviour-147")
    void theHashCoversTheWeightsThatComeWithAModelInMemory(@TempDir Path folder) throws IOException {
        Files.write(folder.resolve("net.xml"), new byte[] {1, 2});
        Files.write(folder.resolve("net.bin"), new byte[] {3});
        String hash = ModelFile.of(ModelSource.of(folder.resolve("net.xml"), ModelFormat.OPENVINO_IR), Long.MAX_VALUE)
                .sha256();
        MemorySegment model = MemorySegment.ofArray(new byte[] {1, 2});
        ModelSource.of(
                        new ModelSource.Bytes("net.xml", model, MemorySegment.ofArray(new byte[] {3})),
                        ModelFormat.OPENVINO_IR)
                .verified(hash);
        ModelSource other = ModelSource.of(
                new ModelSource.Bytes("net.xml", model, MemorySegment.ofArray(new byte[] {4})),
                ModelFormat.OPENVINO_IR);
        assertThatThrownBy(() -> other.verified(hash)).isInstanceOf(ModelException.class);
    }

    @Test
    @Tag("behaviour-147")
    void whoNeedsFilesRefusesAModelInMemory() {
        ModelSource inMemory = ModelSource.of("net.tflite", ModelFormat.TFLITE, new byte[3]);
        assertThat(inMemory.name()).isEqualTo("net.tflite");
        assertThatThrownBy(inMemory::path)
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(
                        "model net.tflite: it is in memory; needed files, for this engine reads TensorFlow Lite");
    }

    @Test
    @Tag("behaviour-147")
    void aModelInMemoryIsLoadedByItsNameAndThroughChosenPorts() {
        ModelSource inMemory = ModelSource.of("net.tflite", ModelFormat.TFLITE, new byte[3]);
        assertThat(inMemory.through(List.of("x"), List.of("y")).content()).isEqualTo(inMemory.content());
        try (LoadedModel model = Engines.of(FakeEngine.of("fake", ModelFormat.TFLITE))
                .load(inMemory, new EngineWish.Auto(), new EngineOptions(1, 1))) {
            assertThat(model.name()).isEqualTo("net.tflite");
        }
    }
}
