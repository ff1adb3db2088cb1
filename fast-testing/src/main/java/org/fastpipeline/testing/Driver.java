// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import java.util.Optional;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.graph.Fold;
import org.fastpipeline.core.graph.Input;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.ProcessObject;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.jspecify.annotations.Nullable;

/// Calls a node's methods in the order that its kind promises, and keeps its state.
abstract sealed class Driver {
    /// One call of the node.
    interface Action {
        void run(Step step) throws Exception;
    }

    /// A frame of a source, still to be loaded.
    record Load(Metadata metadata, Action action) {}

    private final String node;

    private Driver(ProcessObject node) {
        this.node = node.name();
    }

    static Driver of(ProcessObject node) {
        return switch (node) {
            case Stateless stateless -> new OfStateless(stateless);
            case Stateful<?> stateful -> new OfStateful<>(stateful);
            case Source<?> source -> new OfSource<>(source);
            case Fold<?> fold -> new OfFold<>(fold);
            case Sink<?> sink -> new OfSink<>(sink);
            case Restream<?> restream -> new OfRestream<>(restream);
        };
    }

    void execute(Step step) throws Exception {
        throw notFor("execute()", "Ask for next() or all()");
    }

    void end(Step step, Completion completion) throws Exception {
        throw notFor("end()", "Leave it out");
    }

    void open(Step step) throws Exception {
        throw notFor("next()", "Call execute()");
    }

    Optional<Load> next() throws Exception {
        throw notFor("next()", "Call execute()");
    }

    /// Makes the next frame of a restream; false at the end.
    boolean make(Step step) throws Exception {
        throw notFor("next()", "Call execute()");
    }

    /// The streams that a restream takes from.
    GivenStreams streams() {
        throw notFor("withStream()", "Give one value at a time: with(...)");
    }

    /// Whether `input` is fed by a stream of a restream.
    boolean isStream(Input<?> input) {
        return false;
    }

    void close() throws Exception {}

    private WrongUseException notFor(String method, String remedy) {
        return new WrongUseException(node, "met " + method + ", which its kind of node does not have", remedy);
    }

    private static final class OfStateless extends Driver {
        private final Stateless node;

        OfStateless(Stateless node) {
            super(node);
            this.node = node;
        }

        @Override
        void execute(Step step) throws Exception {
            node.execute(step);
        }
    }

    private static final class OfStateful<S> extends Driver {
        private final Stateful<S> node;
        private @Nullable S state;

        OfStateful(Stateful<S> node) {
            super(node);
            this.node = node;
        }

        private S state() throws Exception {
            S current = state == null ? node.open() : state;
            state = current;
            return current;
        }

        @Override
        void execute(Step step) throws Exception {
            node.execute(state(), step);
        }

        @Override
        void end(Step step, Completion completion) throws Exception {
            node.end(state(), step);
        }

        @Override
        void close() throws Exception {
            if (state != null) {
                node.close(state);
            }
        }
    }

    private static final class OfSource<K> extends Driver {
        private final Source<K> node;
        private Source.@Nullable Cursor<K> cursor;

        OfSource(Source<K> node) {
            super(node);
            this.node = node;
        }

        @Override
        void open(Step step) throws Exception {
            if (cursor == null) {
                cursor = node.open(step);
            }
        }

        @Override
        Optional<Load> next() throws Exception {
            if (cursor == null) {
                return Optional.empty();
            }
            return switch (cursor.next()) {
                case Next.Item<K>(K key, Metadata metadata) ->
                    Optional.of(new Load(metadata, step -> node.load(key, step)));
                case Next.End<K>() -> Optional.empty();
            };
        }

        @Override
        void close() {
            if (cursor != null) {
                cursor.close();
            }
        }
    }

    private static final class OfRestream<S> extends Driver {
        private final Restream<S> node;
        private final GivenStreams streams;
        private @Nullable S state;

        OfRestream(Restream<S> node) {
            super(node);
            this.node = node;
            this.streams = new GivenStreams(node);
        }

        @Override
        boolean make(Step step) throws Exception {
            S current = state == null ? node.open() : state;
            state = current;
            return node.next(current, streams, step);
        }

        @Override
        GivenStreams streams() {
            return streams;
        }

        @Override
        boolean isStream(Input<?> input) {
            return streams.feeds(input);
        }

        @Override
        void close() throws Exception {
            try {
                if (state != null) {
                    node.close(state);
                }
            } finally {
                streams.close();
            }
        }
    }

    private static final class OfFold<A> extends Driver {
        private final Fold<A> node;
        private @Nullable A accumulator;

        OfFold(Fold<A> node) {
            super(node);
            this.node = node;
        }

        private A accumulator(Step step) throws Exception {
            A current = accumulator == null ? node.begin(step) : accumulator;
            accumulator = current;
            return current;
        }

        @Override
        void execute(Step step) throws Exception {
            node.add(accumulator(step), step);
        }

        @Override
        void end(Step step, Completion completion) throws Exception {
            node.finish(accumulator(step), step);
        }

        @Override
        void close() throws Exception {
            if (accumulator != null) {
                node.close(accumulator);
            }
        }
    }

    private static final class OfSink<S> extends Driver {
        private final Sink<S> node;
        private @Nullable S state;

        OfSink(Sink<S> node) {
            super(node);
            this.node = node;
        }

        private S state() throws Exception {
            S current = state == null ? node.open() : state;
            state = current;
            return current;
        }

        @Override
        void execute(Step step) throws Exception {
            node.execute(state(), step);
        }

        @Override
        void end(Step step, Completion completion) throws Exception {
            S last = state();
            state = null;
            node.close(last, completion);
        }

        @Override
        void close() throws Exception {
            if (state != null) {
                S last = state;
                state = null;
                node.close(last, new Completion.Cancelled());
            }
        }
    }
}
