// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.MissingValueException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.FrameId;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Input;
import org.fastpipeline.core.graph.Ins;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.memory.Leased;

/// The streams that a test gives to a restream, which takes frames from them as it likes.
final class GivenStreams implements Restream.Intake, AutoCloseable {
    private final Restream<?> node;
    private final Map<Input<?>, GivenStream> byInput = new LinkedHashMap<>();
    private final Map<Input<?>, List<GivenStream>> byConnection = new LinkedHashMap<>();
    private final List<Taken> taken = new ArrayList<>();

    /// One stream: what each port that it feeds has for each frame.
    private static final class GivenStream {
        private final String name;
        private final Map<Input<?>, List<? extends Outcome<?>>> ports = new HashMap<>();
        private long next;
        private int held;

        GivenStream(String name) {
            this.name = name;
        }

        private int length() {
            return ports.values().iterator().next().size();
        }
    }

    GivenStreams(Restream<?> node) {
        this.node = node;
    }

    /// A stream of its own for `in`.
    <T> void put(In<T> in, List<Outcome<T>> outcomes) {
        put(new GivenStream(in.name()), in, outcomes);
    }

    /// What `in` has for the frames of the stream that feeds `other` as well.
    <T> void put(In<T> in, List<Outcome<T>> outcomes, In<?> other) {
        GivenStream stream = stream(other);
        if (stream.length() != outcomes.size()) {
            throw new WrongUseException(
                    in.toString(),
                    "met " + outcomes.size() + " frames; needed " + stream.length() + ", as many as " + other + " has",
                    "Give one outcome per frame of the stream");
        }
        put(stream, in, outcomes);
    }

    private <T> void put(GivenStream stream, In<T> in, List<Outcome<T>> outcomes) {
        checkOwn(in);
        outcomes.forEach(Given::publish);
        stream.ports.put(in, List.copyOf(outcomes));
        byInput.put(in, stream);
    }

    /// A stream for one more connection of `in`.
    <T> void put(Ins<T> in, List<Outcome<T>> outcomes) {
        checkOwn(in);
        List<GivenStream> connections = byConnection.computeIfAbsent(in, _ -> new ArrayList<>());
        GivenStream stream = new GivenStream(in.name() + "-" + connections.size());
        outcomes.forEach(Given::publish);
        stream.ports.put(in, List.copyOf(outcomes));
        connections.add(stream);
    }

    boolean feeds(Input<?> input) {
        return byInput.containsKey(input) || byConnection.containsKey(input);
    }

    private void checkOwn(Input<?> in) {
        if (!in.owner().equals(node)) {
            throw new WrongUseException(
                    in.toString(), "met a port of another node; needed one of " + node, "Use the node's own fields");
        }
    }

    private GivenStream stream(In<?> in) {
        checkOwn(in);
        GivenStream stream = byInput.get(in);
        if (stream == null) {
            throw new WrongUseException(
                    in.toString(), "met no stream; needed one", "Give it: withStream(node." + in.name() + ", ...)");
        }
        return stream;
    }

    @Override
    public Optional<Restream.Arrival> take(In<?> in) {
        return take(stream(in));
    }

    @Override
    public Optional<Restream.Arrival> take(Ins<?> in, int connection) {
        if (connection < 0 || connection >= connections(in)) {
            throw new WrongUseException(
                    in.toString(),
                    "met connection " + connection + "; needed one of " + connections(in),
                    "Give it: withStream(node." + in.name() + ", ...)");
        }
        return take(byConnection.getOrDefault(in, List.of()).get(connection));
    }

    @Override
    public int connections(Ins<?> in) {
        return byConnection.getOrDefault(in, List.of()).size();
    }

    private Optional<Restream.Arrival> take(GivenStream stream) {
        if (stream.next == stream.length()) {
            return Optional.empty();
        }
        if (stream.held == node.holds()) {
            throw new WrongUseException(
                    node.name(),
                    "met " + (stream.held + 1) + " frames of " + stream.name + " held; needed at most " + node.holds()
                            + ", as holds() says",
                    "Close arrivals earlier, or say more: in a pipeline it would wait for ever");
        }
        Taken arrival = new Taken(stream, stream.next++);
        taken.add(arrival);
        return Optional.of(arrival);
    }

    @Override
    public void close() {
        taken.forEach(Taken::close);
    }

    private final class Taken implements Restream.Arrival {
        private final GivenStream stream;
        private final long sequence;
        private final Deque<Leased<?>> handles = new ArrayDeque<>();
        private boolean closed;

        Taken(GivenStream stream, long sequence) {
            this.stream = stream;
            this.sequence = sequence;
            stream.held++;
        }

        @Override
        public FrameId frame() {
            return NodeRun.frame(stream.name, sequence);
        }

        @Override
        public <T> T get(In<T> in) {
            return switch (outcome(in)) {
                case Outcome.Value<T>(T value) -> value;
                case Outcome.Skipped<T>(String reason) ->
                    throw new MissingValueException(in.toString(), frame().toString(), reason, null);
                case Outcome.Failed<T>(var cause) ->
                    throw new MissingValueException(in.toString(), frame().toString(), "it failed", cause);
            };
        }

        @Override
        public <T> Outcome<T> outcome(In<T> in) {
            return outcome((Input<T>) in);
        }

        @Override
        public <T> Outcome<T> outcome(Ins<T> in, int connection) {
            boolean isThis = byConnection.getOrDefault(in, List.of()).indexOf(stream) == connection;
            return isThis ? outcome((Input<T>) in) : new Outcome.Skipped<>("it is of another stream");
        }

        /// Frames that a test gives have none.
        @Override
        public Metadata metadata() {
            return Metadata.EMPTY;
        }

        private <T> Outcome<T> outcome(Input<T> in) {
            if (closed) {
                throw new WrongUseException(
                        in.toString(), "met an arrival that is closed; needed an open one", "Close it after its use");
            }
            List<? extends Outcome<?>> outcomes = stream.ports.get(in);
            if (outcomes == null) {
                return new Outcome.Skipped<>("it is of another stream");
            }
            return switch (outcomes.get((int) sequence)) {
                case Outcome.Value<?>(Leased<?> payload) -> {
                    Leased<?> handle = payload.retain(node);
                    handles.push(handle);
                    yield new Outcome.Value<>(in.type().cast(handle));
                }
                case Outcome.Value<?>(Object value) ->
                    new Outcome.Value<>(in.type().cast(value));
                case Outcome.Skipped<?>(String reason) -> new Outcome.Skipped<>(reason);
                case Outcome.Failed<?>(var cause) -> new Outcome.Failed<>(cause);
            };
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                stream.held--;
                while (!handles.isEmpty()) {
                    handles.pop().close();
                }
            }
        }
    }
}
