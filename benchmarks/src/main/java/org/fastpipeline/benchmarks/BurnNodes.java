// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.benchmarks;

import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;

/// Nodes that do nothing but burn.
final class BurnNodes {
    private BurnNodes() {}

    private static final class Any extends Stateless {
        private final In<Long> input = in("input", Long.class);
        private final Out<Long> output = out("output", Long.class);
        private final Burner burner;

        Any(Burner burner) {
            this.burner = burner;
        }

        @Override
        public void execute(Step step) {
            step.put(output, burner.burn(step.get(input)));
        }
    }

    private static final class Ordered extends Stateful<long[]> {
        private final In<Long> input = in("input", Long.class);
        private final Out<Long> output = out("output", Long.class);
        private final Burner burner;

        Ordered(Burner burner) {
            this.burner = burner;
        }

        @Override
        public long[] open() {
            return new long[1];
        }

        @Override
        public void execute(long[] state, Step step) {
            state[0] = burner.burn(state[0] + step.get(input));
            step.put(output, state[0]);
        }
    }

    /// Appends a node that any worker may run, for several frames at once.
    static Out<Long> stateless(Out<Long> from, Burner burner) {
        Any node = new Any(burner);
        node.input.from(from);
        return node.output;
    }

    /// Appends a node that sees one frame after another.
    static Out<Long> stateful(Out<Long> from, Burner burner) {
        Ordered node = new Ordered(burner);
        node.input.from(from);
        return node.output;
    }
}
