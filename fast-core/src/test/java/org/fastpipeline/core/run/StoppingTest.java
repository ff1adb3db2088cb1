// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Throwables;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.measure.RunListener;
import org.fastpipeline.core.run.TestNodes.Counter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StoppingTest {
    private static final RunOptions VALIDATED =
            RunOptions.standard().withWorkers(2).withValidate(true);

    private static Stream<String> places() {
        return Everywhere.PLACES.entrySet().stream()
                .flatMap(node -> node.getValue().stream().map(hook -> node.getKey() + "." + hook))
                .sorted();
    }

    private static Stream<Arguments> troubles() {
        List<Throwable> all = List.of(
                new IllegalStateException("trouble"),
                new IOException("trouble"),
                new StackOverflowError("trouble"),
                new OutOfMemoryError("trouble"),
                new InterruptedException("trouble"));
        return places().flatMap(place -> all.stream().map(trouble -> Arguments.of(place, trouble)));
    }

    /// What closing throws is logged, but for a sink's, which may not have committed: all else is known by then.
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("troubles")
    void whateverIsThrownAnywhereNamesItsNodeKeepsItsCauseAndLeavesNothing(String place, Throwable trouble) {
        Everywhere graph = new Everywhere(place, () -> raise(trouble));
        List<FastException> failures = new ArrayList<>();

        try (Run run = graph.pipeline.start(VALIDATED)) {
            run.forEach(frame -> frame.failure().ifPresent(failures::add));
        } catch (FastException stopped) {
            failures.add(stopped);
        }

        assertThat(graph.happened.get()).isPositive();
        assertThat(graph.open).isEmpty();
        String node = place.substring(0, place.indexOf('.'));
        if (place.endsWith(".close") && !node.equals("drain")) {
            assertThat(failures).isEmpty();
        } else {
            assertThat(failures).isNotEmpty();
            List<Throwable> causes = Throwables.getCausalChain(failures.getFirst());
            assertThat(causes)
                    .anyMatch(cause -> cause.toString().contains(node + ", frame ")
                            && cause.toString().contains("trouble"));
            assertThat(causes.getLast()).isSameAs(trouble);
        }
        Everywhere next = new Everywhere("", () -> {});
        try (Run run = next.pipeline.start(VALIDATED)) {
            assertThat(run.finish().failed()).isZero();
        }
    }

    private static void raise(Throwable trouble) throws Exception {
        switch (trouble) {
            case Error error -> throw error;
            case Exception exception -> throw exception;
            default -> throw new IllegalArgumentException(trouble);
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void runMayBeClosedFromWithinAnyNode(String place) {
        CompletableFuture<Run> self = new CompletableFuture<>();
        Everywhere graph = new Everywhere(place, () -> {
            self.get().close();
            self.get().close();
        });

        try (Run run = graph.pipeline.start(VALIDATED)) {
            self.complete(run);
            run.forEach(frame -> {});
        }
        assertThat(graph.happened.get()).isPositive();
        assertThat(graph.open).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("places")
    void runMayBeCancelledFromWithinAnyNode(String place) {
        CompletableFuture<Run> self = new CompletableFuture<>();
        Everywhere graph = new Everywhere(place, () -> self.get().cancel());

        try (Run run = graph.pipeline.start(VALIDATED)) {
            self.complete(run);
            run.forEach(frame -> {});
        }
        assertThat(graph.open).isEmpty();
    }

    @Test
    @Tag("behaviour-41")
    void stopFromWithinTheSourceDoesNotLockUp() throws Exception {
        CompletableFuture<Run> self = new CompletableFuture<>();
        CompletableFuture<Boolean> returned = new CompletableFuture<>();
        Everywhere graph = new Everywhere("origin.next", () -> {
            try {
                self.get().close();
                returned.complete(true);
            } finally {
                returned.complete(false);
            }
        });

        try (Run run = graph.pipeline.start(VALIDATED.withStopDeadline(Duration.ofSeconds(2)))) {
            self.complete(run);
            run.forEach(frame -> {});
            assertThat(returned.get()).isTrue();
        }
    }

    @Test
    void runMayBeClosedFromAListener() throws Exception {
        CompletableFuture<Run> self = new CompletableFuture<>();
        Counter counter = new Counter(Long.MAX_VALUE);
        RunOptions options = VALIDATED.withListener(new RunListener() {
            @Override
            public void frameDone(String frame, Optional<FastException> failure) {
                if (frame.equals("counter#7")) {
                    self.join().close();
                }
            }
        });

        try (Run run = Pipeline.to(counter.number).start(options)) {
            self.complete(run);
            List<Long> seen = new ArrayList<>();
            run.forEach(frame -> seen.add(frame.get(counter.number)));
            assertThat(seen).hasSizeLessThan(9).isSorted();
        }
        assertThat(counter.closed).hasValue(1);
    }

    @Test
    void errorInAListenerDoesNotDisturbTheRun() {
        Counter counter = new Counter(3);
        RunOptions options = VALIDATED.withListener(new RunListener() {
            @Override
            public void frameDone(String frame, Optional<FastException> failure) {
                throw new StackOverflowError("listener");
            }
        });

        try (Run run = Pipeline.to(counter.number).start(options)) {
            assertThat(run.finish().frames()).isEqualTo(3);
        }
    }

    @Test
    void runMayBeClosedByManyThreadsAtOnce() throws Exception {
        for (int i = 0; i < 50; i++) {
            Everywhere graph = new Everywhere("", () -> {});
            Run run = graph.pipeline.start(VALIDATED);
            List<Thread> closers = new ArrayList<>();
            for (int j = 0; j < 4; j++) {
                boolean cancels = j == 0;
                closers.add(Thread.ofPlatform().start(() -> {
                    if (cancels) {
                        run.cancel();
                    }
                    run.close();
                }));
            }
            for (Thread closer : closers) {
                closer.join();
            }
            assertThat(graph.open).isEmpty();
            assertThat(run.next()).isEmpty();
        }
    }

    @Test
    void consumerThatThrowsClosesCleanly() {
        Everywhere graph = new Everywhere("", () -> {});

        assertThatThrownBy(() -> {
                    try (Run run = graph.pipeline.start(VALIDATED)) {
                        run.forEach(frame -> {
                            frame.get(graph.again.out);
                            throw new IllegalStateException("not to my taste");
                        });
                    }
                })
                .hasMessage("not to my taste")
                .hasNoSuppressedExceptions();
        assertThat(graph.open).isEmpty();
    }

    @Test
    @Tag("behaviour-32")
    void abortedRunTellsSinksThatItFailed() {
        Counter counter = new Counter(Long.MAX_VALUE);
        TestNodes.Recorder recorder = new TestNodes.Recorder();
        recorder.in.from(counter.number);

        try (Run run = Pipeline.to(recorder).start(VALIDATED)) {
            run.abort("the operator gave up");
            assertThatThrownBy(run::finish).hasMessageContaining("the operator gave up");
        }
        assertThat(recorder.completions).singleElement().satisfies(told -> assertThat(Objects.toString(told))
                .contains("the operator gave up"));
    }
}
