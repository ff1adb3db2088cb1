// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.List;
import java.util.Optional;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.error.LeakException;
import org.fastpipeline.core.stream.Zip;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIZ_Result;
import org.openjdk.jcstress.infra.results.IZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/// Frames that are taken, read and given back, and subscriptions that are joined and left, while a run goes on.
/// Whoever is not woken hangs, and the test with it.
public final class SubscriptionStress {
    private SubscriptionStress() {}

    /// Two threads take from one subscription.
    @JCStressTest
    @Outcome(
            id = {"0, 1, true", "1, 0, true"},
            expect = ACCEPTABLE,
            desc = "Each has a frame of its own")
    @Outcome(
            id = {"-1, (0|1), true", "(0|1), -1, true"},
            expect = ACCEPTABLE,
            desc = "The other one's call ended it")
    @Outcome(expect = FORBIDDEN, desc = "A frame twice, or one that was lost and never given back")
    @State
    public static class TwoTakers {
        private final Flow flow = Flow.of(3);
        private final Run run = flow.start();

        @Actor
        public void one(IIZ_Result r) {
            r.r1 = flow.number(run.next());
        }

        @Actor
        public void other(IIZ_Result r) {
            r.r2 = flow.number(run.next());
        }

        @Arbiter
        public void after(IIZ_Result r) {
            r.r3 = Flow.closesWhole(run);
        }
    }

    /// A frame is given back by one thread while another reads it.
    @JCStressTest
    @Outcome(
            id = {"0, true", "-1, true"},
            expect = ACCEPTABLE,
            desc = "Read, or refused")
    @Outcome(expect = FORBIDDEN, desc = "Read after it was given back, or memory that leaked")
    @State
    public static class ReadAgainstGiveBack {
        private final Flow flow = Flow.of(2);
        private final Run run = flow.start();
        private final Optional<Frame> frame = run.next();

        @Actor
        public void reads(IZ_Result r) {
            r.r1 = flow.number(frame);
        }

        @Actor
        public void givesBack() {
            frame.ifPresent(Frame::close);
        }

        @Arbiter
        public void after(IZ_Result r) {
            r.r2 = Flow.closesWhole(run);
        }
    }

    /// One leaves while another takes.
    @JCStressTest
    @Outcome(id = "(0|-1|-2), true", expect = ACCEPTABLE, desc = "A frame, or nothing as all have left")
    @Outcome(expect = FORBIDDEN, desc = "Memory that leaked")
    @State
    public static class LeaveAgainstNext {
        private final Flow flow = Flow.of(2);
        private final Run run = flow.start();

        @Actor
        public void takes(IZ_Result r) {
            r.r1 = flow.number(run.next());
        }

        @Actor
        public void leaves() {
            run.leave(0);
        }

        @Arbiter
        public void after(IZ_Result r) {
            r.r2 = Flow.closesWhole(run);
        }
    }

    /// One joins while another leaves.
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "In or out, and nothing is left over")
    @Outcome(expect = FORBIDDEN, desc = "Memory that leaked")
    @State
    public static class JoinAgainstLeave {
        private final Flow flow = Flow.of(2);
        private final Run run = flow.start();

        @Actor
        public void leaves() {
            run.leave(0);
        }

        @Actor
        public void joins() {
            run.join(0);
        }

        @Arbiter
        public void after(Z_Result r) {
            r.r1 = Flow.closesWhole(run);
        }
    }

    /// A pipeline is closed while a frame is pulled.
    @JCStressTest
    @Outcome(
            id = {"0, true", "-1, true"},
            expect = ACCEPTABLE,
            desc = "Pulled; nothing is left over")
    @Outcome(expect = FORBIDDEN, desc = "Memory that leaked")
    @State
    public static class PullAgainstClose {
        private final Flow flow = Flow.of(2);
        private final Pipeline pipeline = Pipeline.to(flow.tensor);

        @Actor
        public void pulls(IZ_Result r) {
            r.r1 = flow.number(pipeline.pull());
        }

        @Actor
        public void closes() {
            pipeline.close();
        }

        @Arbiter
        public void after(IZ_Result r) {
            try {
                pipeline.close();
                r.r2 = true;
            } catch (LeakException leak) {
                r.r2 = false;
            }
        }
    }

    /// A taker waits; its subscription is left.
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "It gets nothing, at once")
    @Outcome(expect = FORBIDDEN, desc = "Memory that leaked")
    @State
    public static class LeaveWakesTakers {
        private final Run run = Flow.gated(1).start();

        @Actor
        public void takes(Z_Result r) {
            r.r1 = run.next().isEmpty() && Flow.closesWhole(run);
        }

        @Actor
        public void leaves() {
            run.leave(0);
        }
    }

    /// Only one frame may be in work, and another subscriber holds it.
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "The next one comes in")
    @Outcome(expect = FORBIDDEN, desc = "Another one, or none, or memory that leaked")
    @State
    public static class GivingBackLetsIn {
        private final Flow flow = Flow.of(2);
        private final Run run = Pipeline.of(
                        List.of(Subscription.every(flow.tensor), Subscription.every(flow.tensor)), List.of())
                .start(flow.options().withAhead(1));
        private final Optional<Frame> held = run.next(1);

        @Actor
        public void takes(Z_Result r) {
            r.r1 = flow.number(run.next(0)) == 0 && flow.number(run.next(0)) == 1;
        }

        @Actor
        public void givesBack() {
            held.ifPresent(Frame::close);
        }

        @Arbiter
        public void after(Z_Result r) {
            r.r1 &= Flow.closesWhole(run);
        }
    }

    /// A restream waits for its second stream.
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "The pair goes out")
    @Outcome(expect = FORBIDDEN, desc = "Memory that leaked")
    @State
    public static class ArrivalsWakeRestreams {
        private final Flow first = Flow.of(1);
        private final Flow second = Flow.gated(1);
        private final Run run;

        public ArrivalsWakeRestreams() {
            Zip<Tensor, Tensor> zip = new Zip<>(Tensor.class, Tensor.class);
            zip.first.from(first.tensor);
            zip.second.from(second.tensor);
            run = Pipeline.to(zip.firstOfPair, zip.secondOfPair).start(first.options());
        }

        @Actor
        public void takes(Z_Result r) {
            r.r1 = run.next().isPresent() && Flow.closesWhole(run);
        }

        @Actor
        public void opens() {
            second.open();
        }
    }
}
