// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.Mapping;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.Subscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Newest-only subscribers of a stream that is paused: no frame comes by itself that could take the place of another.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class PausedViewersTest {
    private final GeneratorStreamer<Long> streamer = new GeneratorStreamer<>(Long.class, 100, (place, step) -> place);
    private final Mapping<Long, Long> node = new Mapping<>(Long.class, Long.class, value -> value);
    private final Playback playback = streamer.playback();

    PausedViewersTest() {
        node.input.from(streamer.value);
        playback.pause();
    }

    private Run start(Subscription... subscriptions) {
        return Pipeline.of(List.of(subscriptions), List.of()).start(Runs.options());
    }

    private Subscription newest() {
        return Subscription.newest(node.output);
    }

    private long next(Run run, int position) {
        Frame frame = run.next(position).orElseThrow();
        return frame.metadata(node.output).get(Metadata.INDEX).orElseThrow();
    }

    @Test
    void frameSoughtAfterJoiningIsShown() {
        try (Run run = start(newest().late())) {
            run.join(0);
            playback.seek(7);
            assertThat(next(run, 0)).isEqualTo(7);
        }
    }

    @Test
    void frameSoughtBeforeJoiningIsShown() {
        try (Run run = start(newest().late())) {
            playback.seek(7);
            run.join(0);
            assertThat(next(run, 0)).isEqualTo(7);
        }
    }

    @Test
    void frameSoughtBeforeJoiningThatOthersHaveSeenIsShown() {
        try (Run run = start(Subscription.every(node.output), newest().late())) {
            playback.seek(7);
            assertThat(next(run, 0)).isEqualTo(7);
            run.join(1);
            assertThat(next(run, 1)).isEqualTo(7);
        }
    }

    @Test
    void eachFrameSoughtIsShownHoweverManyAreSoughtOneAfterTheOther() {
        try (Run run = start(newest())) {
            for (long place : new long[] {90, 3, 50, 50, 0, 99}) {
                playback.seek(place);
                assertThat(next(run, 0)).isEqualTo(place);
            }
        }
    }

    @Test
    void ofManySoughtAtOnceTheLastIsShown() {
        try (Run run = start(newest())) {
            for (long place = 90; place > 10; place--) {
                playback.seek(place);
            }
            long shown = next(run, 0);
            while (shown != 11) {
                shown = next(run, 0);
            }
        }
    }

    @Test
    void frameSoughtAfterLeavingAndJoiningAgainIsShown() {
        try (Run run = start(newest().late())) {
            for (long place = 20; place < 40; place++) {
                run.join(0);
                playback.seek(place);
                assertThat(next(run, 0)).isEqualTo(place);
                run.leave(0);
            }
        }
    }

    @Test
    void frameSoughtWhileTheOneBeforeIsStillHeldIsShown() {
        try (Run run = start(newest(), newest())) {
            playback.seek(1);
            assertThat(next(run, 0)).isEqualTo(1);
            assertThat(next(run, 1)).isEqualTo(1);
            for (long place = 2; place < 20; place++) {
                playback.seek(place);
                assertThat(next(run, 0)).isEqualTo(place);
            }
            long other = next(run, 1);
            while (other != 19) {
                other = next(run, 1);
            }
        }
    }

    @Test
    void eachFrameSoughtIsGivenToOthersThoughAViewerTakesNone() {
        try (Run run = start(Subscription.every(streamer.value), newest())) {
            for (long place = 1; place < 8; place++) {
                playback.seek(place);
                Frame frame = run.next(0).orElseThrow();
                assertThat(frame.get(streamer.value)).isEqualTo(place);
            }
            long shown = next(run, 1);
            while (shown != 7) {
                shown = next(run, 1);
            }
        }
    }

    @Test
    void frameSoughtOnceMoreIsShownToWhoJoinsForWhatNobodyAskedFor() {
        try (Run run = start(Subscription.newest(streamer.value), newest().late())) {
            playback.seek(7);
            assertThat(run.next(0).orElseThrow().get(streamer.value)).isEqualTo(7);
            run.join(1);
            playback.seek(7);
            assertThat(next(run, 1)).isEqualTo(7);
        }
    }
}
