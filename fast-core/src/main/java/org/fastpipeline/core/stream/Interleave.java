// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.stream;

import java.util.Optional;
import org.fastpipeline.core.graph.Ins;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.graph.Step;

/// One stream out of several: a frame of the first, one of the second and so on, then the first again.
///
/// It ends when the stream whose turn it is has ended. Frames bring their metadata; skipped and failed ones are
/// handed on as such. Each connection must come from a stream of its own.
///
/// @param <T> what the streams carry
public final class Interleave<T> extends Restream<Interleave.Turn> {
    /// The streams, in the order of their turns.
    public final Ins<T> inputs;

    /// Their frames in turn.
    public final Out<T> output;

    /// Most frames handed on in a second.
    public final Parameter<Double> rate =
            number("rate", 0, 0, 1e6, "frames/s", "most frames in a second; 0 hands them on as they come");

    /// Whose turn it is.
    public static final class Turn {
        private int connection;
        private final Pace pace = new Pace();

        private Turn() {}
    }

    /// @param type what the streams carry
    public Interleave(Class<T> type) {
        this.inputs = ins("inputs", type, "the streams, in the order of their turns");
        this.output = out("output", type, "their frames in turn");
    }

    @Override
    public Turn open() {
        return new Turn();
    }

    @Override
    public boolean next(Turn turn, Intake intake, Step step) throws InterruptedException {
        Optional<Arrival> taken = intake.take(inputs, turn.connection);
        if (taken.isEmpty()) {
            return false;
        }
        try (Arrival arrival = taken.get()) {
            long gap = Pace.gap(step.get(rate));
            long due = turn.pace.due(step.clock(), gap);
            step.clock().sleepUntil(due);
            turn.pace.happened(step.clock(), due, gap);
            step.tag(arrival.metadata());
            Passing.pass(step, output, arrival.outcome(inputs, turn.connection));
        }
        turn.connection = (turn.connection + 1) % intake.connections(inputs);
        return true;
    }

    @Override
    public int holds() {
        return 1;
    }

    @Override
    public boolean joins() {
        return true;
    }
}
