// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableLongArray;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.ie.openvino.TestLibrary;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the engine does not use, or not in all ways.
final class BindingTest {
    private static final Path FOLDER = Path.of("src", "test", "models");
    private static final Duration LONG = Duration.ofMinutes(1);

    private final OpenVino ov = TestLibrary.load();

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        TestLibrary.start();
    }

    private MemorySegment compiled(MemorySegment core, String file, Arena arena) {
        MemorySegment model = ov.core().readModel(core, FOLDER.resolve(file), arena);
        return ov.core().compile(core, model, "CPU", ImmutableMap.of("PERF_COUNT", "YES"), arena);
    }

    /// Gives the only input `values`.
    private void feed(MemorySegment compiled, MemorySegment request, Arena arena, float... values) {
        MemorySegment place = arena.allocate(TensorHeader.PLACE_BYTES, TensorHeader.PLACE_BYTES);
        MemorySegment shape = TensorHeader.shape(2, arena);
        ov.tensors().setSize(shape, 0, 1);
        ov.tensors().setSize(shape, 1, values.length);
        MemorySegment elements = arena.allocateFrom(ValueLayout.JAVA_FLOAT, values);
        long tensor = ov.tensors().overMemory(4, shape, elements.address(), place);
        ov.requests().setTensor(request, ov.compiledModels().input(compiled, 0, arena), tensor);
        ov.tensors().free(tensor);
    }

    private float first(MemorySegment compiled, MemorySegment request, Arena arena) {
        MemorySegment place = arena.allocate(TensorHeader.PLACE_BYTES, TensorHeader.PLACE_BYTES);
        long tensor = ov.requests().tensor(request, ov.compiledModels().output(compiled, 0, arena), place);
        MemorySegment result = arena.allocate(ValueLayout.JAVA_FLOAT);
        ov.tensors().copy(ov.tensors().data(tensor, place), result.address(), Float.BYTES);
        ov.tensors().free(tensor);
        return result.get(ValueLayout.JAVA_FLOAT, 0);
    }

    @Test
    void theCoreKnowsItsVersionAndDevices() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment core = ov.core().create(arena);
            assertThat(ov.core().version()).startsWith("2026.");
            assertThat(ov.core().devices(core)).contains("CPU");
            assertThat(ov.core().property(core, "CPU", "FULL_DEVICE_NAME")).isNotBlank();
            ov.core().setProperty(core, "CPU", "INFERENCE_PRECISION_HINT", "f32");
            assertThat(ov.core().property(core, "CPU", "INFERENCE_PRECISION_HINT"))
                    .isEqualTo("f32");
        }
    }

    @Test
    void modelsAreReadFromMemoryWithAndWithoutWeights() throws IOException {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment core = ov.core().create(arena);
            MemorySegment onnx = bytes("dense.onnx", arena);
            MemorySegment fromOnnx = ov.core().readModel(core, onnx, 0, arena);
            assertThat(ov.nodes().name(ov.models().input(fromOnnx, 0, arena))).isEqualTo("x");
            MemorySegment weights = bytes("one.bin", arena);
            MemorySegment shape = TensorHeader.shape(1, arena);
            ov.tensors().setSize(shape, 0, weights.byteSize());
            long tensor = ov.tensors().overMemory(16, shape, weights.address(), arena.allocate(8, 8));
            MemorySegment model = ov.core().readModel(core, bytes("one.xml", arena), tensor, arena);
            ov.tensors().free(tensor);
            assertThat(ov.models().name(model)).isNotBlank();
            MemorySegment compiled = ov.core().compile(core, model, "CPU", ImmutableMap.of(), arena);
            MemorySegment request = ov.compiledModels().createRequest(compiled, arena);
            feed(compiled, request, arena, 1, 0, 2);
            ov.requests().infer(request);
            assertThat(first(compiled, request, arena)).isEqualTo(11.5f);
        }
    }

    private static MemorySegment bytes(String file, Arena arena) throws IOException {
        return arena.allocateFrom(ValueLayout.JAVA_BYTE, Files.readAllBytes(FOLDER.resolve(file)));
    }

    @Test
    void whatWasBegunCallsBackWhenItIsDoneEvenIfACallbackThrows() throws InterruptedException {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment core = ov.core().create(arena);
            MemorySegment compiled = compiled(core, "one.xml", arena);
            MemorySegment request = ov.compiledModels().createRequest(compiled, arena);
            AtomicInteger calls = new AtomicInteger();
            for (int i = 1; i <= 3; i++) {
                CountDownLatch done = new CountDownLatch(1);
                boolean throwing = i == 2;
                ov.requests()
                        .setCallback(
                                request,
                                () -> {
                                    calls.incrementAndGet();
                                    done.countDown();
                                    if (throwing) {
                                        throw new IllegalStateException("on purpose");
                                    }
                                },
                                arena);
                feed(compiled, request, arena, i, 0, 2);
                ov.requests().start(request);
                done.await();
                assertThat(ov.requests().await(request, LONG)).isTrue();
                ov.requests().await(request);
                assertThat(first(compiled, request, arena)).isEqualTo(i + 10.5f);
                assertThat(calls).hasValue(i);
            }
            ov.requests().cancel(request);
        }
    }

    @Test
    void aProfileNamesTheOperationsThatTookTime() {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment compiled = compiled(ov.core().create(arena), "one.xml", arena);
            MemorySegment request = ov.compiledModels().createRequest(compiled, arena);
            feed(compiled, request, arena, 1, 2, 3);
            ov.requests().infer(request);
            assertThat(ov.requests().profile(request)).isNotEmpty().allSatisfy(operation -> {
                assertThat(operation.node()).isNotBlank();
                assertThat(operation.type()).isNotBlank();
                assertThat(operation.kernel()).isNotBlank();
                assertThat(operation.time()).isBetween(Duration.ZERO, LONG);
            });
        }
    }

    @Test
    void aCompiledModelIsExportedAndImported() throws IOException {
        Path file = folder.resolve("one.blob");
        try (Arena arena = Arena.ofShared()) {
            MemorySegment core = ov.core().create(arena);
            ov.compiledModels().export(compiled(core, "one.xml", arena), file);
            MemorySegment content = arena.allocateFrom(ValueLayout.JAVA_BYTE, Files.readAllBytes(file));
            MemorySegment again = ov.core().importModel(core, content, "CPU", arena);
            assertThat(ov.compiledModels().inputs(again)).isEqualTo(1);
            assertThat(ov.compiledModels().outputs(again)).isEqualTo(1);
            MemorySegment request = ov.compiledModels().createRequest(again, arena);
            feed(again, request, arena, 1, 0, 2);
            ov.requests().infer(request);
            assertThat(first(again, request, arena)).isEqualTo(11.5f);
        }
    }

    @Test
    void aCacheFolderKeepsCompiledModels() throws IOException {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment core = ov.core().create(arena);
            MemorySegment model = ov.core().readModel(core, FOLDER.resolve("one.xml"), arena);
            ov.core().compile(core, model, "CPU", ImmutableMap.of("CACHE_DIR", folder.toString()), arena);
        }
        assertThat(folder).isNotEmptyDirectory();
    }

    @Test
    void shapesMayBeOpenAndAreChangedByReshaping() {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment model = ov.core().readModel(ov.core().create(arena), FOLDER.resolve("dense.onnx"), arena);
            MemorySegment before = ov.models().output(model, "y", arena);
            assertThat(ov.nodes().sizes(before)).isEqualTo(Optional.of(ImmutableLongArray.of(-1, 2)));
            ov.models().reshape(model, ImmutableMap.of(0, ImmutableLongArray.of(7, 3)));
            assertThat(ov.nodes().sizes(ov.models().output(model, "y", arena)))
                    .isEqualTo(Optional.of(ImmutableLongArray.of(7, 2)));
            assertThatThrownBy(() -> ov.models().reshape(model, ImmutableMap.of(0, ImmutableLongArray.of(7, 4))))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("ov_model_reshape_by_port_indexes failed with ");
        }
    }

    @Test
    void everyErrorHasTheLibrarysLastMessageAndAUseAfterTheArenaIsAnErrorToo() {
        MemorySegment gone;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment core = ov.core().create(arena);
            gone = core;
            assertThatThrownBy(() -> ov.core().property(core, "CPU", "NO_SUCH_PROPERTY"))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("ov_core_get_property failed with ")
                    .hasMessageContaining("NO_SUCH_PROPERTY");
        }
        assertThatThrownBy(() -> ov.core().devices(gone))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Already closed");
    }
}
