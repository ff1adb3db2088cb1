// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.graph.TimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpeedTrialTest {
    private static final String KEY = "net 1\nmachine\n";

    private final AtomicLong now = new AtomicLong();
    private final TimeSource clock = new TimeSource() {
        @Override
        public long nanoTime() {
            return now.get();
        }

        @Override
        public void sleepUntil(long nanoTime) {
            throw new UnsupportedOperationException("a trial does not sleep");
        }
    };
    private final ModelSource net = ModelSource.of(Path.of("net.onnx"), ModelFormat.ONNX);
    private final FakeEngine slow = taking("a", 5);
    private final FakeEngine fast = taking("b", 2);
    private final FakeEngine usual = taking("c", 3);

    @TempDir
    Path cache;

    /// An engine whose calls take that long.
    private FakeEngine taking(String name, long milliseconds) {
        return FakeEngine.of(name, ModelFormat.ONNX)
                .running(() -> now.addAndGet(TimeUnit.MILLISECONDS.toNanos(milliseconds)));
    }

    private EngineOrder trial(Path folder, String key, FakeEngine... engines) {
        Engines found = Engines.of(engines);
        EngineOrder expected =
                EngineOrder.of(found.reports(), List.of(ModelFormat.ONNX), new EngineWish.Measured(folder));
        SpeedTrial.Loader loader = candidate -> {
            for (FakeEngine engine : engines) {
                if (engine.name().equals(candidate.name())) {
                    return engine.load(net, new EngineOptions(1, 1));
                }
            }
            throw new IllegalStateException("no engine " + candidate.name());
        };
        return new SpeedTrial(clock, loader, new TrialCache(folder), key).order(expected);
    }

    private static List<String> names(EngineOrder order) {
        return order.candidates().stream().map(EngineOrder.Candidate::name).toList();
    }

    private Path answer() {
        return new TrialCache(cache).file(KEY);
    }

    @Test
    void theFastestComesFirstAndTheFiguresAreSaid() {
        EngineOrder order = trial(cache, KEY, slow, fast, usual);
        assertThat(names(order)).containsExactly("b", "c", "a");
        assertThat(order.candidates().getFirst().why())
                .isEqualTo("b ONNX took 2.000 ms, c ONNX took 3.000 ms, a ONNX took 5.000 ms when measured now");
        assertThat(slow.events()).containsExactly("load", "open", "close session", "close model");
    }

    @Test
    void whatWasMeasuredIsKeptAndNotMeasuredAgain() {
        trial(cache, KEY, slow, fast, usual);
        EngineOrder again = trial(cache, KEY, slow, fast, usual);
        assertThat(names(again)).containsExactly("b", "c", "a");
        assertThat(again.candidates().getFirst().why()).endsWith(" when measured before, see " + answer());
        assertThat(fast.events()).hasSize(4);
        assertThat(cache).isDirectoryContaining(file -> file.equals(answer()));
        assertThat(cache.toFile().list()).hasSize(1);
    }

    @Test
    void anotherKeyIsMeasuredAnew() {
        trial(cache, KEY, slow, fast);
        assertThat(trial(cache, KEY + "2", slow, fast).candidates().getFirst().why())
                .endsWith("when measured now");
    }

    @Test
    void aMedianIsTakenSoThatOneSlowCallDoesNotCount() {
        AtomicLong calls = new AtomicLong();
        FakeEngine hiccup = FakeEngine.of("d", ModelFormat.ONNX)
                .running(() ->
                        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(calls.incrementAndGet() % 10 == 0 ? 100 : 1)));
        assertThat(names(trial(cache, KEY, fast, hiccup))).containsExactly("d", "b");
    }

    @Test
    void anEngineThatFailsComesLastWithItsReason() {
        FakeEngine unfit = FakeEngine.of("u", ModelFormat.ONNX).loading(() -> {
            throw new ModelException("net.onnx", "has an unknown layer", "Take another", null);
        });
        FakeEngine broken = FakeEngine.of("x", ModelFormat.ONNX).running(() -> {
            throw new UnsatisfiedLinkError("no libfoo");
        });
        EngineOrder order = trial(cache, KEY, unfit, broken, slow, fast);
        assertThat(names(order)).containsExactly("b", "a", "u", "x");
        assertThat(order.candidates().getFirst().why())
                .contains("u ONNX could not be timed (model net.onnx: has an unknown layer. Take another)")
                .contains("x ONNX could not be timed (java.lang.UnsatisfiedLinkError: no libfoo)");
        assertThat(broken.events()).containsExactly("load", "open", "close session", "close model");
    }

    @Test
    void whereNoneCanBeTimedTheExpectedOrderStaysAndNothingIsKept() {
        FakeEngine broken = FakeEngine.of("x", ModelFormat.ONNX).running(() -> {
            throw new IllegalStateException("bad day");
        });
        FakeEngine other = FakeEngine.of("y", ModelFormat.ONNX).running(() -> {
            throw new IllegalStateException("bad day");
        });
        assertThat(names(trial(cache, KEY, other, broken))).containsExactly("x", "y");
        assertThat(cache).isEmptyDirectory();
    }

    @Test
    void theOnlyCandidateIsNotTimed() {
        assertThat(trial(cache, KEY, fast).candidates().getFirst().why()).isEqualTo("it reads ONNX");
        assertThat(fast.events()).isEmpty();
    }

    @Test
    void anAnswerThatCannotBeKeptIsGivenAllTheSame() throws IOException {
        Path file = Files.writeString(cache.resolve("file"), "in the way");
        EngineOrder order = trial(file.resolve("engines"), KEY, slow, fast);
        assertThat(names(order)).containsExactly("b", "a");
        assertThat(order.candidates().getFirst().why())
                .contains("when measured now, which could not be kept: java.nio.file.");
    }

    @Test
    void aDamagedAnswerCountsForNothingAndIsReplaced() throws IOException {
        trial(cache, KEY, slow, fast);
        byte[] whole = Files.readAllBytes(answer());
        List<String> labels = List.of("a ONNX", "b ONNX");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = random.nextBoolean() ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            if (damaged.length == whole.length) {
                damaged[random.nextInt(whole.length)] ^= (byte) (1 + random.nextInt(255));
            }
            Files.write(answer(), damaged);
            assertThat(new TrialCache(cache).read(KEY, labels))
                    .as("seed %d", seed)
                    .isEmpty();
        }
        assertThat(trial(cache, KEY, slow, fast).candidates().getFirst().why()).endsWith("when measured now");
        assertThat(answer()).hasBinaryContent(whole);
    }

    @Test
    void anAnswerAboutOtherEnginesCountsForNothing() {
        TrialCache answers = new TrialCache(cache);
        assertThat(answers.write(KEY, ImmutableMap.of("a ONNX", 1L))).isEmpty();
        assertThat(answers.read(KEY, List.of("a ONNX"))).contains(ImmutableMap.of("a ONNX", 1L));
        assertThat(answers.read(KEY, List.of("b ONNX"))).isEmpty();
    }
}
