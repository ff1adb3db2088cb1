// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fastpipeline.core.error.ModelException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Messages are written here as `onnx.proto` numbers their fields; models that others wrote are in the conformance
// suite.
final class OnnxFilesTest {
    private static final EngineOptions ONE = new EngineOptions(1, 1);

    @TempDir
    Path folder;

    private Path model = Path.of("");

    @BeforeEach
    void nameModel() {
        model = folder.resolve("net.onnx");
    }

    /// A field with a short content.
    private static byte[] field(int number, byte[]... content) {
        byte[] all = Bytes.concat(content);
        int tag = number << 3 | 2;
        byte[] head = tag < 128 ? new byte[] {(byte) tag} : new byte[] {(byte) (tag | 128), (byte) (tag >> 7)};
        return Bytes.concat(head, new byte[] {(byte) all.length}, all);
    }

    private static byte[] text(int number, String text) {
        return field(number, text.getBytes(StandardCharsets.UTF_8));
    }

    /// A tensor with its weights at `location`.
    private static byte[] tensor(String location) {
        byte[] length = field(13, text(1, "length"), text(2, "4"));
        return Bytes.concat(length, field(13, text(1, "location"), text(2, location)));
    }

    private void write(byte[] graph) throws IOException {
        Files.write(model, Bytes.concat(text(2, "maker"), field(7, graph)));
    }

    private void writeWithWeightsIn(String location) throws IOException {
        write(field(5, tensor(location)));
    }

    private void load() {
        load(ModelSource.of(model, ModelFormat.ONNX));
    }

    private static void load(ModelSource source) {
        Engines.of(FakeEngine.of("fake", ModelFormat.ONNX))
                .load(source, new EngineWish.Auto(), ONE)
                .close();
    }

    @Test
    @Tag("behaviour-123")
    void weightsAreFoundWhereverAModelMayHaveThem() throws IOException {
        byte[] weights = tensor("far.bin");
        byte[] sparse = field(15, field(1, weights));
        byte[] attribute = field(1, field(5, field(5, weights)));
        byte[] inBranch = field(1, field(5, field(6, field(5, weights))));
        byte[] inList = field(1, field(5, field(10, weights)));
        byte[] valueFirst = field(5, field(13, text(2, "far.bin"), text(1, "location")));
        byte[] longForm =
                field(5, new byte[] {13 << 3 | 2, (byte) (19 | 128), 0}, text(1, "location"), text(2, "far.bin"));
        for (byte[] graph :
                new byte[][] {field(5, weights), sparse, attribute, inBranch, inList, valueFirst, longForm}) {
            write(graph);
            assertThatThrownBy(this::load).hasMessageContaining("far.bin").hasMessageContaining("missing");
        }
        Files.write(model, field(25, field(7, field(5, field(5, weights)))));
        assertThatThrownBy(this::load).hasMessageContaining("far.bin");
        Files.write(model, field(20, field(1, field(5, weights))));
        assertThatThrownBy(this::load).hasMessageContaining("far.bin");
    }

    @Test
    void weightsBesideTheModelBelongToIt() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("parts")).resolve("w.bin"), "1234");
        writeWithWeightsIn("./parts/w.bin");
        load();
        ModelFile before = ModelDescriptor.readTrusted(model).files().getFirst();
        assertThat(before.bytes()).isEqualTo(Files.size(model) + 4);
        Files.writeString(folder.resolve("parts").resolve("w.bin"), "1235");
        assertThat(ModelDescriptor.readTrusted(model).files().getFirst().sha256())
                .isNotEqualTo(before.sha256());
        assertThatThrownBy(() -> ModelSource.of(model, ModelFormat.ONNX).verified(before.sha256()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("needed " + before.sha256());
    }

    @ParameterizedTest
    @Tag("behaviour-123")
    @ValueSource(strings = {"../w.bin", "parts/../../w.bin", "/etc/hostname", "", "."})
    void weightsElsewhereAreRefused(String location) throws IOException {
        writeWithWeightsIn(location);
        assertThatThrownBy(this::load)
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("it keeps weights in '" + location + "'; needed a file below its own folder");
    }

    @Test
    @Tag("behaviour-123")
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links are made as POSIX has them")
    void weightsBehindALinkAreRefused() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("w.bin"), "1234");
        Path own = Files.createDirectory(folder.resolve("own"));
        Files.createSymbolicLink(own.resolve("w.bin"), elsewhere.resolve("w.bin"));
        Files.createSymbolicLink(own.resolve("parts"), elsewhere);
        model = own.resolve("net.onnx");
        for (String location : new String[] {"w.bin", "parts/w.bin"}) {
            writeWithWeightsIn(location);
            assertThatThrownBy(this::load)
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining(location + ", which is reached through a link");
        }
    }

    @Test
    @Tag("behaviour-147")
    void aModelInMemoryHasNoFurtherFiles() throws IOException {
        writeWithWeightsIn("w.bin");
        ModelSource source = ModelSource.of("net.onnx", ModelFormat.ONNX, Files.readAllBytes(model));
        assertThatThrownBy(() -> load(source))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("model net.onnx: it keeps weights in [w.bin]; needed all in one");
    }

    @Test
    void whatIsNoModelIsLeftToTheEngine() throws IOException {
        for (byte[] bytes : new byte[][] {
            {}, {-1, -1}, {7}, {8, -1}, {58, 100, 1}, {9, 1, 2}, "no model".getBytes(StandardCharsets.UTF_8)
        }) {
            Files.write(model, bytes);
            load();
        }
    }
}
