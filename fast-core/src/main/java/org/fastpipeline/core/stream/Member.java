// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.memory.Leased;

/// A frame in a group or window; whoever took it closes it.
///
/// @param arrival the frame
/// @param outcome its value or failure, valid until this is closed
record Member<T>(Restream.Arrival arrival, Outcome<T> outcome) implements AutoCloseable {
    /// The next frame that was not skipped; nothing at the end.
    static <T> Optional<Member<T>> take(Restream.Intake intake, In<T> in) throws InterruptedException {
        for (Optional<Restream.Arrival> taken = intake.take(in); taken.isPresent(); taken = intake.take(in)) {
            Restream.Arrival arrival = taken.get();
            Outcome<T> outcome = arrival.outcome(in);
            if (!(outcome instanceof Outcome.Skipped<T>)) {
                return Optional.of(new Member<>(arrival, outcome));
            }
            arrival.close();
        }
        return Optional.empty();
    }

    /// Puts what `combine` makes of the members' values, or the first failure among them; the metadata are the last
    /// member's.
    static <T, G> void put(
            List<Member<T>> members, Function<? super List<T>, ? extends G> combine, Out<G> out, Step step) {
        List<T> values = new ArrayList<>();
        Optional<FastException> failure = Optional.empty();
        for (Member<T> member : members) {
            switch (member.outcome) {
                case Outcome.Value<T>(T value) -> values.add(value);
                case Outcome.Failed<T>(FastException cause) -> failure = failure.or(() -> Optional.of(cause));
                case Outcome.Skipped<T> _ -> throw new IllegalStateException("skipped frames are not taken");
            }
        }
        step.tag(members.getLast().arrival.metadata());
        if (failure.isPresent()) {
            step.fail(out, failure.get());
            return;
        }
        G combined = combine.apply(values);
        try {
            step.put(out, combined);
        } finally {
            // A function may give back one of its arguments, which stays the member's.
            if (combined instanceof Leased<?> payload && values.stream().noneMatch(value -> value == combined)) {
                payload.close();
            }
        }
    }

    @Override
    public void close() {
        arrival.close();
    }
}
