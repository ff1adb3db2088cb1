// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fastpipeline.ie.openvino.TestModels.ONE;
import static org.fastpipeline.ie.openvino.TestModels.run;
import static org.fastpipeline.ie.openvino.TestModels.tensor;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.core.inference.Session;
import org.fastpipeline.core.memory.MemoryPool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BadModelsTest {
    private final InferenceEngine engine = TestModels.engine();
    private final MemoryPool pool;

    @TempDir
    Path folder;

    BadModelsTest(MemoryPool pool) {
        this.pool = pool;
    }

    @BeforeAll
    static void start() {
        TestModels.start();
    }

    private static ModelSource named(String input, String output) {
        ModelSource all = TestModels.onnx("two");
        return new ModelSource(
                all.path(), all.format(), ImmutableList.of("a", input), ImmutableList.of(output), ImmutableMap.of());
    }

    @Test
    void anUnknownNameIsRefusedWithTheNamesThereAre() {
        assertThatThrownBy(() -> engine.load(named("c", "sum"), ONE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("two.onnx: has no input 'c'; it has [b, a]. Correct the name");
        assertThatThrownBy(() -> engine.load(named("b", "product"), ONE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("has no output 'product'; it has [sum, difference]");
    }

    @Test
    void anInputThatIsLeftOutIsRefusedAsItWouldBeReadAsZeros() {
        ModelSource all = TestModels.onnx("two");
        for (ImmutableList<String> inputs : ImmutableList.of(ImmutableList.of("a"), ImmutableList.of("a", "a"))) {
            ModelSource some = new ModelSource(all.path(), all.format(), inputs, ImmutableList.of(), ImmutableMap.of());
            assertThatThrownBy(() -> engine.load(some, ONE))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("met the inputs " + inputs + "; needed all of [b, a], once each");
        }
    }

    @Test
    void aDescriptionThatContradictsTheModelIsRefusedWithBothValues() {
        ModelSource wrong = TestModels.shaped(
                TestModels.onnx("dense"), ImmutableMap.of("x", TensorSpec.of("NC", ElementType.F32, -1, 4)));
        assertThatThrownBy(() -> engine.load(wrong, ONE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("port x is F32 [-1, 3] in the model but is described as F32(N=?, C=4)");
    }

    @Test
    void elementsThatATensorCannotHaveAreRefused() {
        assertThatThrownBy(() -> engine.load(TestModels.onnx("flags"), ONE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("input 'x' has elements of OpenVINO's type 1; needed whole or floating-point");
    }

    @Test
    void aMissingOrCorruptFileIsRefusedWithWhatOpenVinoSays() throws IOException {
        assertThatThrownBy(() -> engine.load(ModelSource.of(folder.resolve("none.onnx"), ModelFormat.ONNX), ONE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("none.onnx: is missing. Correct the path");
        byte[] whole = Files.readAllBytes(TestModels.file("convolution.onnx"));
        Path half = Files.write(folder.resolve("half.onnx"), Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> engine.load(ModelSource.of(half, ModelFormat.ONNX), ONE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("half.onnx: cannot be read as ONNX: ov_core_read_model failed with ")
                .hasMessageContaining("core.cpp");
        Path noise = Files.writeString(folder.resolve("noise.tflite"), "no model");
        assertThatThrownBy(() -> engine.load(ModelSource.of(noise, ModelFormat.TFLITE), ONE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("cannot be read as TensorFlow Lite");
    }

    @Test
    void anIrModelWithoutItsWeightsIsRefusedWithTheNameOfTheFile() throws IOException {
        Path alone = Files.copy(TestModels.file("one.xml"), folder.resolve("one.xml"));
        assertThatThrownBy(() -> engine.load(ModelSource.of(alone, ModelFormat.OPENVINO_IR), ONE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("cannot be read as OpenVINO IR")
                .hasMessageEndingWith("Put one.bin beside it");
    }

    @Test
    void aDeviceThatIsNotThereIsRefusedWithThoseThatAre() {
        assertThatThrownBy(() -> engine.load(TestModels.onnx("dense"), ONE.withDevice("TPU")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("met the device TPU; needed one of [CPU");
    }

    @Test
    void tensorsThatDoNotFitAreRefusedWithBothValues() {
        try (Model model = engine.load(TestModels.onnx("dense"), ONE);
                Session session = model.openSession()) {
            assertThatThrownBy(() -> run(pool, session, tensor(pool, "NC", new float[2], 1, 2)))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("input x met a tensor F32(N=1, C=2); needed F32(N=?, C=3)");
            assertThatThrownBy(() -> run(pool, session))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("met 0 input tensors; needed 1");
        }
    }

    /// OpenVINO itself would read beyond the smaller of them.
    @Test
    void inputsWhoseSizesDoNotFitEachOtherAreRefusedAndTheSessionGoesOn() {
        float[] two = {1, 2, 3, 4};
        float[] three = {1, 2, 3, 4, 5, 6};
        try (Model model = engine.load(TestModels.onnx("two"), ONE);
                Session session = model.openSession()) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() ->
                                run(pool, session, tensor(pool, "NC", two, 2, 2), tensor(pool, "NC", three, 3, 2)))
                        .isInstanceOf(ModelException.class)
                        .hasMessageContaining("met inputs of sizes [[2, 2], [3, 2]], which do not fit: ");
                assertThat(run(pool, session, tensor(pool, "NC", two, 2, 2), tensor(pool, "NC", two, 2, 2)))
                        .hasSize(2);
            }
        }
    }

    /// OpenVINO itself would drop the last number.
    @Test
    void anInputWhoseSizeDoesNotFitTheModelIsRefusedAndTheSessionGoesOn() {
        try (Model model = engine.load(TestModels.onnx("pairs"), ONE);
                Session session = model.openSession()) {
            assertThatThrownBy(() -> run(pool, session, tensor(pool, "N", new float[3], 3)))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("pairs.onnx: met inputs of sizes [[3]], which do not fit: ");
            assertThat(run(pool, session, tensor(pool, "N", new float[] {1, 2, 3, 4}, 4)))
                    .containsExactly(List.of(1f, 2f, 3f, 4f));
        }
    }
}
