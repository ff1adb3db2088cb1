// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.graph.Constant;
import org.fastpipeline.core.graph.Mapping;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.run.TestNodes.Apply;
import org.fastpipeline.core.run.TestNodes.Fill;
import org.fastpipeline.core.run.TestNodes.Static;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What does not stream is computed once, and again only where a change has reached it.
///
/// Flags of modification and stamps on data are an older answer to the same question. Here data are immutable once
/// published, so what changes is a parameter, and an epoch of parameters takes the place of a stamp.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class StaticDemandTest {
    private final Static source = new Static();
    private final Apply apply = new Apply(value -> value + 1);

    private Pipeline sourceAndApply() {
        apply.in.from(source.number);
        return Pipeline.to(source.number, apply.out);
    }

    private static long pull(Pipeline pipeline, Out<Long> port) {
        return pipeline.pull().orElseThrow().get(port);
    }

    @Test
    @Tag("behaviour-1")
    void theFirstPullExecutesEveryNodeOnce() {
        try (Pipeline pipeline = sourceAndApply()) {
            assertThat(pull(pipeline, apply.out)).isEqualTo(1002);
        }
        assertThat(source.calls).hasValue(1);
        assertThat(apply.calls).hasValue(1);
    }

    @Test
    @Tag("behaviour-2")
    @Tag("behaviour-20")
    void pullsWithoutAChangeExecuteNothingAndGiveTheSameObject() {
        AtomicInteger calls = new AtomicInteger();
        Mapping<Long, StringBuilder> mapping = new Mapping<>(Long.class, StringBuilder.class, value -> {
            calls.incrementAndGet();
            return new StringBuilder(value.toString());
        });
        mapping.input.from(source.number);

        try (Pipeline pipeline = Pipeline.to(mapping.output)) {
            StringBuilder first = pipeline.pull().orElseThrow().get(mapping.output);
            for (int i = 0; i < 3; i++) {
                Frame frame = pipeline.pull().orElseThrow();
                assertThat(frame.get(mapping.output)).isSameAs(first);
                assertThat(frame.get(mapping.output)).isSameAs(first);
            }
        }
        assertThat(calls).hasValue(1);
        assertThat(source.calls).hasValue(1);
    }

    /// To mark an importer as modified is here to set one of its parameters again, to the same value if need be.
    @Test
    @Tag("behaviour-3")
    void aParameterOfTheSourceSetAgainExecutesSourceAndReaderOnceMore() {
        try (Pipeline pipeline = sourceAndApply()) {
            pull(pipeline, apply.out);
            source.first.set(source.first.value());
            for (int i = 0; i < 3; i++) {
                assertThat(pull(pipeline, apply.out)).isEqualTo(1002);
            }
            assertThat(source.calls).hasValue(2);
            assertThat(apply.calls).hasValue(2);
        }
    }

    @Test
    @Tag("behaviour-4")
    void aNodesOwnParameterExecutesItButNothingUpstream() {
        try (Pipeline pipeline = sourceAndApply()) {
            pull(pipeline, apply.out);
            apply.plus.set(5);
            assertThat(pull(pipeline, apply.out)).isEqualTo(1007);
            assertThat(apply.calls).hasValue(2);
            assertThat(source.calls).hasValue(1);
        }
    }

    /// Payloads cannot be altered once published. An object of a user's own type can; whoever does so sets it again.
    @Test
    @Tag("behaviour-5")
    void anObjectThatWasAlteredAndSetAgainIsReadAgain() {
        List<Long> list = new CopyOnWriteArrayList<>(List.of(1L));
        Constant<Object> constant = new Constant<>(Object.class, list);
        AtomicInteger calls = new AtomicInteger();
        Mapping<Object, Integer> size = new Mapping<>(Object.class, Integer.class, value -> {
            calls.incrementAndGet();
            return ((List<?>) value).size();
        });
        size.input.from(constant.output);

        try (Pipeline pipeline = Pipeline.to(size.output)) {
            assertThat(pipeline.pull().orElseThrow().get(size.output)).isEqualTo(1);
            list.add(2L);
            constant.value.set(list);
            assertThat(pipeline.pull().orElseThrow().get(size.output)).isEqualTo(2);
        }
        assertThat(calls).hasValue(2);
    }

    /// The number of the static frame counts the epochs: it is what a stamp of modification would be.
    @Test
    @Tag("behaviour-6")
    void everyChangeBeginsANewEpochAndNothingElseDoes() {
        List<Long> epochs = new ArrayList<>();
        try (Pipeline pipeline = sourceAndApply()) {
            for (int i = 0; i < 4; i++) {
                epochs.add(pipeline.pull().orElseThrow().id().sequence());
                epochs.add(pipeline.pull().orElseThrow().id().sequence());
                source.second.set(7);
            }
        }
        assertThat(epochs).containsExactly(0L, 0L, 1L, 1L, 2L, 2L, 3L, 3L);
    }

    /// What is published cannot be written, as `LifecycleTest` shows; so reading is all that can be done to it.
    @Test
    @Tag("behaviour-7")
    void readingAPayloadIsNoChange() {
        Fill fill = new Fill(64);
        fill.in.from(source.number);

        try (Pipeline pipeline = Pipeline.to(fill.out)) {
            for (int i = 0; i < 3; i++) {
                Tensor tensor = pipeline.pull().orElseThrow().get(fill.out);
                assertThat(tensor.elements().get(ValueLayout.JAVA_BYTE, 63)).isEqualTo((byte) 1001);
            }
        }
        assertThat(source.calls).hasValue(1);
    }

    @Test
    @Tag("behaviour-8")
    void aConstantIsReadOnceHoweverOftenItIsPulled() {
        Constant<Long> constant = new Constant<>(Long.class, 3L);
        apply.in.from(constant.output);

        try (Pipeline pipeline = Pipeline.to(constant.output, apply.out)) {
            for (int i = 0; i < 3; i++) {
                Frame frame = pipeline.pull().orElseThrow();
                assertThat(frame.get(constant.output)).isEqualTo(3);
                assertThat(frame.id().sequence()).isZero();
            }
        }
        assertThat(apply.calls).hasValue(1);
    }

    @Test
    @Tag("behaviour-10")
    void aPullExecutesUpstreamFirstAndEachNodeOnce() {
        List<String> order = new CopyOnWriteArrayList<>();
        Out<Long> chain = new Constant<>(Long.class, 1L).output;
        for (String name : List.of("a", "b", "c")) {
            Apply next = new Apply(value -> {
                order.add(name);
                return value;
            });
            next.in.from(chain);
            chain = next.out;
        }

        try (Pipeline pipeline = Pipeline.to(chain)) {
            assertThat(order).isEmpty();
            pipeline.pull();
            assertThat(order).containsExactly("a", "b", "c");
        }
    }

    @Test
    @Tag("behaviour-11")
    void consumersOfOneStaticValueShareItsExecution() {
        apply.in.from(source.number);
        Apply first = new Apply(value -> value);
        first.in.from(source.number);
        Apply third = new Apply(value -> value);
        third.in.from(apply.out);

        try (Pipeline pipeline = Pipeline.to(first.out, third.out)) {
            for (int i = 0; i < 4; i++) {
                Frame frame = pipeline.pull().orElseThrow();
                assertThat(frame.id().sequence()).isZero();
                assertThat(frame.get(first.out)).isEqualTo(1001);
                assertThat(frame.get(third.out)).isEqualTo(1002);
            }
        }
        assertThat(source.calls).hasValue(1);
    }

    @Test
    @Tag("behaviour-18")
    void anOlderOutputNeverStandsInForAFailure() {
        try (Pipeline pipeline = sourceAndApply()) {
            assertThat(pull(pipeline, apply.out)).isEqualTo(1002);

            source.first.set(2);
            source.fails = true;
            for (int i = 0; i < 2; i++) {
                assertThat(pipeline.pull().orElseThrow().failure().orElseThrow())
                        .hasMessageContaining("no such thing");
            }
            assertThat(source.calls).hasValue(3);

            source.fails = false;
            assertThat(pull(pipeline, apply.out)).isEqualTo(2002);
        }
    }

    @Test
    @Tag("behaviour-19")
    void aChangeFromAnotherThreadWhileANodeExecutesIsNotLost() {
        AtomicBoolean first = new AtomicBoolean(true);
        Apply slow = new Apply(value -> {
            if (first.getAndSet(false)) {
                Thread other = Thread.ofPlatform().start(() -> source.first.set(9));
                join(other);
            }
            return value;
        });
        slow.in.from(source.number);

        try (Pipeline pipeline = Pipeline.to(slow.out)) {
            assertThat(pull(pipeline, slow.out)).isEqualTo(1001);
            assertThat(pull(pipeline, slow.out)).isEqualTo(9001);
            assertThat(slow.calls).hasValue(2);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
