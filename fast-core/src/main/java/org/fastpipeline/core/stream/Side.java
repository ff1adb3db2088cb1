// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.stream;

import java.time.Duration;
import java.util.Optional;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.graph.Step;
import org.jspecify.annotations.Nullable;

/// One of two streams that are synchronised: the frame it shows and the one after, which says until when.
final class Side<T> {
    private final In<T> in;
    private @Nullable Member<T> now;
    private @Nullable Member<T> ahead;
    private Duration last = Duration.ZERO;

    private record Member<T>(Restream.Arrival arrival, Outcome<T> outcome, Metadata metadata, Duration time) {}

    Side(In<T> in) {
        this.in = in;
    }

    /// Looks at the next frame, if there is one.
    void look(Restream.Intake intake) throws InterruptedException {
        if (ahead == null) {
            Optional<Restream.Arrival> taken = intake.take(in);
            if (taken.isPresent()) {
                Restream.Arrival arrival = taken.get();
                Outcome<T> outcome = arrival.outcome(in);
                Metadata metadata = arrival.metadata();
                last = time(arrival, outcome, metadata);
                ahead = new Member<>(arrival, outcome, metadata, last);
            }
        }
    }

    /// What failed before its time was known comes when the frame before does.
    private Duration time(Restream.Arrival arrival, Outcome<T> outcome, Metadata metadata) {
        Optional<Duration> time = metadata.get(Metadata.TIME);
        if (time.isEmpty() && !(outcome instanceof Outcome.Value<T>)) {
            return last;
        }
        if (time.isEmpty() || time.get().compareTo(last) < 0) {
            throw new InputException(
                    in + ", frame " + arrival.frame(),
                    time.isEmpty() ? "it has no time" : "its time " + time.get() + " is before " + last,
                    "Give the stream a rate or stored times, and play it once",
                    null);
        }
        return time.get();
    }

    /// When the frame after the one shown comes; nothing after the last.
    @Nullable Duration nextTime() {
        return ahead == null ? null : ahead.time;
    }

    boolean hasBegun() {
        return now != null;
    }

    /// Shows the newest frame until `moment`.
    void goTo(Duration moment, Restream.Intake intake) throws InterruptedException {
        for (Member<T> next = ahead; next != null && next.time.compareTo(moment) <= 0; next = ahead) {
            if (now != null) {
                now.arrival.close();
            }
            now = next;
            ahead = null;
            look(intake);
        }
    }

    void tag(Step step) {
        if (now != null) {
            step.tag(now.metadata);
        }
    }

    void pass(Step step, Out<T> out) {
        Passing.pass(
                step, out, now == null ? new Outcome.Skipped<>("the stream of " + in + " has not begun") : now.outcome);
    }

    void close() {
        if (now != null) {
            now.arrival.close();
        }
        if (ahead != null) {
            ahead.arrival.close();
        }
    }
}
