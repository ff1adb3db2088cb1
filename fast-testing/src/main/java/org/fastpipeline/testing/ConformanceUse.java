// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.MemoryExhaustedException;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.error.ReleasedException;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.core.inference.Precision;
import org.fastpipeline.core.inference.Session;
import org.fastpipeline.core.memory.MemoryPool;

/// How an engine must behave in use: many callers, ends, the caller's memory, its options.
///
/// @param subject the engine
/// @param folder where models are written
record ConformanceUse(ConformanceSubject subject, Path folder) {
    private static final EngineOptions ONE = new EngineOptions(1, 1);
    private static final int SESSIONS = 4;
    private static final int CALLERS = 6;
    private static final int ROUNDS = 8;

    /// @param format which the engine may read from files alone, if it says so
    void inMemory(ModelFormat format) throws InterruptedException, IOException {
        ConformanceCase network = ConformanceCase.read("convolution");
        subject.need(network, format);
        ModelSource source = ConformanceCase.inMemory(network.source(format, folder));
        try (ConformanceRun run = new ConformanceRun(network, subject.load(source, ONE))) {
            assertEquals(source.name(), run.model().name());
            assertEquals(network.outputs(), run.model().outputs());
            for (int call = 0; call < network.calls(); call++) {
                run.check(call);
            }
        } catch (ModelException refusal) {
            String message = String.valueOf(refusal.getMessage());
            assertTrue(message.contains("it is in memory; needed files"), message);
            abort(message);
        }
    }

    void chosenOutputs() throws InterruptedException {
        ConformanceCase network = ConformanceCase.read("two_outputs");
        ModelSource all = network.source(subject.format(network), folder);
        ImmutableList<Model.Port> ports = network.outputs();
        for (ImmutableList<Model.Port> chosen :
                List.of(ports.reverse(), ImmutableList.of(ports.getFirst()), ImmutableList.of(ports.getLast()))) {
            ImmutableList<String> names =
                    chosen.stream().map(Model.Port::name).collect(ImmutableList.toImmutableList());
            ModelSource source = new ModelSource(all.path(), all.format(), all.inputs(), names, all.shapes());
            try (ConformanceRun run = new ConformanceRun(network, subject.load(source, ONE))) {
                assertEquals(chosen, run.model().outputs());
                run.check(0, chosen, run.run(0, run::output));
            }
        }
    }

    void chosenInputs() throws InterruptedException {
        ConformanceCase network = ConformanceCase.read("two_inputs");
        ModelSource all = network.source(subject.format(network), folder);
        ImmutableList<Model.Port> ports = network.inputs().reverse();
        ImmutableList<String> names = ports.stream().map(Model.Port::name).collect(ImmutableList.toImmutableList());
        ModelSource source = new ModelSource(all.path(), all.format(), names, all.outputs(), all.shapes());
        try (ConformanceRun run = new ConformanceRun(network, subject.load(source, ONE))) {
            assertEquals(ports, run.model().inputs());
            try (Tensor first = run.tensor(0, ports.get(0));
                    Tensor second = run.tensor(0, ports.get(1))) {
                run.check(0, network.outputs(), run.model().run(List.of(first, second), run::output));
            }
        }
    }

    void callersMemory() throws InterruptedException {
        try (ConformanceRun run = subject.load("two_outputs", folder, ONE);
                Tensor input = run.tensor(1, run.network().inputs().getFirst())) {
            byte[] before = input.elements().toArray(ValueLayout.JAVA_BYTE);
            Map<Integer, Tensor> made = new TreeMap<>();
            List<Tensor> outputs = run.model().run(List.of(input), (position, spec) -> {
                Tensor output = run.output(position, spec);
                made.put(position, output);
                return output;
            });
            assertEquals(outputs, List.copyOf(made.values()), "the tensors that were made for the outputs");
            assertArrayEquals(before, input.elements().toArray(ValueLayout.JAVA_BYTE), "the input");
            run.check(1, run.network().outputs(), outputs);
        }
    }

    void fullMemory() throws InterruptedException {
        try (ConformanceRun run = subject.load("two_outputs", folder, ONE);
                MemoryPool full = new MemoryPool(1, true)) {
            assertThrows(
                    MemoryExhaustedException.class,
                    () -> run.run(0, (_, spec) -> Tensor.allocate(spec, bytes -> full.allocate(bytes, "test"))));
            run.check(0);
        }
    }

    void manyCallers() throws Exception {
        try (ConformanceRun run = subject.load("convolution", folder, new EngineOptions(SESSIONS, 1));
                ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
            int calls = run.network().calls();
            List<List<byte[]>> alone = new ArrayList<>();
            for (int call = 0; call < calls; call++) {
                alone.add(run.bytes(call));
            }
            List<Callable<List<byte[]>>> together = new ArrayList<>();
            for (int i = 0; i < CALLERS * ROUNDS; i++) {
                int call = i % calls;
                together.add(() -> run.bytes(call));
            }
            List<Future<List<byte[]>>> results = threads.invokeAll(together);
            for (int i = 0; i < results.size(); i++) {
                assertSame(alone.get(i % calls), results.get(i).get());
            }
        }
    }

    private static void assertSame(List<byte[]> expected, List<byte[]> met) {
        assertEquals(expected.size(), met.size());
        for (int i = 0; i < met.size(); i++) {
            assertArrayEquals(expected.get(i), met.get(i));
        }
    }

    void closeWhileRunning() throws Exception {
        try (ConformanceRun run = subject.load("convolution", folder, ONE);
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch closed = new CountDownLatch(1);
            Future<List<Tensor>> outputs = thread.submit(() -> run.run(1, (position, spec) -> {
                inside.countDown();
                await(closed);
                return run.output(position, spec);
            }));
            inside.await();
            run.model().close();
            closed.countDown();
            run.check(1, run.network().outputs(), outputs.get());
            assertThrows(ReleasedException.class, () -> run.bytes(0));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    void useAfterClose() {
        ConformanceCase network = ConformanceCase.read("dense");
        try (MemoryPool pool = new MemoryPool(1 << 20, true);
                Tensor x = network.value(0, network.inputs().getFirst())
                        .tensor(network.inputs().getFirst().spec(), bytes -> pool.allocate(bytes, "test"))) {
            Model model = subject.own(network.source(subject.format(network), folder), ONE);
            Session session = model.openSession();
            assertThrows(FastException.class, model::close, "a model was closed under its session");
            session.close();
            session.close();
            assertThrows(
                    ReleasedException.class,
                    () -> session.run(
                            List.of(x), (_, spec) -> Tensor.allocate(spec, bytes -> pool.allocate(bytes, "test"))));
            model.close();
            model.close();
            assertThrows(ReleasedException.class, model::openSession);
        }
    }

    void everyDevice() throws InterruptedException {
        for (String device : subject.available().devices()) {
            EngineOptions here = ONE.withDevice(device);
            try (ConformanceRun run = subject.load("convolution", folder.resolve(device), here)) {
                run.check(0);
            } catch (EngineException without32Bits) {
                String message = String.valueOf(without32Bits.getMessage());
                assertTrue(message.contains(Precision.AUTO.toString()), message);
                subject.load("convolution", folder.resolve(device), here.withPrecision(Precision.AUTO))
                        .close();
            }
        }
    }

    void precisions() throws InterruptedException {
        ImmutableList<String> known = subject.available().precisions();
        for (Precision precision : Precision.values()) {
            try (ConformanceRun run = subject.load("dense", folder, ONE.withPrecision(precision))) {
                String taken = run.model().choice().precision();
                assertTrue(known.contains(taken), () -> "met " + taken + "; needed one of " + known);
                if (precision == Precision.F32) {
                    assertEquals("f32", taken);
                    run.check(1);
                }
            }
        }
    }

    void besideOthers(Runnable loadOthers) throws InterruptedException {
        try (ConformanceRun run = subject.load("convolution", folder, ONE)) {
            List<byte[]> before = run.bytes(1);
            loadOthers.run();
            assertSame(before, run.bytes(1));
        }
        try (ConformanceRun again = subject.load("convolution", folder.resolve("again"), ONE)) {
            again.check(1);
        }
    }

    void probe() {
        var available = subject.available();
        assertTrue(!available.formats().isEmpty(), "it reads no format");
        assertTrue(!available.devices().isEmpty(), "it computes on no device");
        assertTrue(available.precisions().contains("f32"), "it does not compute in f32");
        assertTrue(!available.version().isBlank(), "it has no version");
    }
}
