// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import java.io.FileInputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.memory.MemoryPool;

/// A soak with a workload among the others that leaks, or gives a wrong result.
final class LeakySoak {
    private static final ImageSpec SPEC = ImageSpec.of(64, 64, ChannelOrder.GREY, ElementType.U8);

    private LeakySoak() {}

    /// Soaks for some seconds.
    ///
    /// @param arguments what is leaked
    public static void main(String... arguments) throws Exception {
        // Memory is judged at once, which is too early to pass; so that is asked only of the soak that leaks it.
        Duration measured = arguments[0].equals("memory") ? Duration.ZERO : Duration.ofDays(1);
        List<Workload> workloads = new ArrayList<>(Soak.standard());
        workloads.add(new Leak(arguments[0], new ArrayList<>()));
        SoakOptions options = new SoakOptions(Duration.ofSeconds(5), measured, 1, 0, 1);
        List<String> broken = new Soak(options, workloads, System.out).run();
        System.exit(broken.isEmpty() ? 0 : 1);
    }

    private record Leak(String kind, List<Object> forgotten) implements Workload {
        @Override
        public long run(Trial trial) throws IOException {
            switch (kind) {
                case "lease" -> lease(trial);
                case "thread" -> new Thread(Leak::waitForNothing, "forgotten").start();
                case "descriptor" -> descriptor(trial);
                case "memory" -> Arena.global().allocate(32 << 20).fill((byte) 1);
                case "file" -> Files.writeString(trial.folder().resolve("forgotten.txt"), "x");
                default -> WrongResultException.unlessEqual("the result", 1, 2);
            }
            return 1;
        }

        @SuppressWarnings("resource") // that is the leak
        private static void lease(Trial trial) {
            MemoryPool pool = new MemoryPool(1 << 20, false);
            trial.ledger().image(SPEC, bytes -> pool.allocate(bytes, "forgetful"));
        }

        private static void waitForNothing() {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }

        @SuppressWarnings("resource") // that is the leak
        private void descriptor(Trial trial) throws IOException {
            Path file = Files.writeString(trial.folder().resolve("open.txt"), "x");
            forgotten.add(new FileInputStream(file.toFile()));
            Files.delete(file);
        }
    }
}
