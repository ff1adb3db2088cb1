// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.MissingValueException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.FrameId;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.ProcessObject;
import org.fastpipeline.core.memory.Leased;

/// What a node put in one call. Its payloads are valid until the [NodeRun] is closed.
public final class NodeResult implements AutoCloseable {
    private final ProcessObject node;
    private final FrameId frame;
    private final ImmutableMap<Out<?>, Outcome<?>> outcomes;
    private final Metadata metadata;
    private final ImmutableMap<String, Duration> times;

    NodeResult(
            ProcessObject node,
            FrameId frame,
            Map<Out<?>, Outcome<?>> outcomes,
            Metadata metadata,
            Map<String, Duration> times) {
        this.node = node;
        this.frame = frame;
        this.outcomes = ImmutableMap.copyOf(outcomes);
        this.metadata = metadata;
        this.times = ImmutableMap.copyOf(times);
    }

    /// The value that was put on `out`.
    ///
    /// @throws MissingValueException if none was put; it gives the reason
    public <T> T get(Out<T> out) {
        return switch (outcome(out)) {
            case Outcome.Value<T>(T value) -> value;
            case Outcome.Skipped<T>(String reason) ->
                throw new MissingValueException(out.toString(), frame.toString(), reason, null);
            case Outcome.Failed<T>(var cause) ->
                throw new MissingValueException(out.toString(), frame.toString(), "it failed", cause);
        };
    }

    /// The value that was put on `out`, or that it was skipped and why.
    public <T> Outcome<T> outcome(Out<T> out) {
        if (!out.owner().equals(node)) {
            throw new WrongUseException(
                    out.toString(),
                    "met an output of " + out.owner() + "; needed one of " + node,
                    "Ask the node that ran");
        }
        Outcome<?> outcome = outcomes.get(out);
        return switch (outcome) {
            case null -> new Outcome.Skipped<>("not put");
            case Outcome.Value<?>(Object value) ->
                new Outcome.Value<>(out.type().cast(value));
            case Outcome.Skipped<?>(String reason) -> new Outcome.Skipped<>(reason);
            case Outcome.Failed<?>(var cause) -> new Outcome.Failed<>(cause);
        };
    }

    /// Whether a value was put on `out`.
    public boolean has(Out<?> out) {
        return outcome(out) instanceof Outcome.Value<?>;
    }

    /// The metadata that goes with the outputs: that of the inputs, of a source's item, and the node's tags.
    public Metadata metadata() {
        return metadata;
    }

    /// The times that the node reported, by part.
    public ImmutableMap<String, Duration> times() {
        return times;
    }

    /// Gives the payloads back before the run does; more than once is allowed.
    @Override
    public void close() {
        close(outcomes.values());
    }

    static void close(Collection<Outcome<?>> outcomes) {
        for (Outcome<?> outcome : outcomes) {
            if (outcome instanceof Outcome.Value<?>(Leased<?> payload)) {
                payload.close();
            }
        }
    }
}
