// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Constant;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Lambda;
import org.fastpipeline.core.graph.Mapping;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.run.TestNodes.Counter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("behaviour-82")
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LambdaTest {
    @Test
    void aFunctionWithoutInputsIsCalledOnce() {
        AtomicLong calls = new AtomicLong();
        Lambda seven = new Lambda("seven");
        Out<Long> number = seven.output("number", Long.class);
        seven.calls(step -> {
            calls.incrementAndGet();
            step.put(number, 7L);
        });

        try (Pipeline pipeline = Pipeline.to(number)) {
            assertThat(pipeline.pull().orElseThrow().get(number)).isEqualTo(7);
            assertThat(pipeline.pull().orElseThrow().get(number)).isEqualTo(7);
        }
        assertThat(calls).hasValue(1);
    }

    /// Payloads are read-only; what a function may change is what its maker owns.
    @Test
    void theCallerSeesWhatTheFunctionDidToAnObjectOfItsOwn() {
        AtomicLong sum = new AtomicLong();
        Lambda adding = new Lambda("adding");
        In<Long> in = adding.input("in", Long.class);
        Out<Boolean> done = adding.output("done", Boolean.class);
        adding.calls(step -> {
            sum.addAndGet(step.get(in));
            step.put(done, true);
        });
        in.from(new Counter(5).number);

        try (Run run = Pipeline.to(done).start()) {
            run.finish();
        }
        assertThat(sum).hasValue(10);
    }

    @Test
    void whatAFunctionOfOneInputReturnsIsOnTheOutput() {
        StringBuilder made = new StringBuilder("made");
        Mapping<Long, StringBuilder> mapping = new Mapping<>(Long.class, StringBuilder.class, value -> made);
        mapping.input.from(new Counter(1).number);

        try (Pipeline pipeline = Pipeline.to(mapping.output)) {
            assertThat(pipeline.pull().orElseThrow().get(mapping.output)).isSameAs(made);
        }
    }

    @Test
    void tenInputsAndTenOutputsAreTakenByPort() {
        Lambda squares = new Lambda("squares");
        List<In<Long>> ins = new ArrayList<>();
        List<Out<Long>> outs = new ArrayList<>();
        for (long i = 0; i < 10; i++) {
            In<Long> in = squares.input("in" + i, Long.class);
            in.from(new Constant<>(Long.class, i).output);
            ins.add(in);
            outs.add(squares.output("out" + i, Long.class));
        }
        squares.calls(step -> {
            for (int i = 9; i >= 0; i--) {
                step.put(outs.get(i), step.get(ins.get(i)) * step.get(ins.get(i)));
            }
        });

        try (Pipeline pipeline = Pipeline.to(outs.toArray(Out<?>[]::new))) {
            Frame frame = pipeline.pull().orElseThrow();
            assertThat(outs.stream().map(frame::get)).containsExactly(0L, 1L, 4L, 9L, 16L, 25L, 36L, 49L, 64L, 81L);
        }
    }

    @Test
    void aNodeWithoutAFunctionFailsAndSaysWhatToDo() {
        Lambda empty = new Lambda("empty");
        Out<Long> out = empty.output("out", Long.class);

        try (Pipeline pipeline = Pipeline.to(out)) {
            assertThat(pipeline.pull().orElseThrow().failure().orElseThrow())
                    .cause()
                    .isInstanceOf(WrongUseException.class)
                    .hasMessage(
                            "empty: met no function; needed one. Give it by calls(...) before the pipeline is built");
        }
    }
}
