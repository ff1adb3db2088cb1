// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fastpipeline.ie.openvino.TestModels.ONE;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.primitives.Floats;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.inference.Availability;
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.core.inference.Session;
import org.fastpipeline.core.memory.MemoryPool;
import org.fastpipeline.ie.tensorflow.TensorFlowEngine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/// IR, ONNX and SavedModel have tests of their own.
final class FormatsTest {
    private final InferenceEngine engine = TestModels.engine();
    private final MemoryPool pool;

    @TempDir
    Path folder;

    FormatsTest(MemoryPool pool) {
        this.pool = pool;
    }

    @BeforeAll
    static void start() {
        TestModels.start();
    }

    private void doubles(ModelSource source) {
        try (Model model = engine.load(source, ONE);
                Session session = model.openSession()) {
            assertThat(model.inputs()).extracting(Model.Port::name).containsExactly("x");
            assertThat(TestModels.run(pool, session, TestModels.tensor(pool, "NC", new float[] {1, 2, 3, 4}, 1, 4)))
                    .containsExactly(List.of(2f, 4f, 6f, 8f));
        }
    }

    @Test
    void aTensorFlowLiteModelIsRead() {
        doubles(ModelSource.of(TestModels.file("twice.tflite"), ModelFormat.TFLITE));
    }

    @Test
    void aFrozenGraphIsRead() throws IOException {
        assumeTrue(new TensorFlowEngine().probe() instanceof Availability.Available, "TensorFlow is not there");
        Path file = folder.resolve("twice.pb");
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Placeholder<TFloat32> x = tf.withName("x").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 4)));
            tf.withName("y").math.add(x, x);
            Files.write(file, graph.toGraphDef().toByteArray());
        }
        doubles(ModelSource.of(file, ModelFormat.FROZEN_GRAPH));
    }

    private static MemorySegment content(String file) throws IOException {
        return MemorySegment.ofArray(Files.readAllBytes(TestModels.file(file)));
    }

    @Test
    @Tag("behaviour-147")
    void irAndOnnxAreReadFromMemory() throws IOException {
        ModelSource ir = ModelSource.of(
                new ModelSource.Bytes("one.xml", content("one.xml"), content("one.bin")), ModelFormat.OPENVINO_IR);
        try (Model model = engine.load(ir, ONE);
                Session session = model.openSession()) {
            assertThat(TestModels.run(pool, session, TestModels.tensor(pool, "NC", new float[] {1, 0, 2}, 1, 3))
                            .getFirst()
                            .getFirst())
                    .isEqualTo(11.5f);
        }
        byte[] onnx = Files.readAllBytes(TestModels.file("identity.onnx"));
        try (Model model = engine.load(ModelSource.of("identity.onnx", ModelFormat.ONNX, onnx), ONE);
                Session session = model.openSession()) {
            assertThat(TestModels.run(pool, session, TestModels.tensor(pool, "NC", new float[16], 1, 16)))
                    .containsExactly(Floats.asList(new float[16]));
        }
    }

    @Test
    @Tag("behaviour-147")
    void whatOpenVinoReadsFromFilesAloneIsRefusedFromMemory() {
        for (ModelFormat format : List.of(ModelFormat.TFLITE, ModelFormat.FROZEN_GRAPH, ModelFormat.SAVED_MODEL)) {
            assertThatThrownBy(() -> engine.load(ModelSource.of("net", format, new byte[3]), ONE))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("model net: it is in memory; needed files, for this engine reads " + format);
        }
        for (ModelFormat format : List.of(ModelFormat.ONNX, ModelFormat.OPENVINO_IR)) {
            assertThatThrownBy(() -> engine.load(ModelSource.of("net", format, new byte[3]), ONE))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("model net: cannot be read as " + format);
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {"F32", "I64"},
            mode = EnumSource.Mode.EXCLUDE)
    void elementsOfEveryTypeGoInAndOutAsTheyAre(ElementType type) {
        ModelSource source = TestModels.onnx("type_" + type.name().toLowerCase(Locale.ROOT));
        try (Model model = engine.load(source, ONE);
                Session session = model.openSession();
                Tensor input = Tensor.allocate(TensorSpec.of("N", type, 5), TestModels.memory(pool))) {
            assertThat(model.inputs().getFirst().spec()).isEqualTo(TensorSpec.of("N", type, -1));
            for (int i = 0; i < input.spec().bytes(); i++) {
                input.writableElements().set(ValueLayout.JAVA_BYTE, i, (byte) (i * 37 % 61));
            }
            try (Tensor output = session.run(
                            List.of(input), (_, spec) -> Tensor.allocate(spec, TestModels.memory(pool)))
                    .getFirst()) {
                assertThat(output.spec()).isEqualTo(input.spec());
                assertThat(output.elements().mismatch(input.elements())).isEqualTo(-1);
            }
        }
    }

    @Test
    void longNumbersGoInAndOutUnlessTheyNeedMoreThanTheThirtyTwoBitsThatOpenVinoKeeps() {
        try (Model model = engine.load(TestModels.onnx("type_i64"), ONE);
                Session session = model.openSession();
                Tensor input = Tensor.allocate(TensorSpec.of("N", ElementType.I64, 2), TestModels.memory(pool))) {
            input.writableElements().set(ValueLayout.JAVA_LONG, 0, Integer.MIN_VALUE);
            input.writableElements().set(ValueLayout.JAVA_LONG, 8, Integer.MAX_VALUE);
            try (Tensor output = session.run(
                            List.of(input), (_, spec) -> Tensor.allocate(spec, TestModels.memory(pool)))
                    .getFirst()) {
                assertThat(output.elements().mismatch(input.elements())).isEqualTo(-1);
            }
            input.writableElements().set(ValueLayout.JAVA_LONG, 8, 1L << 31);
            assertThatThrownBy(() -> session.run(List.of(input), (_, _) -> input))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("input x met the number 2147483648; needed one that fits 32 bits");
        }
    }
}
