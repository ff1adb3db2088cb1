// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class EventRecorderTest {
    @Test
    void eventsKeepTheirOrder() {
        EventRecorder events = new EventRecorder();
        events.record("a");
        events.record("b");
        events.record("a");
        assertThat(events.events()).containsExactly("a", "b", "a");
        assertThat(events.count("a")).isEqualTo(2);
        assertThat(events).hasToString("[a, b, a]");
    }

    @Test
    void waitingEndsWithTheEventOfAnotherThread() throws InterruptedException {
        EventRecorder events = new EventRecorder();
        Thread other = Thread.ofVirtual().start(() -> {
            events.record("first");
            events.record("second");
        });
        assertThat(events.await("second")).contains("first", "second");
        assertThat(events.await(2)).hasSize(2);
        other.join();
    }

    @Test
    void noEventIsLostBetweenManyThreads() throws InterruptedException {
        EventRecorder events = new EventRecorder();
        for (int thread = 0; thread < 8; thread++) {
            Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 100; i++) {
                    events.record("event");
                }
            });
        }
        assertThat(events.await(800)).hasSize(800);
    }

    @Test
    void waitingInVainFailsAndShowsWhatHappened() {
        EventRecorder events = new EventRecorder(Duration.ofMillis(1));
        events.record("a");
        assertThatThrownBy(() -> events.await("b"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("waited 1 ms for 'b'; met [a]. Look what stopped it.");
    }
}
