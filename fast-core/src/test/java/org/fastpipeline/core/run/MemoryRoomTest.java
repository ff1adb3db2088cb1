// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.run.TestNodes.Apply;
import org.fastpipeline.core.run.TestNodes.Counter;
import org.fastpipeline.core.run.TestNodes.Fill;
import org.fastpipeline.core.run.TestNodes.Split;
import org.fastpipeline.core.run.TestNodes.Total;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Frames come in as far as memory goes, and no further; but the oldest always gets on.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MemoryRoomTest {
    private static final int MIB = 1 << 20;
    private static final int FRAMES = 12;

    /// Reads a number out of a tensor.
    private static final class First extends Stateless {
        final In<Tensor> in = in("in", Tensor.class);
        final Out<Long> out = out("out", Long.class);

        @Override
        public void execute(Step step) {
            step.put(out, (long) step.get(in).elements().get(ValueLayout.JAVA_BYTE, 0));
        }
    }

    private final Counter counter = new Counter(FRAMES);

    private static Fill filled(Out<Long> from, int mebibytes) {
        Fill fill = new Fill((long) mebibytes * MIB);
        fill.in.from(from);
        return fill;
    }

    /// Two frames hold half of the memory, which is what admission shares out, so none of their parts would come in if
    /// it went by that alone.
    @Test
    void partsOfTheOldestFrameComeInThoughTheWholeFramesFillTheirShareOfMemory() {
        Fill whole = filled(counter.number, 3);
        Apply ten = new Apply(value -> 10);
        ten.in.from(counter.number);
        Split split = new Split();
        split.in.from(ten.out);
        Fill part = filled(split.child, 1);
        First first = new First();
        first.in.from(part.out);
        Total total = new Total(false);
        total.in.from(first.out);

        RunOptions options = RunOptions.standard()
                .withWorkers(2)
                .withAhead(2)
                .withValidate(true)
                .withMemoryCap(12 * MIB);
        List<Long> totals = new ArrayList<>();
        try (Run run = Pipeline.to(total.out, whole.out).start(options)) {
            for (Frame frame : run) {
                totals.add(frame.get(total.out));
            }
            assertThat(run.report().peakBytes()).isLessThanOrEqualTo(12 * MIB);
        }
        assertThat(totals).hasSize(FRAMES).containsOnly(45L);
    }

    @Test
    void aSourceThatWaitsForMemorySaysSoWithTheNumbers() {
        Fill fill = filled(counter.number, 3);
        RunOptions options = RunOptions.standard()
                .withWorkers(1)
                .withAhead(3)
                .withValidate(true)
                .withMemoryCap(10 * MIB);
        try (Run run = Pipeline.to(fill.out).start(options)) {
            for (int i = 0; i < FRAMES / 2; i++) {
                assertThat(run.next()).isPresent();
            }
            String wait = "counter waits for memory: " + 3 * MIB + " bytes in use and 0 expected leave too little of "
                    + 5 * MIB + " for " + 3 * MIB + " more";
            while (run.describe().lines().noneMatch(wait::equals)) {
                Thread.onSpinWait();
            }
        }
    }
}
