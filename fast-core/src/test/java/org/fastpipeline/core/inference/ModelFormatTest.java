// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fastpipeline.core.error.ModelException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModelFormatTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"net.onnx, ONNX", "net.xml, OPENVINO_IR", "net.PB, FROZEN_GRAPH", "a.b.tflite, TFLITE"})
    @Tag("behaviour-122")
    void theFormatIsKnownByTheEndingOfTheName(String name, ModelFormat format) throws IOException {
        assertThat(ModelFormat.of(Files.createFile(folder.resolve(name)))).isEqualTo(format);
    }

    @Test
    @Tag("behaviour-122")
    void aFolderWithAGraphIsASavedModel() throws IOException {
        Files.createFile(folder.resolve("saved_model.pb"));
        assertThat(ModelFormat.of(folder)).isEqualTo(ModelFormat.SAVED_MODEL);
    }

    @Test
    @Tag("behaviour-122")
    void whatIsOfNoKnownFormatIsRefusedWithAllThereAre() throws IOException {
        Path file = Files.createFile(folder.resolve("net.uff"));
        assertThatThrownBy(() -> ModelFormat.of(file))
                .isInstanceOf(ModelException.class)
                .hasMessage("model " + file + ": its name says no format of a model; needed a folder with "
                        + "model.properties, or a folder with a saved_model.pb (SavedModel), *.pb (frozen graph), "
                        + "*.onnx (ONNX), *.xml (OpenVINO IR), *.tflite (TensorFlow Lite). Give the model's own file or "
                        + "folder, or name it as its format is");
        assertThatThrownBy(() -> ModelFormat.of(folder))
                .hasMessageContaining("the folder has neither model.properties nor saved_model.pb; needed");
    }

    /// Ports are chosen with the source and cannot be set afterwards, so there is nothing to refuse then.
    @Test
    @Tag("behaviour-123")
    void aMissingFileIsNamed() {
        Path file = folder.resolve("none.onnx");
        assertThatThrownBy(() -> ModelFormat.of(file))
                .isInstanceOf(ModelException.class)
                .hasMessage("model " + file + ": there is no such file or folder. Correct the path");
    }
}
