// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.tensorflow;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BadModelsTest {
    private static final EngineOptions ONE = new EngineOptions(1, 1);

    private final InferenceEngine engine = new TensorFlowEngine();

    @TempDir
    Path folder;

    @Test
    void anUnknownNameIsRefusedWithTheNamesThereAre() throws IOException {
        ModelSource all = TestModels.twoByTwo(folder);
        ModelSource wrong =
                new ModelSource(all.path(), all.format(), ImmutableList.of("c"), ImmutableList.of(), ImmutableMap.of());
        assertThatThrownBy(() -> engine.load(wrong, ONE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("has no input 'c'; it has [a, b]. Correct the name");
    }

    @Test
    void aDescriptionThatContradictsTheModelIsRefusedWithBothValues() throws IOException {
        ModelSource dense = TestModels.dense(folder);
        ModelSource wrong = new ModelSource(
                dense.path(),
                dense.format(),
                ImmutableList.of(),
                ImmutableList.of(),
                ImmutableMap.of("x", TensorSpec.of("NC", ElementType.F32, -1, 4)));
        assertThatThrownBy(() -> engine.load(wrong, ONE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("port x is F32 [-1, 3] in the model but is described as F32(N=?, C=4)");
    }

    @Test
    void elementsThatAreNoNumbersAreRefused() throws IOException {
        ModelSource text = TestModels.text(folder);
        assertThatThrownBy(() -> engine.load(text, ONE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("input 'x' has elements of TensorFlow's type 7; needed whole or floating-point");
    }

    @Test
    void whatIsNoModelIsRefusedWithTheReason() throws IOException {
        ModelSource missing = ModelSource.of(folder.resolve("none"), ModelFormat.SAVED_MODEL);
        assertThatThrownBy(() -> engine.load(missing, ONE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is no SavedModel; needed a folder with saved_model.pb");
        Path broken = Files.createDirectory(folder.resolve("broken"));
        Files.write(broken.resolve("saved_model.pb"), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> engine.load(ModelSource.of(broken, ModelFormat.SAVED_MODEL), ONE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("cannot be read as a SavedModel by TensorFlow 2.");
        ModelSource noGraph = ModelSource.of(broken.resolve("saved_model.pb"), ModelFormat.FROZEN_GRAPH);
        assertThatThrownBy(() -> engine.load(noGraph, ONE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("cannot be read as a frozen graph by TensorFlow 2.");
        ModelSource noFile = ModelSource.of(folder.resolve("none.pb"), ModelFormat.FROZEN_GRAPH);
        assertThatThrownBy(() -> engine.load(noFile, ONE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("cannot be read: java.nio.file.NoSuchFileException");
    }

    @Test
    void aTruncatedModelIsRefused() throws IOException {
        ModelSource whole = TestModels.convolution(folder);
        Path file = whole.path().resolve("saved_model.pb");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> engine.load(whole, ONE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("cannot be read as a SavedModel");
    }
}
