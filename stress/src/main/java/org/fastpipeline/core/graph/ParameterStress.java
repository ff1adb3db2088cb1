// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/// Parameters that are set together are seen together.
public final class ParameterStress {
    private ParameterStress() {}

    private static final class Window extends Stateless {
        final Parameter<Integer> low = integer("low", 0, 0, 9, "", "");
        final Parameter<Integer> high = integer("high", 0, 0, 9, "", "");

        @Override
        public void execute(Step step) {}
    }

    /// Two parameters of one node.
    abstract static class OneNode {
        private final Window window = new Window();

        final void set(int value) {
            Parameter.setAll(List.of(window.low.to(value), window.high.to(value)));
        }

        /// Both values, and after them how often each was set.
        final List<Object> read() {
            return Parameter.readAll(List.of(window.low, window.high));
        }

        final Parameter<Integer> low() {
            return window.low;
        }
    }

    /// A frame is admitted while two parameters are set.
    @JCStressTest
    @Outcome(
            id = {"\\[0, 0, 0, 0\\]", "\\[1, 1, 1, 1\\]"},
            expect = ACCEPTABLE,
            desc = "All of it or nothing")
    @Outcome(expect = FORBIDDEN, desc = "A frame with half of a change")
    @State
    public static class SetTogetherSeenTogether extends OneNode {
        @Actor
        public void sets() {
            set(1);
        }

        @Actor
        public void reads(L_Result r) {
            r.r1 = read();
        }
    }

    /// Two threads set the same parameters.
    @JCStressTest
    @Outcome(
            id = {"\\[1, 1, 2, 2\\]", "\\[2, 2, 2, 2\\]"},
            expect = ACCEPTABLE,
            desc = "One came last, and both count")
    @Outcome(expect = FORBIDDEN, desc = "A mixture, or a change that was lost")
    @State
    public static class LastOneWinsAndBothCount extends OneNode {
        @Actor
        public void one() {
            set(1);
        }

        @Actor
        public void other() {
            set(2);
        }

        @Arbiter
        public void after(L_Result r) {
            r.r1 = read();
        }
    }

    /// A thread looks twice while another sets.
    @JCStressTest
    @Outcome(
            id = {"0, 0", "0, 1", "1, 1"},
            expect = ACCEPTABLE,
            desc = "Never back in time")
    @Outcome(expect = FORBIDDEN, desc = "The old value after the new one")
    @State
    public static class NeverBackInTime extends OneNode {
        @Actor
        public void sets() {
            set(1);
        }

        @Actor
        public void reads(II_Result r) {
            r.r1 = low().value();
            r.r2 = low().value();
        }
    }
}
