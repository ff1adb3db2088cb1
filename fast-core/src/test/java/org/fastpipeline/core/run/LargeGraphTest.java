// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.run.TestNodes.Apply;
import org.fastpipeline.core.run.TestNodes.Static;
import org.fastpipeline.core.run.TestNodes.Sum;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Static graphs cost what their edges cost, whatever their shape.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LargeGraphTest {
    private final Static source = new Static();

    @Test
    @Tag("behaviour-16")
    void nestedDiamondsExecuteEachNodeOnce() {
        AtomicInteger calls = new AtomicInteger();
        Out<Long> diamonds = source.number;
        List<Apply> sides = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Sum sum = new Sum();
            for (var side : List.of(sum.left, sum.right)) {
                Apply branch = new Apply(value -> {
                    calls.incrementAndGet();
                    return value % 1_000_003;
                });
                branch.in.from(diamonds);
                side.from(branch.out);
                sides.add(branch);
            }
            diamonds = sum.out;
        }

        try (Pipeline pipeline = Pipeline.to(diamonds)) {
            pipeline.pull();
        }
        assertThat(source.calls).hasValue(1);
        assertThat(sides).allSatisfy(side -> assertThat(side.calls).hasValue(1));
        assertThat(calls).hasValue(120);
    }

    @Test
    @Tag("behaviour-17")
    void tenThousandStaticNodesInARowAreComputedAndTakenOver() {
        Out<Long> chain = source.number;
        for (int i = 0; i < 10_000; i++) {
            Apply next = new Apply(value -> value + 1);
            next.in.from(chain);
            chain = next.out;
        }
        Apply apply = new Apply(value -> value + 1);
        apply.in.from(chain);

        try (Pipeline pipeline = Pipeline.to(apply.out)) {
            assertThat(pipeline.pull().orElseThrow().get(apply.out)).isEqualTo(11_002);
            apply.plus.set(1);
            assertThat(pipeline.pull().orElseThrow().get(apply.out)).isEqualTo(11_003);
            source.first.set(2);
            assertThat(pipeline.pull().orElseThrow().get(apply.out)).isEqualTo(12_003);
        }
        assertThat(source.calls).hasValue(2);
    }
}
