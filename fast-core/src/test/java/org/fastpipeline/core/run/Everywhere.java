// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.graph.Fold;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;

/// One node of each kind in a row, each passing tensors on; at any place where the executor calls one of them,
/// something may happen.
///
/// source -> stateless -> stateful -> (patches -> fold) -> restream -> sink
final class Everywhere {
    /// The places, by node.
    static final Map<String, List<String>> PLACES = Map.of(
            "origin", List.of("open", "next", "load", "close"),
            "pass", List.of("execute"),
            "memory", List.of("open", "execute", "end", "close"),
            "patches", List.of("open", "next", "load", "close"),
            "gather", List.of("begin", "add", "finish", "close"),
            "again", List.of("open", "next", "close"),
            "drain", List.of("open", "execute", "close"));

    private static final int FRAMES = 6;

    /// What happens.
    interface Event {
        void happen() throws Exception;
    }

    private final String place;
    private final Event event;

    /// What was opened and not closed.
    final Set<Object> open = ConcurrentHashMap.newKeySet();

    final AtomicInteger happened = new AtomicInteger();
    final Again again = new Again();
    final Pipeline pipeline;

    Everywhere(String place, Event event) {
        this.place = place;
        this.event = event;
        Origin origin = new Origin();
        Pass pass = new Pass();
        pass.in.from(origin.out);
        Memory memory = new Memory();
        memory.in.from(pass.out);
        Patches patches = new Patches();
        patches.in.from(memory.out);
        Gather gather = new Gather();
        gather.in.from(patches.out);
        again.in.from(gather.out);
        Drain drain = new Drain();
        drain.in.from(again.out);
        this.pipeline = Pipeline.of(List.of(Subscription.every(again.out)), List.of(drain));
    }

    private void at(String where) throws Exception {
        if (where.equals(place) && happened.getAndIncrement() == 0) {
            event.happen();
        }
    }

    private Object opened() {
        Object state = new Object();
        open.add(state);
        return state;
    }

    private static Tensor tensor(Step step) {
        Tensor tensor = Tensor.allocate(TensorSpec.of("C", ElementType.U8, 100), step.memory());
        tensor.writableElements().fill((byte) 0);
        return tensor;
    }

    private Next<Long> next(String name, long[] counter, int count) throws Exception {
        at(name + ".next");
        return counter[0] == count ? new Next.End<>() : new Next.Item<>(counter[0]++, Metadata.EMPTY);
    }

    private Source.Cursor<Long> cursor(String name, int count) throws Exception {
        at(name + ".open");
        Object state = opened();
        long[] counter = new long[1];
        return new Source.Cursor<>() {
            @Override
            public Next<Long> next() throws Exception {
                return Everywhere.this.next(name, counter, count);
            }

            @Override
            public void close() {
                open.remove(state);
                try {
                    at(name + ".close");
                } catch (RuntimeException thrown) {
                    throw thrown;
                } catch (Exception thrown) {
                    throw new IllegalStateException(thrown);
                }
            }
        };
    }

    final class Origin extends Source<Long> {
        final Out<Tensor> out = out("out", Tensor.class);

        @Override
        public Cursor<Long> open(Step step) throws Exception {
            return cursor("origin", FRAMES);
        }

        @Override
        public void load(Long key, Step step) throws Exception {
            Tensor tensor = tensor(step);
            at("origin.load");
            step.put(out, tensor);
        }
    }

    final class Pass extends Stateless {
        final In<Tensor> in = in("in", Tensor.class);
        final Out<Tensor> out = out("out", Tensor.class);

        @Override
        public void execute(Step step) throws Exception {
            step.put(out, step.get(in));
            at("pass.execute");
        }
    }

    final class Memory extends Stateful<Object> {
        final In<Tensor> in = in("in", Tensor.class);
        final Out<Tensor> out = out("out", Tensor.class);

        @Override
        public Object open() throws Exception {
            at("memory.open");
            return opened();
        }

        @Override
        public void execute(Object state, Step step) throws Exception {
            step.put(out, tensor(step));
            at("memory.execute");
        }

        @Override
        public void end(Object state, Step step) throws Exception {
            at("memory.end");
        }

        @Override
        public void close(Object state) throws Exception {
            open.remove(state);
            at("memory.close");
        }
    }

    final class Patches extends Source<Long> {
        final In<Tensor> in = in("in", Tensor.class);
        final Out<Tensor> out = out("out", Tensor.class);

        @Override
        public Cursor<Long> open(Step step) throws Exception {
            return cursor("patches", 3);
        }

        @Override
        public void load(Long key, Step step) throws Exception {
            at("patches.load");
            step.put(out, step.get(in));
        }
    }

    final class Gather extends Fold<Object> {
        final In<Tensor> in = in("in", Tensor.class);
        final Out<Tensor> out = out("out", Tensor.class);

        @Override
        public Object begin(Step parent) throws Exception {
            at("gather.begin");
            return opened();
        }

        @Override
        public void add(Object accumulator, Step child) throws Exception {
            child.get(in);
            at("gather.add");
        }

        @Override
        public void finish(Object accumulator, Step parent) throws Exception {
            parent.put(out, tensor(parent));
            at("gather.finish");
        }

        @Override
        public void close(Object accumulator) throws Exception {
            open.remove(accumulator);
            at("gather.close");
        }
    }

    final class Again extends Restream<Object> {
        final In<Tensor> in = outcome("in", Tensor.class);
        final Out<Tensor> out = out("out", Tensor.class);

        @Override
        public Object open() throws Exception {
            at("again.open");
            return opened();
        }

        @Override
        public boolean next(Object state, Intake intake, Step step) throws Exception {
            var arrival = intake.take(in);
            at("again.next");
            if (arrival.isEmpty()) {
                return false;
            }
            try (Arrival taken = arrival.get()) {
                step.put(out, taken.get(in));
            }
            return true;
        }

        @Override
        public void close(Object state) throws Exception {
            open.remove(state);
            at("again.close");
        }

        @Override
        public int holds() {
            return 1;
        }
    }

    final class Drain extends Sink<Object> {
        final In<Tensor> in = in("in", Tensor.class);

        @Override
        public Object open() throws Exception {
            at("drain.open");
            return opened();
        }

        @Override
        public void execute(Object state, Step step) throws Exception {
            step.get(in);
            at("drain.execute");
        }

        @Override
        public void close(Object state, Completion completion) throws Exception {
            open.remove(state);
            at("drain.close");
        }
    }
}
