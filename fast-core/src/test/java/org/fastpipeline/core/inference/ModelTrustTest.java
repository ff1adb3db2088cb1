// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.error.ModelException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What of a model is loaded, and what is refused before it is opened.
@Timeout(60) // a FIFO that is opened after all blocks for ever
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "links and FIFOs are made as POSIX has them")
final class ModelTrustTest {
    private static final String TEXT = """
            name=net
            version=1
            format=onnx
            path=net.onnx
            input.name=x
            input.shape=-1,2
            input.axes=NC
            input.channels=RGB
            output.name=y
            labels=a, b
            licence=Apache-2.0
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void makeModel() throws IOException {
        Files.writeString(folder.resolve("net.onnx"), "onnx");
        describe("sha256=" + sha256("onnx"));
    }

    private void describe(String... lines) throws IOException {
        Files.writeString(folder.resolve("model.properties"), TEXT + String.join("\n", lines) + "\n");
    }

    private void describePath(String path) throws IOException {
        Files.writeString(
                folder.resolve("model.properties"),
                TEXT.replace("path=net.onnx", "path=" + path) + "sha256=" + sha256("onnx") + "\n");
    }

    private static String sha256(String text) {
        return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
    }

    private void refused(String expected) {
        assertThatThrownBy(() -> ModelDescriptor.read(folder))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(expected);
    }

    private void refusedEvenIfTrusted(String expected) {
        refused(expected);
        assertThatThrownBy(() -> ModelDescriptor.readTrusted(folder))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(expected);
    }

    private static void fifo(Path file) throws IOException, InterruptedException {
        Files.deleteIfExists(file);
        assumeTrue(new ProcessBuilder("mkfifo", file.toString()).start().waitFor() == 0, "cannot make a FIFO");
    }

    @Test
    void aFileIsHashedAsSha256sumDoesIt() {
        ModelFile file = ModelDescriptor.read(folder).files().getFirst();
        assertThat(file.sha256()).isEqualTo(sha256("onnx"));
        assertThat(file.bytes()).isEqualTo(4);
    }

    @Test
    void furtherFormatsOfTheNetworkAreReadWithTheirHashes() throws IOException {
        Files.createDirectory(folder.resolve("ir"));
        Files.writeString(folder.resolve("ir/net.xml"), "xml");
        Files.writeString(folder.resolve("ir/net.bin"), "weights");
        String hash = ModelFiles.of(folder.resolve("ir/net.xml"), ModelFormat.OPENVINO_IR, Long.MAX_VALUE)
                .sha256();
        describe("sha256=" + sha256("onnx"), "openvino_ir.path=ir/net.xml", "openvino_ir.sha256=" + hash);
        ModelDescriptor model = ModelDescriptor.read(folder);
        assertThat(model.sources())
                .extracting(ModelSource::format)
                .containsExactly(ModelFormat.ONNX, ModelFormat.OPENVINO_IR);
        assertThat(model.sources().getLast().inputs()).containsExactly("x");
        assertThat(model.files().getLast().bytes()).isEqualTo(10);
        Files.writeString(folder.resolve("ir/net.bin"), "weightz");
        refused("ir/net.xml has SHA-256 ");
    }

    @Test
    void aFurtherFormatWithoutAHashIsRefused() throws IOException {
        Files.writeString(folder.resolve("net.tflite"), "lite");
        describe("sha256=" + sha256("onnx"), "tflite.path=net.tflite");
        refused("model.properties has no key 'tflite.sha256'; needed the hash of the model's files");
        assertThat(ModelDescriptor.readTrusted(folder).files()).hasSize(2);
    }

    @Test
    void aFormatIsDescribedOnce() throws IOException {
        describe("sha256=" + sha256("onnx"), "onnx.path=net.onnx", "onnx.sha256=" + sha256("onnx"));
        refusedEvenIfTrusted("onnx.path is there beside format=onnx; needed one path for each format");
    }

    @Test
    void aHashThatIsNoneIsRefused() throws IOException {
        describe("sha256=abc");
        refused("sha256 is abc; needed 64 hexadecimal digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../net.onnx", "a/../net.onnx", "..", "/etc/hostname", "."})
    void aPathThatClimbsOrIsAbsoluteIsRefused(String path) throws IOException {
        describePath(path);
        refusedEvenIfTrusted("path is " + path + "; needed a path within the model folder, relative and without ..");
    }

    @Test
    void anAbsolutePathIsRefusedThoughItLeadsIntoTheFolder() throws IOException {
        describePath(folder.resolve("net.onnx").toString());
        refusedEvenIfTrusted("needed a path within the model folder, relative and without ..");
    }

    @Test
    void aLinkOutOfTheFolderIsRefused(@TempDir Path elsewhere) throws IOException {
        Files.delete(folder.resolve("net.onnx"));
        Files.createSymbolicLink(
                folder.resolve("net.onnx"), Files.writeString(elsewhere.resolve("other.onnx"), "onnx"));
        refusedEvenIfTrusted("path is net.onnx, a link out of the model folder");
    }

    @Test
    void aLinkToADeviceIsRefused() throws IOException {
        Files.delete(folder.resolve("net.onnx"));
        Files.createSymbolicLink(folder.resolve("net.onnx"), Path.of("/dev/zero"));
        refusedEvenIfTrusted("path is net.onnx, a link out of the model folder");
    }

    @Test
    void aLinkWithinTheFolderIsRefused() throws IOException {
        Files.createDirectory(folder.resolve("real"));
        Files.move(folder.resolve("net.onnx"), folder.resolve("real/net.onnx"));
        Files.createSymbolicLink(folder.resolve("linked"), Path.of("real"));
        describePath("linked/net.onnx");
        refusedEvenIfTrusted("path is linked/net.onnx, which goes through a link; needed the path of the file itself");
    }

    @Test
    void aFifoIsRefusedAndNotOpened() throws IOException, InterruptedException {
        fifo(folder.resolve("net.onnx"));
        refusedEvenIfTrusted("net.onnx is a link or a special file; needed regular files only");
        assertThatThrownBy(() -> ModelDescriptor.readTrusted(folder.resolve("net.onnx")))
                .hasMessageContaining("net.onnx is a link or a special file; needed regular files only");
    }

    @Test
    void aFifoInPlaceOfTheDescriptionIsRefusedAndNotOpened() throws IOException, InterruptedException {
        fifo(folder.resolve("model.properties"));
        refusedEvenIfTrusted("model.properties is a link or a special file; needed a regular file");
    }

    @Test
    void aLinkInPlaceOfTheDescriptionIsRefused(@TempDir Path elsewhere) throws IOException {
        Path other = elsewhere.resolve("other.properties");
        Files.move(folder.resolve("model.properties"), other);
        Files.createSymbolicLink(folder.resolve("model.properties"), other);
        refusedEvenIfTrusted("model.properties is a link or a special file; needed a regular file");
    }

    @Test
    void aDescriptionOfMoreThanAMebibyteIsRefused() throws IOException {
        Files.writeString(folder.resolve("model.properties"), "#" + "x".repeat(1 << 20));
        refusedEvenIfTrusted("model.properties has 1048577 bytes; needed 1048576 or fewer");
    }

    @Test
    void aFileOfMoreThanFourGibibytesIsRefusedUnread() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("net.onnx").toFile(), "rw")) {
            file.setLength(ModelFiles.MOST_BYTES + 1); // sparse: it takes no room
        }
        refused("net.onnx has 4294967297 bytes; needed 4294967296 or fewer. Look whether it is a model; if so, load it "
                + "as trusted (--trust-model)");
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void aModelOfVeryManyFilesIsRefused() throws IOException {
        for (int i = 0; i <= ModelFiles.MOST_FILES; i++) {
            Files.createFile(folder.resolve(i + ".txt"));
        }
        assertThatThrownBy(() -> ModelFiles.of(folder, ModelFormat.SAVED_MODEL, ModelFiles.MOST_BYTES))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("it has more than 10000 files");
    }

    @Test
    void aModelThatNothingDescribesIsLoadedOnlyIfItIsTrusted() {
        Path bare = folder.resolve("net.onnx");
        assertThatThrownBy(() -> ModelDescriptor.read(bare))
                .isInstanceOf(ModelException.class)
                .hasMessage("model " + bare + ": nothing describes it; needed a folder with model.properties, which "
                        + "has its hash. Describe it, or load it as trusted (--trust-model) if you know where it is "
                        + "from");
        ModelDescriptor trusted = ModelDescriptor.readTrusted(bare);
        assertThat(trusted.name()).isEqualTo("net.onnx");
        assertThat(trusted.labels()).isEmpty();
        assertThat(trusted.source()).isEqualTo(ModelSource.of(bare, ModelFormat.ONNX));
        assertThat(trusted.files().getFirst().sha256()).isEqualTo(sha256("onnx"));
    }

    @Test
    void aTrustedSavedModelMayHaveNoLinksEither() throws IOException {
        Path saved = Files.createDirectory(folder.resolve("saved"));
        Files.writeString(saved.resolve("saved_model.pb"), "graph");
        assertThat(ModelDescriptor.readTrusted(saved).source().format()).isEqualTo(ModelFormat.SAVED_MODEL);
        assertThatThrownBy(() -> ModelDescriptor.read(saved)).hasMessageContaining("nothing describes it");
        Files.createSymbolicLink(saved.resolve("variables"), Path.of("/etc"));
        assertThatThrownBy(() -> ModelDescriptor.readTrusted(saved))
                .hasMessageContaining("variables is a link or a special file; needed regular files only");
    }

    @Test
    void theFileThatWasLoadedIsKnown() throws IOException {
        Files.writeString(folder.resolve("net.tflite"), "lite");
        describe("sha256=" + sha256("onnx"), "tflite.path=net.tflite", "tflite.sha256=" + sha256("lite"));
        ModelDescriptor model = ModelDescriptor.read(folder);
        Engines engines = Engines.of(FakeEngine.of("lite", ModelFormat.TFLITE));
        try (LoadedModel loaded = engines.load(model, new EngineWish.Auto(), new EngineOptions(1, 1))) {
            assertThat(model.fileOf(loaded)).isEqualTo(model.files().getLast());
            assertThat(loaded.name()).isEqualTo(folder.resolve("net.tflite").toString());
        }
    }
}
