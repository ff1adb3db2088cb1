// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.error.ReleasedException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.inference.Availability;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.core.inference.Session;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.MemoryPool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.internal.c_api.TF_Tensor;
import org.tensorflow.internal.c_api.global.tensorflow;

final class TensorFlowEngineTest {
    private static final EngineOptions ONE = new EngineOptions(1, 1);

    private final InferenceEngine engine = new TensorFlowEngine();
    private final Allocator memory;

    @TempDir
    Path folder;

    TensorFlowEngineTest(MemoryPool pool) {
        this.memory = bytes -> pool.allocate(bytes, "test");
    }

    private Tensor pairs(float... values) {
        return Tensor.of(TensorSpec.of("NC", ElementType.F32, values.length / 2, 2), memory, values);
    }

    private Tensor triples(float... values) {
        return Tensor.of(TensorSpec.of("NC", ElementType.F32, values.length / 3, 3), memory, values);
    }

    private List<float[]> run(Session session, Tensor... inputs) {
        List<float[]> values = new ArrayList<>();
        for (Tensor output : session.run(List.of(inputs), (_, spec) -> Tensor.allocate(spec, memory))) {
            try (output) {
                values.add(output.toFloats());
            }
        }
        for (Tensor input : inputs) {
            input.close();
        }
        return values;
    }

    @Test
    void probingSaysVersionFormatsAndDevices() {
        assertThat(engine.name()).isEqualTo("tensorflow");
        assertThat(engine.probe()).isInstanceOfSatisfying(Availability.Available.class, available -> {
            assertThat(available.version())
                    .matches("\\d+\\.\\d+\\.\\d+ \\(TensorFlow Java \\d+\\.\\d+\\.\\d+\\)")
                    .startsWith(NativeLibrary.load().version() + " ");
            assertThat(available.formats()).containsExactly(ModelFormat.SAVED_MODEL, ModelFormat.FROZEN_GRAPH);
            assertThat(available.devices()).containsExactly("CPU");
        });
    }

    @Test
    @Tag("behaviour-147")
    void aFrozenGraphInMemoryGivesTheSameAndASavedModelNeedsItsFolder() throws IOException {
        byte[] graph = Files.readAllBytes(TestModels.dense(folder).path());
        try (Model model = engine.load(ModelSource.of("dense.pb", ModelFormat.FROZEN_GRAPH, graph), ONE);
                Session session = model.openSession()) {
            assertThat(run(session, triples(1, 0, 2)).getFirst()).containsExactly(1 + 10 + 0.5f, 2 + 12 - 0.5f);
        }
        ModelSource saved = ModelSource.of("dense", ModelFormat.SAVED_MODEL, graph);
        assertThatThrownBy(() -> engine.load(saved, ONE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("model dense: it is in memory; needed files");
    }

    @Test
    void aFrozenGraphsPlaceholdersAreItsInputsAndItsUnusedResultsItsOutputs() throws IOException {
        try (Model model = engine.load(TestModels.dense(folder), ONE);
                Session session = model.openSession()) {
            assertThat(model.inputs())
                    .containsExactly(new Model.Port("x", TensorSpec.of("NC", ElementType.F32, -1, 3)));
            assertThat(model.outputs())
                    .containsExactly(new Model.Port("y", TensorSpec.of("NC", ElementType.F32, -1, 2)));
            assertThat(run(session, triples(1, 0, 2, -1, 1, 1)).getFirst())
                    .containsExactly(1 + 10 + 0.5f, 2 + 12 - 0.5f, -1 + 3 + 5 + 0.5f, -2 + 4 + 6 - 0.5f);
        }
    }

    @Test
    void theNumberOfItemsMayChangeFromCallToCallAndBeNone() throws IOException {
        try (Model model = engine.load(TestModels.dense(folder), ONE);
                Session session = model.openSession()) {
            for (int items : new int[] {1, 7, 0, 300, 2}) {
                float[] values = new float[items * 3];
                for (int i = 0; i < items; i++) {
                    values[3 * i] = i;
                }
                float[] sums = run(session, triples(values)).getFirst();
                assertThat(sums).hasSize(2 * items);
                for (int i = 0; i < items; i++) {
                    assertThat(sums[2 * i]).isEqualTo(i + 0.5f);
                }
            }
        }
    }

    @Test
    void aConvolutionGivesWhatPlainLoopsGive() throws IOException {
        try (Model model = engine.load(TestModels.convolution(folder), ONE);
                Session session = model.openSession()) {
            assertThat(model.inputs())
                    .containsExactly(new Model.Port("image", TensorSpec.of("NHWC", ElementType.F32, -1, 16, 16, 2)));
            assertThat(model.outputs()).extracting(Model.Port::name).containsExactly("scores");
            float[] image = Convolutions.image(1, 16);
            Tensor input = Tensor.of(TensorSpec.of("NHWC", ElementType.F32, 1, 16, 16, 2), memory, image);
            float[] scores = run(session, input).getFirst();
            double[] expected = Convolutions.scores(image, 16, TestModels.filters());
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) scores[i]).isCloseTo(expected[i], within(1e-6));
            }
        }
    }

    @Test
    void severalInputsAndOutputsAreSortedByTheirNamesInTheSignature() throws IOException {
        try (Model model = engine.load(TestModels.twoByTwo(folder), ONE);
                Session session = model.openSession()) {
            assertThat(model.inputs()).extracting(Model.Port::name).containsExactly("a", "b");
            assertThat(model.outputs()).extracting(Model.Port::name).containsExactly("difference", "sum");
            List<float[]> results = run(session, pairs(1, 2), pairs(10, 30));
            assertThat(results.get(0)).containsExactly(-9, -28);
            assertThat(results.get(1)).containsExactly(11, 32);
        }
    }

    @Test
    void inputsAndOutputsAreChosenByNameInAnyOrderOrByTheirNamesInTheGraph() throws IOException {
        ModelSource all = TestModels.twoByTwo(folder);
        ModelSource chosen = new ModelSource(
                all.path(),
                all.format(),
                ImmutableList.of("b", "first:0"),
                ImmutableList.of("added"),
                ImmutableMap.of());
        try (Model model = engine.load(chosen, ONE);
                Session session = model.openSession()) {
            assertThat(model.inputs()).extracting(Model.Port::name).containsExactly("b", "first:0");
            assertThat(run(session, pairs(1, 2), pairs(10, 30)))
                    .hasSize(1)
                    .first()
                    .isEqualTo(new float[] {11, 32});
        }
    }

    @Test
    void anUnknownShapeMustBeGivenAndIsThenUsed() throws IOException {
        ModelSource unknown = TestModels.unknownShape(folder);
        assertThatThrownBy(() -> engine.load(unknown, ONE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("input 'x' has an unknown number of dimensions")
                .hasMessageContaining("ModelSource.shapes");
        TensorSpec pairs = TensorSpec.of("NC", ElementType.F32, -1, 2);
        ModelSource known = new ModelSource(
                unknown.path(),
                unknown.format(),
                ImmutableList.of(),
                ImmutableList.of(),
                ImmutableMap.of("x", pairs, "y", pairs));
        try (Model model = engine.load(known, ONE);
                Session session = model.openSession()) {
            assertThat(run(session, pairs(3, 4)).getFirst()).containsExactly(3, 4);
        }
    }

    @Test
    void inputsThatDoNotFitAreRefusedWithBothValues() throws IOException {
        try (Model model = engine.load(TestModels.dense(folder), ONE);
                Session session = model.openSession();
                Tensor pair = pairs(1, 2)) {
            assertThatThrownBy(() -> run(session, pair))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("input x met a tensor F32(N=1, C=2); needed F32(N=?, C=3)");
            assertThatThrownBy(() -> run(session))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("met 0 input tensors; needed 1");
        }
    }

    @Test
    void aFailureInTheNetworkIsAnErrorOfTheEngineAndTheSessionGoesOn() throws IOException {
        try (Model model = engine.load(TestModels.failing(folder), ONE);
                Session session = model.openSession();
                Tensor bad = triples(1, Float.NaN, 3)) {
            assertThatThrownBy(() -> run(session, bad))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("met a value that is not finite");
            assertThat(run(session, triples(1, 2, 3)).getFirst()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void sessionsCloseBeforeTheirModelAndNothingRunsAfterItsClose() throws IOException {
        Model model = engine.load(TestModels.dense(folder), ONE);
        Session session = model.openSession();
        assertThatThrownBy(model::close)
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("met a close with 1 sessions open");
        session.close();
        session.close();
        assertThatThrownBy(() -> run(session)).isInstanceOf(ReleasedException.class);
        model.close();
        model.close();
        assertThatThrownBy(model::openSession).isInstanceOf(ReleasedException.class);
    }

    @Test
    void inputsAreReadWhereTheyLie() throws IOException {
        engine.load(TestModels.dense(folder), ONE).close();
        try (Tensor tensor = triples(1, 2, 3);
                PointerScope _ = new PointerScope()) {
            TF_Tensor seen = TensorFlowSession.inPlace(tensor);
            assertThat(tensorflow.TF_TensorData(seen).address()).isEqualTo(tensor.address());
            assertThat(tensorflow.TF_TensorByteSize(seen)).isEqualTo(12);
        }
    }

    @Test
    void nothingNativeIsLeftAfterTheClose() throws IOException {
        ModelSource dense = TestModels.dense(folder);
        engine.load(dense, ONE).close();
        long before = Pointer.totalCount();
        for (int i = 0; i < 3; i++) {
            try (Model model = engine.load(dense, ONE);
                    Session session = model.openSession()) {
                run(session, triples(1, 2, 3));
                Files.write(folder.resolve("no.pb"), new byte[] {1});
                assertThatThrownBy(() ->
                                engine.load(ModelSource.of(folder.resolve("no.pb"), ModelFormat.FROZEN_GRAPH), ONE))
                        .isInstanceOf(ModelException.class);
            }
        }
        assertThat(Pointer.totalCount()).isEqualTo(before);
    }
}
