// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.memory.MemoryPool;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.testing.Nodes.Ticker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/// That leaks are found, and that runs leave none.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LeakCheckTest {
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final CountDownLatch latch = new CountDownLatch(1);

    private static Pipeline pipeline() {
        return Pipeline.to(new Ticker(1000, Duration.ZERO).number);
    }

    @Test
    void aThreadThatGoesOnIsFoundWithWhatItIsAt() throws InterruptedException {
        Footprint before = Footprint.now();
        Thread thread = Thread.ofPlatform().name("forgotten").start(() -> {
            try {
                latch.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
        List<String> left = Footprint.now().leftSince(before, AT_ONCE);
        latch.countDown();
        thread.join();
        assertThat(left).hasSize(1).first().asString().startsWith("thread forgotten, at ");
        assertThat(Footprint.now().leftSince(before, AT_ONCE)).isEmpty();
    }

    @Test
    void aFileThatStaysOpenIsFound(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "the system does not show open descriptors");
        Path file = Files.createFile(folder.resolve("left-open"));
        Footprint before = Footprint.now();
        try (InputStream open = Files.newInputStream(file)) {
            assertThat(open.available()).isZero();
            assertThat(Footprint.now().leftSince(before, AT_ONCE))
                    .singleElement()
                    .asString()
                    .startsWith("descriptor ")
                    .endsWith("left-open");
        }
        assertThat(Footprint.now().leftSince(before, AT_ONCE)).isEmpty();
    }

    @Test
    void aRunThatIsNotClosedIsFoundByItsThreads() throws InterruptedException {
        Footprint before = Footprint.now();
        Run run = pipeline().start();
        run.next();
        assertThat(Footprint.now().leftSince(before, AT_ONCE)).anyMatch(left -> left.startsWith("thread fast-run"));
        run.close();
        assertThat(Footprint.now().leftSince(before, Duration.ofSeconds(2))).isEmpty();
    }

    /// Has a class run only where the launcher says so.
    static final class OnlyWhenAsked implements ExecutionCondition {
        private static final String ASKED = "asked";

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return context.getConfigurationParameter(ASKED).isPresent()
                    ? ConditionEvaluationResult.enabled("asked for")
                    : ConditionEvaluationResult.disabled("it leaks, as it should");
        }
    }

    /// A test that leaks; run by [#aTestThatKeepsALeaseFailsNamingItsTaker], and by nobody else.
    @ExtendWith({OnlyWhenAsked.class, LeakCheck.class})
    static final class Leaky {
        private static final String TAKER = "a test that forgets";
        private static final String MAKER = "what it is made of";

        private final MemoryPool own;

        Leaky(MemoryPool own) {
            this.own = own;
        }

        @Test
        void keepsALease(MemoryPool pool) {
            assertThat(pool.allocate(64, TAKER).isOpen()).isTrue();
            assertThat(own.allocate(64, MAKER).isOpen()).isTrue();
        }
    }

    @Test
    void aTestThatKeepsALeaseFailsNamingItsTaker() {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        // Listeners that are found by service belong to the launcher that runs this test.
        LauncherFactory.create(LauncherConfig.builder()
                        .enableTestExecutionListenerAutoRegistration(false)
                        .build())
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(Leaky.class))
                                .configurationParameter(OnlyWhenAsked.ASKED, "yes")
                                .build(),
                        summary);
        assertThat(summary.getSummary().getFailures()).singleElement().satisfies(failure -> assertThat(
                        failure.getException())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("left behind")
                .hasMessageContaining(Leaky.TAKER)
                .hasMessageContaining(Leaky.MAKER));
    }

    @Test
    void theTestsPoolIsCheckedAfterIt(MemoryPool pool) {
        pool.allocate(64, "a test that gives back").close();
        assertThat(pool.used()).isZero();
    }

    @Test
    void aFinishedRunLeavesNothing() {
        assertThat(pipeline().run().frames()).isEqualTo(1000);
    }

    @Test
    void aRunThatIsStoppedHalfwayLeavesNothing() {
        try (Run run = pipeline().start(RunOptions.standard().withWorkers(4))) {
            assertThat(run.next()).isPresent();
        }
    }

    @Test
    void aPulledPipelineLeavesNothing() {
        try (Pipeline pulled = pipeline()) {
            assertThat(pulled.pull()).isPresent();
        }
    }
}
