// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.measure.Measurement;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIZ_Result;
import org.openjdk.jcstress.infra.results.IZ_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/// Ends of runs: each run has one, everybody who waits sees it, and nothing is left over. Each case is a run with
/// threads of its own, so few cases may be there at a time. Whoever is not woken hangs, and the test
/// with it.
public final class RunStress {
    private RunStress() {}

    /// How many frames there have been.
    private static final class Count extends Stateful<int[]> {
        final In<Tensor> frame = in("frame", Tensor.class);
        final Out<Integer> number = out("number", Integer.class);

        Count(Out<Tensor> from) {
            frame.from(from);
        }

        @Override
        public int[] open() {
            return new int[1];
        }

        @Override
        public void execute(int[] seen, Step step) {
            step.put(number, ++seen[0]);
        }
    }

    /// The run is closed while a frame is taken and read.
    @JCStressTest
    @Outcome(id = "(0|-1|-2), true", expect = ACCEPTABLE, desc = "Read, or too late; nothing is left over")
    @Outcome(expect = FORBIDDEN, desc = "A frame outlived its run: its memory leaked")
    @State
    public static class CloseAgainstNext {
        private final Flow flow = Flow.of(3);
        private final Run run = flow.start();

        @Actor
        public void takes(IZ_Result r) {
            r.r1 = flow.number(run.next());
        }

        @Actor
        public void closes(IZ_Result r) {
            r.r2 = Flow.closesWhole(run);
        }
    }

    /// Two threads close it while a subscriber still has a frame.
    @JCStressTest
    @Outcome(id = "true, true, 1", expect = ACCEPTABLE, desc = "Both find all given back, and it has ended once")
    @Outcome(expect = FORBIDDEN, desc = "Ended twice, or given back in part")
    @State
    public static class CloseAgainstClose {
        private final Flow flow = Flow.of(3);
        private final Run run = flow.start();

        public CloseAgainstClose() {
            flow.number(run.next());
        }

        @Actor
        public void one(ZZI_Result r) {
            r.r1 = Flow.closesWhole(run);
        }

        @Actor
        public void other(ZZI_Result r) {
            r.r2 = Flow.closesWhole(run);
        }

        @Arbiter
        public void after(ZZI_Result r) {
            r.r3 = flow.ends();
        }
    }

    /// One cancels, another aborts, and the stream may end by itself before both.
    @JCStressTest
    @Outcome(
            id = {"true, 1", "false, 1"},
            expect = ACCEPTABLE,
            desc = "It ended once, as the first of them said")
    @Outcome(expect = FORBIDDEN, desc = "Two ends")
    @State
    public static class OneEnd {
        private final Flow flow = Flow.of(1);
        private final Run run = flow.start();

        @Actor
        public void cancels() {
            run.cancel();
        }

        @Actor
        public void aborts() {
            run.abort("of a test");
        }

        @Arbiter
        public void after(ZI_Result r) {
            try {
                run.finish();
                r.r1 = true;
            } catch (FastException aborted) {
                r.r1 = false;
            }
            run.close();
            r.r2 = flow.ends();
        }
    }

    /// The figures are asked for while frames are counted.
    @JCStressTest
    @Outcome(id = "[0-4], 4, true", expect = ACCEPTABLE, desc = "Some, then all of them")
    @Outcome(expect = FORBIDDEN, desc = "Miscounted")
    @State
    public static class ReportAgainstFrames {
        private final Flow flow = Flow.of(4);
        private final Run run =
                Pipeline.to(flow.tensor).start(flow.options().withWorkers(2).withMeasurement(Measurement.all()));

        @Actor
        public void asks(IIZ_Result r) {
            r.r1 = (int) run.report().frames();
        }

        @Actor
        public void runs() {
            run.finish();
        }

        @Arbiter
        public void after(IIZ_Result r) {
            r.r2 = (int) run.report().node(flow.name()).time().count();
            r.r3 = Flow.closesWhole(run);
        }
    }

    /// A taker waits; another thread closes the run.
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "It gets nothing, at once")
    @Outcome(expect = FORBIDDEN, desc = "A frame that nobody made")
    @State
    public static class CloseWakesTakers {
        private final Run run = Flow.gated(1).start();

        @Actor
        public void takes(Z_Result r) {
            r.r1 = run.next().isEmpty();
        }

        @Actor
        public void closes() {
            run.close();
        }
    }

    /// Somebody waits for the end; another thread cancels.
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "It sees the end")
    @Outcome(expect = FORBIDDEN, desc = "Memory that leaked")
    @State
    public static class CancelEndsFinish {
        private final Run run = Flow.gated(1).start();

        @Actor
        public void waits(Z_Result r) {
            run.finish();
            r.r1 = Flow.closesWhole(run);
        }

        @Actor
        public void cancels() {
            run.cancel();
        }
    }

    /// Somebody waits for the end; the source gives its frames to two workers, which load them side by side and count
    /// them in order.
    @JCStressTest
    @Outcome(id = "8, true", expect = ACCEPTABLE, desc = "Reader and workers get it done")
    @Outcome(expect = FORBIDDEN, desc = "A frame that was lost, or memory that leaked")
    @State
    public static class ReadyFramesWakeWorkers {
        private final Flow flow = Flow.gated(8);
        private final Count count = new Count(flow.tensor);
        private final Run run = Pipeline.to(count.number).start(flow.options().withWorkers(2));

        @Actor
        public void waits(IZ_Result r) {
            r.r1 = (int) run.finish().node("count").executed();
            r.r2 = Flow.closesWhole(run);
        }

        @Actor
        public void opens() {
            flow.open();
        }
    }
}
