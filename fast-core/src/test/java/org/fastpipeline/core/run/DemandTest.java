// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.graph.Constant;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.run.TestNodes.Apply;
import org.fastpipeline.core.run.TestNodes.Counter;
import org.fastpipeline.core.run.TestNodes.Static;
import org.fastpipeline.core.run.TestNodes.Sum;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class DemandTest {
    @Test
    @Tag("behaviour-10")
    void nothingRunsBeforeSomebodyAsks() {
        Counter counter = new Counter(5);
        Apply apply = new Apply(value -> value);
        apply.in.from(counter.number);

        try (Pipeline pipeline = Pipeline.to(apply.out)) {
            assertThat(apply.calls).hasValue(0);
            assertThat(pipeline.pull().orElseThrow().get(apply.out)).isZero();
            assertThat(apply.calls).hasValue(1);
            assertThat(pipeline.pull().orElseThrow().get(apply.out)).isEqualTo(1);
            assertThat(apply.calls).hasValue(2);
        }
    }

    @Test
    @Tag("behaviour-46")
    void pullingPastTheEndGivesNothing() {
        Counter counter = new Counter(1);

        try (Pipeline pipeline = Pipeline.to(counter.number)) {
            assertThat(pipeline.pull()).isPresent();
            assertThat(pipeline.pull()).isEmpty();
            assertThat(pipeline.pull()).isEmpty();
        }
    }

    @Test
    @Tag("behaviour-2")
    @Tag("behaviour-3")
    @Tag("behaviour-4")
    void staticGraphIsComputedOnceAndAgainOnlyDownstreamOfAChange() {
        Static source = new Static();
        Apply apply = new Apply(value -> value + 1);
        apply.in.from(source.number);

        try (Pipeline pipeline = Pipeline.to(apply.out)) {
            assertThat(pipeline.pull().orElseThrow().get(apply.out)).isEqualTo(1002);
            assertThat(pipeline.pull().orElseThrow().get(apply.out)).isEqualTo(1002);
            assertThat(source.calls).hasValue(1);
            assertThat(apply.calls).hasValue(1);

            apply.plus.set(5);
            assertThat(pipeline.pull().orElseThrow().get(apply.out)).isEqualTo(1007);
            assertThat(source.calls).hasValue(1);
            assertThat(apply.calls).hasValue(2);

            source.first.set(2);
            assertThat(pipeline.pull().orElseThrow().get(apply.out)).isEqualTo(2007);
            assertThat(source.calls).hasValue(2);
            assertThat(apply.calls).hasValue(3);
        }
    }

    @Test
    @Tag("behaviour-18")
    void aFailedExecutionIsNotTakenForDone() {
        Static source = new Static();
        source.fails = true;

        try (Pipeline pipeline = Pipeline.to(source.number)) {
            assertThat(pipeline.pull().orElseThrow().failure()).isPresent();
            source.fails = false;
            assertThat(pipeline.pull().orElseThrow().get(source.number)).isEqualTo(1001);
            assertThat(source.calls).hasValue(2);
        }
    }

    @Test
    @Tag("behaviour-9")
    void newConstantMakesWhatDependsOnItStale() {
        Constant<Long> constant = new Constant<>(Long.class, 3L);
        Apply apply = new Apply(value -> value);
        apply.in.from(constant.output);

        try (Pipeline pipeline = Pipeline.to(apply.out)) {
            assertThat(pipeline.pull().orElseThrow().get(apply.out)).isEqualTo(3);
            constant.value.set(4L);
            assertThat(pipeline.pull().orElseThrow().get(apply.out)).isEqualTo(4);
        }
    }

    @Test
    @Tag("behaviour-23")
    void frameKeepsTheParametersOfItsAdmission() {
        Counter counter = new Counter(3);
        Static constant = new Static();
        Sum sum = new Sum();
        sum.left.from(counter.number);
        sum.right.from(constant.number);

        try (Pipeline pipeline = Pipeline.to(sum.out)) {
            assertThat(pipeline.pull().orElseThrow().get(sum.out)).isEqualTo(1001);
            Parameter.setAll(List.of(constant.first.to(7), constant.second.to(7)));
            assertThat(pipeline.pull().orElseThrow().get(sum.out)).isEqualTo(7008);
            assertThat(pipeline.pull().orElseThrow().get(sum.out)).isEqualTo(7009);
            assertThat(constant.calls).hasValue(2);
        }
    }

    @Test
    void severalParametersSetAtOnceAreSeenTogetherOrNotAtAll() throws Exception {
        Counter counter = new Counter(2_000);
        Static constant = new Static();
        Sum sum = new Sum();
        sum.left.from(counter.number);
        sum.right.from(constant.number);
        Thread setter = Thread.ofPlatform().unstarted(() -> {
            for (int i = 0; i < 2_000; i++) {
                Parameter.setAll(List.of(constant.first.to(i % 1000), constant.second.to(i % 1000)));
            }
        });

        try (Run run =
                Pipeline.to(sum.out, counter.number).start(RunOptions.standard().withWorkers(2))) {
            Parameter.setAll(List.of(constant.first.to(0), constant.second.to(0)));
            setter.start();
            for (Frame frame : run) {
                long both = frame.get(sum.out) - frame.get(counter.number);
                assertThat(both == 1001 || both / 1000 == both % 1000).isTrue();
            }
        }
        setter.join();
    }
}
