// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ModelException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelDescriptorTest {
    /// In Python: `sha256(b'a.txt\0' + pack('>Q', 1) + b'x' + b'v/b.bin\0' + pack('>Q', 2) + b'yz').hexdigest()`.
    private static final String HASH = "9f7be5708b356870ceb127b3a81034a9653ff2bb1f91db97a7b80599e9b7f5d9";

    private static final String TEXT = """
            name=pairs
            version=7
            format=saved_model
            path=saved_model
            input.name=x
            input.shape=-1,2
            input.axes=NC
            input.channels=RGB
            preprocess.clip=0,255
            preprocess.mean=1.5
            preprocess.std=2
            preprocess.scale=0.5
            preprocess.signed=true
            output.name=y
            labels=other, capillary
            threshold=0.7
            licence=Apache-2.0
            made.by=a test \u00e9
            sha256=%s
            """.formatted(HASH);

    @TempDir
    Path folder;

    @BeforeEach
    void makeModel() throws IOException {
        Path model = folder.resolve("saved_model");
        Files.createDirectories(model.resolve("v"));
        Files.writeString(model.resolve("a.txt"), "x");
        Files.writeString(model.resolve("v/b.bin"), "yz");
        describe(TEXT);
    }

    private void describe(String text) throws IOException {
        Files.writeString(folder.resolve("model.properties"), text);
    }

    private void describeWithout(String key) throws IOException {
        describe(TEXT.replaceAll("(?m)^" + key + "=.*\n", ""));
    }

    private void describeWith(String key, String value) throws IOException {
        describeWithout(key);
        Files.writeString(
                folder.resolve("model.properties"),
                Files.readString(folder.resolve("model.properties")) + key + "=" + value + "\n");
    }

    @Test
    void aFixedBatchIsWhatEnginesAreAskedFor() {
        ModelDescriptor fixed = ModelDescriptor.read(folder).withBatch(4);

        TensorSpec four = TensorSpec.of("NC", ElementType.F32, 4, 2);
        assertThat(fixed.input()).isEqualTo(four);
        assertThat(fixed.source().shapes()).containsEntry("x", four);
        assertThatThrownBy(() -> fixed.withBatch(8))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("met batches of 8 for the input F32(N=4, C=2)");
    }

    @Test
    void allKeysAreReadAndTheHashIsVerified() {
        ModelDescriptor model = ModelDescriptor.read(folder);
        assertThat(model.name()).isEqualTo("pairs");
        assertThat(model.version()).isEqualTo("7");
        assertThat(model.source().path()).isEqualTo(folder.resolve("saved_model"));
        assertThat(model.source().format()).isEqualTo(ModelFormat.SAVED_MODEL);
        assertThat(model.source().inputs()).containsExactly("x");
        assertThat(model.source().outputs()).containsExactly("y");
        assertThat(model.input()).isEqualTo(TensorSpec.of("NC", ElementType.F32, -1, 2));
        assertThat(model.source().shapes()).containsEntry("x", model.input());
        assertThat(model.channels()).isEqualTo(ChannelOrder.RGB);
        assertThat(model.preprocessing()).isEqualTo(new Preprocessing(0, 255, 1.5, 2, 0.5, true));
        assertThat(model.labels()).isEqualTo(ImmutableList.of("other", "capillary"));
        assertThat(model.threshold()).isEqualTo(0.7);
        assertThat(model.licence()).isEqualTo("Apache-2.0");
        assertThat(model.madeBy()).isEqualTo("a test \u00e9");
        assertThat(model.files().getFirst().sha256()).isEqualTo(HASH);
    }

    @Test
    void preprocessingAndThresholdMayBeLeftOut() throws IOException {
        describeWithout("(preprocess\\..*|threshold)");
        assertThat(ModelDescriptor.read(folder).preprocessing()).isEqualTo(Preprocessing.NONE);
        assertThat(ModelDescriptor.read(folder).threshold()).isEqualTo(0.5);
    }

    @Test
    void aMissingFolderIsNamed() {
        assertThatThrownBy(() -> ModelDescriptor.read(folder.resolve("none")))
                .isInstanceOf(ModelException.class)
                .hasMessage("model " + folder.resolve("none")
                        + ": the folder is missing. Give the folder that holds model.properties");
    }

    @Test
    void aMissingDescriptionIsNamed() throws IOException {
        Files.delete(folder.resolve("model.properties"));
        assertThatThrownBy(() -> ModelDescriptor.read(folder))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("model.properties is missing; needed a description of the model");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "version",
                "format",
                "path",
                "input.name",
                "input.shape",
                "input.axes",
                "input.channels",
                "output.name",
                "labels",
                "licence",
                "sha256"
            })
    void aMissingKeyIsNamed(String key) throws IOException {
        describeWithout(key);
        assertThatThrownBy(() -> ModelDescriptor.read(folder))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("model.properties has no key '" + key + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "format; caffe; one of saved_model frozen_graph onnx openvino_ir tflite",
                "input.shape; 1,a; sizes and letters",
                "input.shape; 1,2,3; sizes and letters",
                "input.axes; XY; sizes and letters",
                "input.type; string; one of [uint8",
                "input.channels; PINK; GREY, RGB",
                "preprocess.clip; 3; two numbers",
                "preprocess.clip; 3,1; needed a range",
                "preprocess.mean; much; a number",
                "preprocess.signed; perhaps; true or false",
                "path; ../other; a path within the model folder",
                "path; .; a path within the model folder",
                "path; none; which is missing"
            })
    void aWrongValueIsNamedWithWhatWasNeeded(String key, String value, String needed) throws IOException {
        describeWith(key, value);
        assertThatThrownBy(() -> ModelDescriptor.read(folder))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(needed);
    }

    @Test
    void aWrongHashIsShownWithTheRightOneUnlessTheModelIsTrusted() throws IOException {
        Files.writeString(folder.resolve("saved_model/a.txt"), "X");
        assertThatThrownBy(() -> ModelDescriptor.read(folder))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("saved_model has SHA-256 ")
                .hasMessageContaining("model.properties says " + HASH);
        assertThat(ModelDescriptor.readTrusted(folder).files().getFirst().sha256())
                .as("what is trusted is recorded as it is")
                .isNotEqualTo(HASH)
                .hasSize(64);
    }

    @Test
    void linksAreRefused() throws IOException {
        Files.createSymbolicLink(folder.resolve("saved_model/link"), Path.of("a.txt"));
        assertThatThrownBy(() -> ModelDescriptor.read(folder))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is a link or a special file; needed regular files only");
    }

    @Test
    void aModelOutsideOfItsFolderIsRefused(@TempDir Path elsewhere) throws IOException {
        Files.createSymbolicLink(folder.resolve("linked"), elsewhere);
        describeWith("path", "linked");
        assertThatThrownBy(() -> ModelDescriptor.readTrusted(folder))
                .hasMessageContaining("a link out of the model folder");
    }

    @Test
    void aLoadedModelOfAnotherShapeOrOtherLabelsIsRefusedWithBothValues() throws IOException {
        Engines engines = Engines.of(FakeEngine.of("fake", ModelFormat.SAVED_MODEL));
        EngineWish auto = EngineWish.parse("auto");
        EngineOptions one = new EngineOptions(1, 1);
        engines.load(ModelDescriptor.read(folder), auto, one).close();
        describeWith("input.shape", "-1,3");
        assertThatThrownBy(() -> engines.load(ModelDescriptor.read(folder), auto, one))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("the model's input is F32(N=?, C=2); model.properties describes F32(N=?, C=3)");
        makeModel();
        describeWith("labels", "a,b,c");
        assertThatThrownBy(() -> engines.load(ModelDescriptor.read(folder), auto, one))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("the model's output is F32(N=?, C=2); model.properties has 3 labels: [a, b, c]");
    }
}
