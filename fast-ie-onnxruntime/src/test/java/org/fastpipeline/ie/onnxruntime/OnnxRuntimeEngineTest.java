// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.inference.Availability;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.core.inference.Session;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.MemoryPool;
import org.fastpipeline.ie.onnxruntime.OnnxFile.Port;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is this engine's own; the rest is in [OnnxRuntimeConformanceTest].
final class OnnxRuntimeEngineTest {
    private static final EngineOptions ONE = new EngineOptions(1, 1);

    private final InferenceEngine engine = new OnnxRuntimeEngine();
    private final Allocator memory;

    @TempDir
    Path folder;

    OnnxRuntimeEngineTest(MemoryPool pool) {
        this.memory = bytes -> pool.allocate(bytes, "test");
    }

    private ModelSource identity(int type, Object... sizes) throws IOException {
        return OnnxFile.write(
                folder.resolve("identity.onnx"),
                "Identity",
                List.of(new Port("x", type, sizes)),
                new Port("y", type, sizes));
    }

    private ModelSource sum(String columnsOfB) throws IOException {
        return OnnxFile.write(
                folder.resolve("sum.onnx"),
                "Add",
                List.of(new Port("a", OnnxFile.FLOAT, "rows", 2), new Port("b", OnnxFile.FLOAT, columnsOfB, 2)),
                new Port("c", OnnxFile.FLOAT, "rows", 2));
    }

    private Tensor pairs(float... values) {
        return Tensor.of(TensorSpec.of("NC", ElementType.F32, values.length / 2, 2), memory, values);
    }

    private List<float[]> run(Session session, Tensor... inputs) {
        List<float[]> values = new ArrayList<>();
        try {
            for (Tensor output : session.run(List.of(inputs), (_, spec) -> Tensor.allocate(spec, memory))) {
                try (output) {
                    values.add(output.toFloats());
                }
            }
        } finally {
            List.of(inputs).forEach(Tensor::close);
        }
        return values;
    }

    @Test
    void probingSaysVersionFormatAndDevices() {
        assertThat(engine.name()).isEqualTo("onnxruntime");
        assertThat(engine.probe()).isInstanceOfSatisfying(Availability.Available.class, available -> {
            assertThat(available.version()).isEqualTo("1.29.0");
            assertThat(available.formats()).containsExactly(ModelFormat.ONNX);
            assertThat(available.devices()).endsWith("CPU");
        });
    }

    @Test
    void anInstallationWithoutItsNativeLibrarySaysSoAndWhatToDo() {
        Installation none = new Installation(ClassLoader.getPlatformClassLoader(), "linux-x64", Path.of("/dev"));
        assertThat(new OnnxRuntimeEngine(none).probe())
                .isInstanceOfSatisfying(Availability.Unavailable.class, unavailable -> {
                    assertThat(unavailable.reason())
                            .startsWith("the native library for linux-x64 is missing: ai/onnxruntime/native/");
                    assertThat(unavailable.remedy()).contains("plugin's folder");
                });
    }

    @Test
    @Tag("behaviour-148")
    void aDeviceThatIsNotThereIsRefusedWithThoseThereAreAndWhatTheOthersLack() throws IOException {
        Installation here = Installation.here();
        Installation withoutGpu = new Installation(here.loader(), here.platform(), folder);
        InferenceEngine plain = new OnnxRuntimeEngine(withoutGpu);
        ModelSource source = identity(OnnxFile.FLOAT, "N", 2);
        for (String device : List.of("CUDA", "TensorRT", "CUDA.1", "CPU.1", "cpu")) {
            assertThatThrownBy(() -> plain.load(source, ONE.withDevice(device)))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("has no device '" + device + "'; it has [CPU]")
                    .hasMessageContaining("; not CUDA, for ")
                    .hasMessageContaining("; not TensorRT, for ");
        }
    }

    @Test
    void anOutputWhoseSizesTheInputsDecideIsAskedForBeforeTheNetworkRuns() throws IOException {
        try (Model model = engine.load(sum("rows"), ONE);
                Session session = model.openSession()) {
            assertThat(run(session, pairs(1, 2, 3, 4), pairs(10, 20, 30, 40)).getFirst())
                    .containsExactly(11, 22, 33, 44);
        }
        Place output = new Place(
                new Model.Port("c", TensorSpec.of("NC", ElementType.F32, -1, 2)), ImmutableList.of("rows", ""));
        assertThat(output.shape(ImmutableMap.of("rows", 7L))).contains(TensorSpec.of("NC", ElementType.F32, 7, 2));
        assertThat(output.shape(ImmutableMap.of("columns", 7L))).isEmpty();
    }

    @Test
    void theNumberOfItemsMayBeNone() throws IOException {
        try (Model model = engine.load(sum("rows"), ONE);
                Session session = model.openSession()) {
            assertThat(run(session, pairs(), pairs()).getFirst()).isEmpty();
        }
    }

    @Test
    @Tag("behaviour-131")
    void sizesOfOneNameMustBeEqual() throws IOException {
        try (Model model = engine.load(sum("rows"), ONE);
                Session session = model.openSession()) {
            assertThatThrownBy(() -> run(session, pairs(1, 2, 3, 4), pairs(10, 20)))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("input b met a tensor F32(N=1, C=2), whose size rows is 1; needed 2");
        }
    }

    @Test
    void elementsThatItsApiDoesNotKnowAreRefused() throws IOException {
        for (int type : new int[] {OnnxFile.UINT16, OnnxFile.FLOAT16}) {
            ModelSource source = identity(type, "N", 2);
            assertThatThrownBy(() -> engine.load(source, ONE))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("input 'x' has elements of ONNX_TENSOR_ELEMENT_DATA_TYPE_")
                    .hasMessageContaining("needed uint8, int16, int32, int64, float or double");
        }
    }

    @Test
    void wholeNumbersOf64BitsAreTakenAsTheyAre() throws IOException {
        TensorSpec spec = TensorSpec.of("NC", ElementType.I64, 1, 2);
        try (Model model = engine.load(identity(OnnxFile.INT64, "N", 2), ONE);
                Session session = model.openSession();
                Tensor x = Tensor.allocate(spec, memory)) {
            x.writableElements().fill((byte) 0x7f);
            try (Tensor y = session.run(List.of(x), (_, shape) -> Tensor.allocate(shape, memory))
                    .getFirst()) {
                assertThat(y.elements().mismatch(x.elements())).isEqualTo(-1);
            }
        }
    }

    @Test
    @Tag("behaviour-140")
    void anUnknownShapeMustBeGivenAndIsThenUsed() throws IOException {
        ModelSource unknown = identity(OnnxFile.FLOAT);
        assertThatThrownBy(() -> engine.load(unknown, ONE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("input 'x' has no dimensions, or an unknown number of them")
                .hasMessageContaining("ModelSource.shapes");
        TensorSpec pair = TensorSpec.of("NC", ElementType.F32, -1, 2);
        ModelSource known = new ModelSource(
                unknown.path(),
                unknown.format(),
                ImmutableList.of(),
                ImmutableList.of(),
                ImmutableMap.of("x", pair, "y", pair));
        try (Model model = engine.load(known, ONE);
                Session session = model.openSession()) {
            assertThat(run(session, pairs(3, 4)).getFirst()).containsExactly(3, 4);
        }
    }

    @Test
    @Tag("behaviour-147")
    void aModelInMemoryGivesTheSame() throws IOException {
        byte[] bytes = Files.readAllBytes(sum("rows").path());
        Files.delete(folder.resolve("sum.onnx"));
        try (Model model = engine.load(ModelSource.of("sum.onnx", ModelFormat.ONNX, bytes), ONE);
                Session session = model.openSession()) {
            assertThat(run(session, pairs(1, 2), pairs(10, 20)).getFirst()).containsExactly(11, 22);
        }
        assertThatThrownBy(() -> engine.load(ModelSource.of("sum.onnx", ModelFormat.ONNX, new byte[9]), ONE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("model sum.onnx: cannot be read as an ONNX model");
    }

    /// Engines have no plugins of their own here, for operations or else: what one lacks, a model cannot add.
    @Test
    @Tag("behaviour-147")
    void anOperationThatItDoesNotHaveIsRefused() throws IOException {
        Port port = new Port("x", OnnxFile.FLOAT, "N", 2);
        ModelSource odd = OnnxFile.write(
                folder.resolve("odd.onnx"), "NoSuchOperation", List.of(port), new Port("y", OnnxFile.FLOAT, "N", 2));
        assertThatThrownBy(() -> engine.load(odd, ONE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("NoSuchOperation");
    }

    @Test
    void oneInputOfTwoIsTooFew() throws IOException {
        ModelSource all = sum("rows");
        ModelSource half =
                new ModelSource(all.path(), all.format(), ImmutableList.of("b"), ImmutableList.of(), ImmutableMap.of());
        assertThatThrownBy(() -> engine.load(half, ONE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("needs all of its inputs [a, b]; met [b]");
    }

    @Test
    void splitOperationsGiveTheSameEachTime() throws IOException {
        try (Model model = engine.load(sum("rows"), new EngineOptions(1, 3));
                Session session = model.openSession()) {
            float[] first = run(session, pairs(1, 2), pairs(3, 4)).getFirst();
            assertThat(run(session, pairs(1, 2), pairs(3, 4)).getFirst()).isEqualTo(first);
        }
    }
}
