// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.error.LeakException;
import org.fastpipeline.core.error.MissingValueException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.testing.Nodes.Ticker;
import org.fastpipeline.testing.Nodes.Zip;
import org.junit.jupiter.api.Test;

/// Restreams and clocks in a [NodeRun].
class NodeRunStreamsTest {
    /// Takes pictures and numbers from one stream and keeps as many pictures as it is told.
    private static final class Keeper extends Restream<List<Restream.Arrival>> {
        final In<Image> image = in("image", Image.class);
        final In<Long> number = in("number", Long.class);
        final Out<Long> out = out("out", Long.class);
        private final int keeps;
        private final int says;

        Keeper(int keeps, int says) {
            this.keeps = keeps;
            this.says = says;
        }

        @Override
        public List<Arrival> open() {
            return new ArrayList<>();
        }

        @Override
        public boolean next(List<Arrival> state, Intake intake, Step step) throws InterruptedException {
            if (state.size() == keeps) {
                state.removeFirst().close();
            }
            Optional<Arrival> arrival = intake.take(image);
            arrival.ifPresent(taken -> {
                state.add(taken);
                step.put(out, taken.get(number) * taken.get(image).width());
            });
            return arrival.isPresent();
        }

        @Override
        public void close(List<Arrival> state) {
            state.forEach(Arrival::close);
        }

        @Override
        public int holds() {
            return says;
        }
    }

    private static List<Image> images(NodeRun run, int count) {
        List<Image> images = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            images.add(Image.allocate(ImageSpec.of(i, 2, ChannelOrder.GREY, ElementType.U8), run.memory()));
        }
        return images;
    }

    @Test
    void aRestreamMakesFramesOfGivenStreams() {
        Zip zip = new Zip();
        try (NodeRun run = NodeRun.of(zip)) {
            List<NodeResult> results = run.withStream(zip.left, List.of(1L, 2L, 3L))
                    .withStream(zip.right, List.of(10L, 20L))
                    .all();
            assertThat(results).extracting(result -> result.get(zip.sum)).containsExactly(11L, 22L);
            assertThat(run.next()).isEmpty();
        }
    }

    @Test
    void aFailedFrameReachesTheRestreamAsItIs() {
        Zip zip = new Zip();
        try (NodeRun run = NodeRun.of(zip)) {
            run.withOutcomes(zip.left, List.of(new Outcome.Skipped<>("too dark")))
                    .withStream(zip.right, List.of(10L));
            assertThatThrownBy(run::next)
                    .isInstanceOf(MissingValueException.class)
                    .hasMessageContaining("too dark");
            assertThat(run.next()).isEmpty();
        }
    }

    @Test
    void portsOfOneStreamComeTogether() {
        Keeper keeper = new Keeper(1, 1);
        try (NodeRun run = NodeRun.of(keeper)) {
            List<NodeResult> results = run.withStream(keeper.image, images(run, 3))
                    .withStream(keeper.number, List.of(10L, 20L, 30L), keeper.image)
                    .all();
            assertThat(results).extracting(result -> result.get(keeper.out)).containsExactly(10L, 40L, 90L);
        }
    }

    @Test
    void portsOfOneStreamHaveAsManyFrames() {
        Keeper keeper = new Keeper(1, 1);
        try (NodeRun run = NodeRun.of(keeper)) {
            run.withStream(keeper.image, images(run, 3));
            assertThatThrownBy(() -> run.withStream(keeper.number, List.of(10L), keeper.image))
                    .isInstanceOf(WrongUseException.class)
                    .hasMessageContaining("met 1 frames; needed 3");
        }
    }

    @Test
    void aRestreamThatHoldsMoreThanItSaysIsFound() {
        Keeper keeper = new Keeper(3, 2);
        try (NodeRun run = NodeRun.of(keeper)) {
            run.withStream(keeper.image, images(run, 4))
                    .withStream(keeper.number, List.of(1L, 2L, 3L, 4L), keeper.image);
            assertThatThrownBy(run::all)
                    .isInstanceOf(WrongUseException.class)
                    .hasMessageContaining("met 3 frames of image held; needed at most 2, as holds() says");
        }
    }

    @Test
    void aMissingStreamIsNamed() {
        Zip zip = new Zip();
        try (NodeRun run = NodeRun.of(zip)) {
            run.withStream(zip.left, List.of(1L));
            assertThatThrownBy(run::next).isInstanceOf(WrongUseException.class).hasMessageContaining("zip.right");
        }
    }

    @Test
    void onlyARestreamTakesStreams() {
        Ticker ticker = new Ticker(1, Duration.ZERO);
        Zip zip = new Zip();
        try (NodeRun run = NodeRun.of(ticker)) {
            assertThatThrownBy(() -> run.withStream(zip.left, List.of(1L))).isInstanceOf(WrongUseException.class);
        }
    }

    @Test
    void aNodeSeesTheGivenClock() {
        ManualClock clock = ManualClock.selfAdvancing(1);
        Ticker ticker = new Ticker(3, Duration.ofHours(1));
        try (NodeRun run = NodeRun.of(ticker).withClock(clock)) {
            assertThat(run.all()).hasSize(3);
        }
        assertThat(clock.elapsed()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void aRestreamThatRetainsAPayloadForEverIsFound() {
        Hoarder node = new Hoarder();
        NodeRun run = NodeRun.of(node);
        run.withStream(node.image, images(run, 1));
        assertThat(run.next()).isPresent();
        assertThatThrownBy(run::close).isInstanceOf(LeakException.class).hasMessageContaining("hoarder");
    }

    /// Keeps what it takes, and does not give it back.
    private static final class Hoarder extends Restream<List<Image>> {
        final In<Image> image = in("image", Image.class);
        final Out<Long> out = out("out", Long.class);

        @Override
        public List<Image> open() {
            return new ArrayList<>();
        }

        @Override
        public boolean next(List<Image> state, Intake intake, Step step) throws InterruptedException {
            Optional<Arrival> arrival = intake.take(image);
            arrival.ifPresent(taken -> {
                state.add(taken.get(image).retain(this));
                step.put(out, 1L);
            });
            return arrival.isPresent();
        }

        @Override
        public int holds() {
            return 1;
        }
    }
}
