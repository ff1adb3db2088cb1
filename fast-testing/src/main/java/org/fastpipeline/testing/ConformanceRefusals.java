// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;

/// What an engine must refuse, and that it says what was met and what was needed.
///
/// @param subject the engine
/// @param folder where models are written
record ConformanceRefusals(ConformanceSubject subject, Path folder) {
    private static final EngineOptions ONE = new EngineOptions(1, 1);
    private static final String UNKNOWN = "no_such_name";

    private static void assertSays(FastException refusal, String... words) {
        for (String word : words) {
            assertTrue(
                    String.valueOf(refusal.getMessage()).contains(word),
                    () -> "met the message '" + refusal.getMessage() + "'; needed '" + word + "' in it");
        }
    }

    private ModelSource source(String network) {
        ConformanceCase read = ConformanceCase.read(network);
        return read.source(subject.format(read), folder);
    }

    private static ModelSource choosing(ModelSource all, List<String> inputs, List<String> outputs) {
        return new ModelSource(
                all.path(), all.format(), ImmutableList.copyOf(inputs), ImmutableList.copyOf(outputs), all.shapes());
    }

    private ModelException refused(ModelSource source) {
        return assertThrows(
                ModelException.class, () -> subject.load(source, ONE).close());
    }

    void unknownNames() {
        ModelSource all = source("two_outputs");
        assertSays(refused(choosing(all, List.of(UNKNOWN), List.of())), UNKNOWN, "image");
        assertSays(refused(choosing(all, List.of(), List.of("left", UNKNOWN))), UNKNOWN);
    }

    void contradictingDescription() {
        ModelSource dense = source("dense");
        TensorSpec described = TensorSpec.of("NC", ElementType.F32, -1, 7);
        ModelSource wrong = new ModelSource(
                dense.path(), dense.format(), dense.inputs(), dense.outputs(), ImmutableMap.of("x", described));
        assertSays(refused(wrong), "port x", "3", described.toString());
    }

    void shapes() throws InterruptedException {
        try (ConformanceRun run = subject.load("dense", folder, ONE)) {
            Model.Port x = run.network().inputs().getFirst();
            List<TensorSpec> unfit = List.of(
                    TensorSpec.of("NC", ElementType.F32, 2, 4),
                    TensorSpec.of("NTC", ElementType.F32, 1, 1, 3),
                    TensorSpec.of("NC", ElementType.U8, 1, 3));
            for (TensorSpec met : unfit) {
                try (Tensor tensor = Tensor.allocate(met, run.memory("unfit"))) {
                    ModelException refusal =
                            assertThrows(ModelException.class, () -> run.model().run(List.of(tensor), run::output));
                    assertSays(
                            refusal,
                            run.model().name(),
                            x.name(),
                            met.toString(),
                            x.spec().toString());
                }
            }
            assertThrows(ModelException.class, () -> run.model().run(List.of(), run::output));
            run.check(0);
        }
    }

    void disagreeingBatches() throws InterruptedException {
        try (ConformanceRun run = subject.load("two_inputs", folder, ONE)) {
            ImmutableList<Model.Port> ports = run.network().inputs();
            try (Tensor two = run.tensor(1, ports.get(0));
                    Tensor three = Tensor.allocate(ports.get(1).spec().withFirst(3), run.memory("three"))) {
                three.writableElements().fill((byte) 0);
                assertThrows(FastException.class, () -> run.model().run(List.of(two, three), run::output));
            }
            run.check(0);
        }
    }

    /// @param format whose files are broken
    void brokenFiles(ModelFormat format) throws IOException {
        ConformanceCase network = ConformanceCase.read("convolution");
        subject.need(network, format);
        ModelSource whole = network.source(format, folder);
        Path graph = ConformanceCase.graph(whole);
        byte[] bytes = Files.readAllBytes(graph);
        for (byte[] broken : List.of(Arrays.copyOf(bytes, bytes.length / 2), new byte[] {1, 2, 3}, new byte[0])) {
            Files.write(graph, broken);
            assertEquals(
                    whole.path().toString(),
                    refused(whole).model(),
                    "the model that the error of " + broken.length + " bytes names");
        }
        Files.delete(graph);
        assertSays(refused(whole), whole.path().toString());
    }

    /// Weights that core has not looked at, in a model as others write it.
    void weightsElsewhere() throws IOException {
        ConformanceCase network = ConformanceCase.read("weights_beside");
        subject.need(network, ModelFormat.ONNX);
        ModelSource whole = network.source(ModelFormat.ONNX, folder);
        assertSays(refused(ConformanceCase.inMemory(whole)), "weights.bin", "memory");
        byte[] model = Files.readAllBytes(whole.path());
        Path weights = whole.path().resolveSibling("weights.bin");
        Files.move(weights, folder.resolve("wght.bin"));
        assertSays(refused(whole), weights.toString(), "missing");
        String text = new String(model, StandardCharsets.ISO_8859_1).replace("weights.bin", "../wght.bin");
        Files.write(whole.path(), text.getBytes(StandardCharsets.ISO_8859_1));
        assertSays(refused(whole), "../wght.bin", "below its own folder");
    }

    void unknownDevice() {
        ModelSource dense = source("dense");
        FastException refusal = assertThrows(FastException.class, () -> subject.load(dense, ONE.withDevice(UNKNOWN))
                .close());
        assertSays(refusal, UNKNOWN);
        assertSays(refusal, subject.available().devices().toArray(String[]::new));
    }
}
