// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ReleasedException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.III_Result;

/// Models and their sessions: one user a session at a time, and all closed once, the model last.
public final class LoadedModelStress {
    private LoadedModelStress() {}

    /// Counts what is opened and closed; a call finds out whether it shares its session or has lost it.
    private static final class Counted implements Model {
        final AtomicInteger opened = new AtomicInteger();
        final AtomicInteger closed = new AtomicInteger();

        /// How often the model was closed; far beyond that if anything went wrong.
        final AtomicInteger ends = new AtomicInteger();

        private void check(boolean right) {
            if (!right) {
                ends.addAndGet(100);
            }
        }

        @Override
        public ImmutableList<Port> inputs() {
            return ImmutableList.of();
        }

        @Override
        public ImmutableList<Port> outputs() {
            return ImmutableList.of();
        }

        @Override
        public Session openSession() {
            check(ends.get() == 0);
            opened.incrementAndGet();
            return new Session() {
                private final AtomicInteger users = new AtomicInteger();

                @Override
                public List<Tensor> run(List<Tensor> inputs, BiFunction<Integer, TensorSpec, Tensor> memory) {
                    check(users.incrementAndGet() == 1);
                    check(ends.get() == 0);
                    check(users.decrementAndGet() == 0);
                    return List.of();
                }

                @Override
                public void close() {
                    check(users.getAndSet(1000) == 0);
                    closed.incrementAndGet();
                }
            };
        }

        @Override
        public void close() {
            check(opened.get() == closed.get());
            ends.incrementAndGet();
        }
    }

    /// A loaded model.
    abstract static class OneModel {
        private final Counted counted = new Counted();
        private final LoadedModel model;

        OneModel(int sessions) {
            EngineChoice choice = new EngineChoice("counted", "", ImmutableList.of(), "f32", "");
            model = new LoadedModel("model", counted, choice, new EngineOptions(sessions, 1));
        }

        /// Runs the model once.
        ///
        /// @return 1 if it ran, 0 if it was refused
        final int run() {
            try {
                model.run(List.of(), (_, _) -> {
                    throw new IllegalStateException("the model has no output");
                });
                return 1;
            } catch (ReleasedException closed) {
                return 0;
            } catch (InterruptedException stop) {
                return -1;
            }
        }

        final void close() {
            model.close();
        }

        final int opened() {
            return counted.opened.get();
        }

        final int open() {
            return counted.opened.get() - counted.closed.get();
        }

        final int ends() {
            return counted.ends.get();
        }
    }

    /// The model is closed while a call comes in, a session waiting for it.
    @JCStressTest
    @Outcome(
            id = {"1, 0, 1", "0, 0, 1"},
            expect = ACCEPTABLE,
            desc = "Ran or refused; sessions closed, then the model")
    @Outcome(expect = FORBIDDEN, desc = "A session or the model closed under a call, twice, or never")
    @State
    public static class CloseAgainstRun extends OneModel {
        public CloseAgainstRun() {
            super(2);
            run();
        }

        @Actor
        public void runs(III_Result r) {
            r.r1 = run();
        }

        @Actor
        public void closes() {
            close();
        }

        @Arbiter
        public void after(III_Result r) {
            r.r2 = open();
            r.r3 = ends();
        }
    }

    /// The same as the first session is opened.
    @JCStressTest
    @Outcome(
            id = {"1, 0, 1", "0, 0, 1"},
            expect = ACCEPTABLE,
            desc = "Ran or refused; sessions closed, then the model")
    @Outcome(expect = FORBIDDEN, desc = "A session or the model closed under a call, twice, or never")
    @State
    public static class CloseAgainstFirstRun extends OneModel {
        public CloseAgainstFirstRun() {
            super(1);
        }

        @Actor
        public void runs(III_Result r) {
            r.r1 = run();
        }

        @Actor
        public void closes() {
            close();
        }

        @Arbiter
        public void after(III_Result r) {
            r.r2 = open();
            r.r3 = ends();
        }
    }

    /// Two close it.
    @JCStressTest
    @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "Closed once")
    @Outcome(expect = FORBIDDEN, desc = "Closed twice or never")
    @State
    public static class ClosedOnce extends OneModel {
        private final int ran;

        public ClosedOnce() {
            super(1);
            ran = run();
        }

        @Actor
        public void one() {
            close();
        }

        @Actor
        public void other() {
            close();
        }

        @Arbiter
        public void after(III_Result r) {
            r.r1 = ran;
            r.r2 = open();
            r.r3 = ends();
        }
    }

    /// Two calls, one session.
    @JCStressTest
    @Outcome(id = "1, 1, 1, 1", expect = ACCEPTABLE, desc = "One after the other, on the same session")
    @Outcome(expect = FORBIDDEN, desc = "Both at once, or more sessions than allowed")
    @State
    public static class OneUserASession extends OneModel {
        public OneUserASession() {
            super(1);
        }

        @Actor
        public void one(IIII_Result r) {
            r.r1 = run();
        }

        @Actor
        public void other(IIII_Result r) {
            r.r2 = run();
        }

        @Arbiter
        public void after(IIII_Result r) {
            r.r3 = opened();
            close();
            r.r4 = ends();
        }
    }
}
