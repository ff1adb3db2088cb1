// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.error.GraphException;
import org.fastpipeline.core.graph.Constant;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.run.TestNodes.Apply;
import org.fastpipeline.core.run.TestNodes.Counter;
import org.fastpipeline.core.run.TestNodes.Total;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class FoldSnapshotTest {
    private static final long CHILDREN = 40;
    private static final RunOptions VALIDATED =
            RunOptions.standard().withWorkers(3).withValidate(true);

    /// The children pass a gate one by one, parent after parent.
    private final Semaphore gate = new Semaphore(0);

    private final Stitch stitch = new Stitch();

    /// Opens a stream of children at the gate.
    private final class Gated extends Source<Long> {
        final In<Long> parent = in("parent", Long.class);
        final Out<Long> child = out("child", Long.class);

        @Override
        public Cursor<Long> open(Step step) {
            long[] next = new long[1];
            return () -> {
                if (next[0] == CHILDREN) {
                    return new Next.End<>();
                }
                gate.acquire();
                return new Next.Item<>(next[0]++, Metadata.EMPTY);
            };
        }

        @Override
        public void load(Long key, Step step) {
            step.put(child, key);
        }
    }

    private Out<Long> gatedChildren(Out<Long> parent) {
        Gated gated = new Gated();
        gated.parent.from(parent);
        return gated.child;
    }

    private Out<Long> gatedChildren(long parents) {
        return gatedChildren(new Counter(parents).number);
    }

    @Test
    void viewerSeesTheResultGrowAndThenTheResult() {
        stitch.in.from(gatedChildren(1));
        List<Integer> seen = new ArrayList<>();
        List<Boolean> partial = new ArrayList<>();

        try (Run run = Pipeline.of(List.of(Subscription.snapshots(stitch.picture)), List.of())
                .start(VALIDATED)) {
            gate.release(3);
            for (Frame frame : run) {
                assertThat(frame.id().toString()).isEqualTo("counter#0");
                seen.add(Stitch.whole(frame.get(stitch.picture)));
                partial.add(frame.isSnapshot());
                gate.release(3);
            }
        }
        assertThat(seen).hasSizeGreaterThan(3);
        assertThat(seen.removeLast()).isEqualTo((int) CHILDREN);
        // The last snapshot may show all children, before the fold has given its result.
        assertThat(seen).isSorted().doesNotHaveDuplicates();
        assertThat(partial.removeLast()).isFalse();
        assertThat(partial).doesNotContain(false);
    }

    /// Three children are in before anybody asks; no further one comes, so nothing but the asking makes the
    /// snapshot.
    @Test
    void viewerWhoComesBetweenTwoAddsIsShownWhatThereIs() {
        stitch.in.from(gatedChildren(1));
        Pipeline pipeline = Pipeline.of(List.of(Subscription.snapshots(stitch.picture)), List.of());

        try (Run run = pipeline.start(VALIDATED)) {
            gate.release(3);
            int seen = 0;
            while (seen < 3) {
                Frame frame = run.next().orElseThrow();
                seen = Stitch.whole(frame.get(stitch.picture));
            }
            assertThat(seen).isEqualTo(3);
            gate.release((int) CHILDREN);
        }
    }

    @Test
    void snapshotDoesNotChangeAfterwards() {
        stitch.in.from(gatedChildren(1));

        try (Run run = Pipeline.of(
                        List.of(Subscription.snapshots(stitch.picture), Subscription.every(stitch.picture)), List.of())
                .start(VALIDATED)) {
            gate.release(2);
            Tensor kept = run.next(0).orElseThrow().get(stitch.picture).retain("the test");
            int then = Stitch.whole(kept);
            gate.release((int) CHILDREN);
            assertThat(Stitch.whole(run.next(1).orElseThrow().get(stitch.picture)))
                    .isEqualTo((int) CHILDREN);
            assertThat(Stitch.whole(kept)).isEqualTo(then);
            kept.close();
        }
    }

    @Test
    void snapshotsAreMadeOnlyWhenSomebodyWaits() {
        stitch.in.from(gatedChildren(5));
        gate.release((int) (5 * CHILDREN));

        try (Run run = Pipeline.of(
                        List.of(
                                Subscription.every(stitch.picture),
                                Subscription.snapshots(stitch.picture),
                                Subscription.snapshots(stitch.picture).late()),
                        List.of())
                .start(VALIDATED)) {
            for (Frame frame : run) {
                assertThat(Stitch.whole(frame.get(stitch.picture))).isEqualTo((int) CHILDREN);
            }
        }
        assertThat(stitch.snapshots).hasValue(0);
    }

    @Test
    void whoTakesEveryFrameGetsTheSameWhetherOrNotSomebodyWatches() throws Exception {
        stitch.in.from(gatedChildren(30));
        gate.release((int) (30 * CHILDREN));
        List<Integer> watched = new ArrayList<>();

        Run run = Pipeline.of(
                        List.of(Subscription.every(stitch.picture), Subscription.snapshots(stitch.picture)), List.of())
                .start(VALIDATED);
        Thread viewer = Thread.ofPlatform().start(() -> run.frames(1).forEach(frame -> {
            watched.add(Stitch.whole(frame.get(stitch.picture)));
            assertThat(frame.isSnapshot()).isEqualTo(watched.getLast() < CHILDREN);
        }));
        try (run) {
            int frames = 0;
            for (Frame frame : run) {
                assertThat(Stitch.whole(frame.get(stitch.picture))).isEqualTo((int) CHILDREN);
                frames++;
            }
            assertThat(frames).isEqualTo(30);
            viewer.join();
        }
        assertThat(watched).endsWith((int) CHILDREN);
    }

    @Test
    void foldsOfOneStreamAreShownAfterTheSameChild() {
        Out<Long> children = gatedChildren(1);
        stitch.in.from(children);
        Stitch other = new Stitch();
        Apply slower = new Apply(value -> value);
        slower.in.from(children);
        other.in.from(slower.out);

        try (Run run = Pipeline.of(List.of(Subscription.snapshots(stitch.picture, other.picture)), List.of())
                .start(VALIDATED)) {
            gate.release(1);
            for (Frame frame : run) {
                assertThat(Stitch.whole(frame.get(other.picture))).isEqualTo(Stitch.whole(frame.get(stitch.picture)));
                gate.release(1);
            }
        }
    }

    @Test
    void failingSnapshotIsShownToTheViewerOnly() {
        stitch.in.from(gatedChildren(1));
        stitch.fails = true;

        try (Run run = Pipeline.of(
                        List.of(Subscription.every(stitch.picture), Subscription.snapshots(stitch.picture)), List.of())
                .start(VALIDATED.failFast())) {
            gate.release(1);
            Frame shown = run.next(1).orElseThrow();
            assertThat(shown.isSnapshot()).isTrue();
            assertThat(shown.failure().orElseThrow()).hasMessage("stitch, frame counter#0: no copy to be had");
            gate.release((int) CHILDREN);
            assertThat(Stitch.whole(run.next(0).orElseThrow().get(stitch.picture)))
                    .isEqualTo((int) CHILDREN);
        }
    }

    @Test
    void foldThatMakesNoSnapshotsShowsItsResults() {
        Total total = new Total(false);
        total.in.from(gatedChildren(3));
        gate.release((int) (3 * CHILDREN));
        List<Boolean> partial = new ArrayList<>();

        try (Run run = Pipeline.of(List.of(Subscription.snapshots(total.out)), List.of())
                .start(VALIDATED)) {
            run.forEach(frame -> partial.add(frame.isSnapshot()));
        }
        assertThat(partial).isNotEmpty().doesNotContain(true);
    }

    @Test
    void snapshotsOfARunThatIsStoppedAreGivenBack() {
        for (int i = 0; i < 200; i++) {
            Stitch fold = new Stitch();
            fold.in.from(gatedChildren(3));
            gate.drainPermits();
            gate.release((int) (3 * CHILDREN));
            try (Run run = Pipeline.of(List.of(Subscription.snapshots(fold.picture)), List.of())
                    .start(VALIDATED)) {
                for (int taken = 0; taken < i % 5; taken++) {
                    run.next();
                }
            }
        }
    }

    @Test
    void staticFoldShowsSnapshotsToo() {
        stitch.in.from(gatedChildren(new Constant<>(Long.class, 1L).output));

        try (Run run = Pipeline.of(List.of(Subscription.snapshots(stitch.picture)), List.of())
                .start(VALIDATED)) {
            gate.release(1);
            Frame first = run.next().orElseThrow();
            assertThat(first.isSnapshot()).isTrue();
            assertThat(Stitch.whole(first.get(stitch.picture))).isEqualTo(1);
            gate.release((int) CHILDREN);
            int last = 0;
            for (Frame frame : run) {
                last = Stitch.whole(frame.get(stitch.picture));
            }
            assertThat(last).isEqualTo((int) CHILDREN);
        }
    }

    @Test
    void onlyOutputsOfFoldsHaveSnapshots() {
        Counter counter = new Counter(1);

        assertThatThrownBy(() -> Pipeline.of(List.of(Subscription.snapshots(counter.number)), List.of()))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("counter.number")
                .hasMessageContaining("which no fold fills");
    }
}
