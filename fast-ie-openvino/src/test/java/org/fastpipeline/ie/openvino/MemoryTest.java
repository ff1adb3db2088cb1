// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fastpipeline.ie.openvino.TestModels.ONE;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.core.inference.Session;
import org.fastpipeline.core.memory.MemoryPool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class MemoryTest {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int INFERENCES = 4000;
    private static final int WARM_UP = 20_000;

    private final InferenceEngine engine = TestModels.engine();
    private final MemoryPool pool;

    MemoryTest(MemoryPool pool) {
        this.pool = pool;
    }

    @BeforeAll
    static void start() {
        TestModels.start();
    }

    @Test
    void inputsAndOutputsOfKnownSizeAreUsedWhereTheyLie() {
        try (OpenVinoModel model = (OpenVinoModel)
                        engine.load(ModelSource.of(TestModels.file("one.xml"), ModelFormat.OPENVINO_IR), ONE);
                OpenVinoSession session = (OpenVinoSession) model.openSession();
                Tensor input = TestModels.tensor(pool, "NC", new float[] {1, 2, 3}, 1, 3)) {
            List<Tensor> outputs =
                    session.run(List.of(input), (_, spec) -> Tensor.allocate(spec, TestModels.memory(pool)));
            try (Tensor output = outputs.getFirst()) {
                assertThat(session.inputAddress(0)).isEqualTo(input.address());
                assertThat(session.outputAddress(0)).isEqualTo(output.address());
            }
        }
    }

    private static long residentKilobytes() throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    @Test
    void inputsOfEverNewSizesDoNotMakeTheProcessGrow() throws IOException {
        assumeTrue(Files.exists(STATUS), "the system does not say how much memory a process has");
        long seed = 20261122;
        Random random = new Random(seed);
        try (Model model = engine.load(TestModels.convolution(-1, -1, -1), ONE);
                Session session = model.openSession()) {
            long before = 0;
            for (int i = 0; i < INFERENCES; i++) {
                if (i == INFERENCES / 10) {
                    before = residentKilobytes();
                }
                int height = 1 + random.nextInt(40);
                int width = 1 + random.nextInt(40);
                float[] image = new float[2 * height * width];
                TestModels.run(pool, session, TestModels.tensor(pool, "NCHW", image, 1, 2, height, width));
            }
            assertThat(residentKilobytes() - before).as("seed " + seed).isLessThan(64 << 10);
        }
    }

    @Test
    void aCallAllocatesNextToNothingOnTheHeap() {
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        for (String name : List.of("identity", "dense")) {
            try (Model model = engine.load(TestModels.onnx(name), ONE);
                    Session session = model.openSession();
                    Tensor input = name.equals("dense")
                            ? TestModels.tensor(pool, "NC", new float[3], 1, 3)
                            : TestModels.tensor(pool, "NC", new float[16], 1, 16);
                    Tensor output = name.equals("dense")
                            ? TestModels.tensor(pool, "NC", new float[2], 1, 2)
                            : TestModels.tensor(pool, "NC", new float[16], 1, 16)) {
                List<Tensor> inputs = List.of(input);
                for (int i = 0; i < WARM_UP; i++) {
                    session.run(inputs, (_, _) -> output);
                }
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < INFERENCES; i++) {
                    session.run(inputs, (_, _) -> output);
                }
                long bytes = threads.getCurrentThreadAllocatedBytes() - before;
                assertThat(bytes / INFERENCES).as(name).isLessThanOrEqualTo(200);
            }
        }
    }

    /// The request of the second session still has the tensor of its last call, over memory that is gone by then.
    @Test
    void memoryMayBeGoneWhenItsCallIsOver() {
        try (Model model = engine.load(TestModels.onnx("dense"), ONE);
                Session session = model.openSession()) {
            for (int items = 1; items < 200; items++) {
                try (MemoryPool other = new MemoryPool(1 << 20, true)) {
                    Tensor input = TestModels.tensor(other, "NC", new float[3 * items], items, 3);
                    assertThat(TestModels.run(other, session, input).getFirst()).hasSize(2 * items);
                }
            }
        }
    }
}
