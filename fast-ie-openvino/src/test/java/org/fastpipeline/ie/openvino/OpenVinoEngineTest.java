// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fastpipeline.ie.openvino.TestModels.ONE;
import static org.fastpipeline.ie.openvino.TestModels.run;
import static org.fastpipeline.ie.openvino.TestModels.tensor;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ReleasedException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.inference.Availability;
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.core.inference.Session;
import org.fastpipeline.core.memory.MemoryPool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class OpenVinoEngineTest {
    private final InferenceEngine engine = TestModels.engine();
    private final MemoryPool pool;

    OpenVinoEngineTest(MemoryPool pool) {
        this.pool = pool;
    }

    @BeforeAll
    static void start() {
        TestModels.start();
    }

    @Test
    void probingSaysVersionFormatsDevicesAndPrecisions() {
        assertThat(engine.name()).isEqualTo("openvino");
        assertThat(engine.probe()).isInstanceOfSatisfying(Availability.Available.class, available -> {
            assertThat(available.version()).matches("\\d+\\.\\d+\\.\\d+");
            assertThat(available.formats())
                    .containsExactly(
                            ModelFormat.OPENVINO_IR,
                            ModelFormat.ONNX,
                            ModelFormat.TFLITE,
                            ModelFormat.SAVED_MODEL,
                            ModelFormat.FROZEN_GRAPH);
            assertThat(available.devices()).containsExactly("CPU");
            assertThat(available.precisions()).endsWith("f32");
        });
    }

    @Test
    void anOnnxModelComputesWhatItSays() {
        try (Model model = engine.load(TestModels.onnx("dense"), ONE);
                Session session = model.openSession()) {
            assertThat(model.inputs())
                    .containsExactly(new Model.Port("x", TensorSpec.of("NC", ElementType.F32, -1, 3)));
            assertThat(model.outputs())
                    .containsExactly(new Model.Port("y", TensorSpec.of("NC", ElementType.F32, -1, 2)));
            assertThat(run(pool, session, tensor(pool, "NC", new float[] {1, 0, 2, -1, 1, 1}, 2, 3)))
                    .containsExactly(List.of(1 + 10 + 0.5f, 2 + 12 - 0.5f, -1 + 3 + 5 + 0.5f, -2 + 4 + 6 - 0.5f));
        }
    }

    @Test
    void anIrModelWritesItsOutputInTheCallersMemory() {
        try (Model model = engine.load(ModelSource.of(TestModels.file("one.xml"), ModelFormat.OPENVINO_IR), ONE);
                Session session = model.openSession()) {
            assertThat(model.outputs())
                    .containsExactly(new Model.Port("y", TensorSpec.of("NC", ElementType.F32, 1, 2)));
            for (int i = 0; i < 3; i++) {
                assertThat(run(pool, session, tensor(pool, "NC", new float[] {i, 0, 2}, 1, 3)))
                        .containsExactly(List.of(i + 10.5f, 2 * i + 11.5f));
            }
        }
    }

    @Test
    void theNumberOfItemsMayChangeFromCallToCallAndBeNone() {
        try (Model model = engine.load(TestModels.onnx("dense"), ONE);
                Session session = model.openSession()) {
            for (int items : new int[] {1, 7, 0, 300, 2}) {
                float[] values = new float[items * 3];
                for (int i = 0; i < items; i++) {
                    values[3 * i] = i;
                }
                List<Float> sums =
                        run(pool, session, tensor(pool, "NC", values, items, 3)).getFirst();
                assertThat(sums).hasSize(2 * items);
                for (int i = 0; i < items; i++) {
                    assertThat(sums.get(2 * i)).isEqualTo(i + 0.5f);
                }
            }
        }
    }

    @Test
    void heightAndWidthMayChangeFromCallToCall() {
        try (Model model = engine.load(TestModels.convolution(-1, -1, -1), ONE);
                Session session = model.openSession()) {
            List<Float> first = null;
            for (int[] size : new int[][] {{8, 8}, {16, 12}, {5, 31}, {8, 8}}) {
                float[] image = TestModels.numbers(2 * size[0] * size[1]);
                List<Float> scores = run(pool, session, tensor(pool, "NCHW", image, 1, 2, size[0], size[1]))
                        .getFirst();
                assertThat(scores).hasSize(4);
                first = first == null ? scores : first;
                assertThat(scores.equals(first)).isEqualTo(size[0] == 8);
            }
        }
    }

    @Test
    void sizesThatOnlyTheDescriptionKnowsReshapeTheModel() {
        try (Model model = engine.load(TestModels.convolution(3, 8, 8), ONE);
                Session session = model.openSession()) {
            assertThat(model.inputs().getFirst().spec()).isEqualTo(TensorSpec.of("NCHW", ElementType.F32, 3, 2, 8, 8));
            assertThat(model.outputs().getFirst().spec()).isEqualTo(TensorSpec.of("NC", ElementType.F32, 3, 4));
            assertThat(run(pool, session, tensor(pool, "NCHW", TestModels.numbers(384), 3, 2, 8, 8))
                            .getFirst())
                    .hasSize(12);
        }
    }

    @Test
    void severalInputsAndOutputsAreSortedByName() {
        try (Model model = engine.load(TestModels.onnx("two"), ONE);
                Session session = model.openSession()) {
            assertThat(model.inputs()).extracting(Model.Port::name).containsExactly("a", "b");
            assertThat(model.outputs()).extracting(Model.Port::name).containsExactly("difference", "sum");
            assertThat(run(
                            pool,
                            session,
                            tensor(pool, "NC", new float[] {1, 2}, 1, 2),
                            tensor(pool, "NC", new float[] {10, 30}, 1, 2)))
                    .containsExactly(List.of(-9f, -28f), List.of(11f, 32f));
        }
    }

    @Test
    void inputsAndOutputsAreChosenByNameInAnyOrder() {
        ModelSource all = TestModels.onnx("two");
        ModelSource chosen = new ModelSource(
                all.path(),
                all.format(),
                ImmutableList.of("b", "a"),
                ImmutableList.of("difference"),
                ImmutableMap.of());
        try (Model model = engine.load(chosen, ONE);
                Session session = model.openSession()) {
            assertThat(model.inputs()).extracting(Model.Port::name).containsExactly("b", "a");
            assertThat(run(
                            pool,
                            session,
                            tensor(pool, "NC", new float[] {1, 2}, 1, 2),
                            tensor(pool, "NC", new float[] {10, 30}, 1, 2)))
                    .containsExactly(List.of(9f, 28f));
        }
    }

    @Test
    void sessionsCloseBeforeTheirModelAndNothingRunsAfterItsClose() {
        Model model = engine.load(TestModels.onnx("dense"), ONE);
        Session session = model.openSession();
        assertThatThrownBy(model::close)
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("met a close with 1 sessions open");
        session.close();
        session.close();
        try (Tensor input = tensor(pool, "NC", new float[3], 1, 3)) {
            assertThatThrownBy(() -> session.run(List.of(input), (_, _) -> input))
                    .isInstanceOf(ReleasedException.class);
        }
        model.close();
        model.close();
        assertThatThrownBy(model::openSession).isInstanceOf(ReleasedException.class);
    }
}
