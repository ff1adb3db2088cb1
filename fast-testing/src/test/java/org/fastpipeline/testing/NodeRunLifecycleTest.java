// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.graph.Fold;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Step;
import org.junit.jupiter.api.Test;

final class NodeRunLifecycleTest {
    private final EventRecorder events = new EventRecorder();

    private final class Sum extends Stateful<List<Integer>> {
        final In<Integer> number = in("number", Integer.class);
        final Out<Integer> sum = out("sum", Integer.class);

        @Override
        public List<Integer> open() {
            events.record("open");
            return new ArrayList<>();
        }

        @Override
        public void execute(List<Integer> state, Step step) {
            state.add(step.get(number));
            step.put(sum, state.stream().mapToInt(Integer::intValue).sum());
        }

        @Override
        public void end(List<Integer> state, Step step) {
            step.put(sum, -state.size());
        }

        @Override
        public void close(List<Integer> state) {
            events.record("close");
        }
    }

    @Test
    void aStatefulNodeSeesFramesInOrderThenTheEnd() {
        Sum node = new Sum();
        try (NodeRun run = NodeRun.of(node)) {
            assertThat(run.with(node.number, 1).execute().get(node.sum)).isEqualTo(1);
            assertThat(run.with(node.number, 5).execute().get(node.sum)).isEqualTo(6);
            assertThat(run.end().get(node.sum)).isEqualTo(-2);
            assertThat(events.events()).containsExactly("open");
        }
        assertThat(events.events()).containsExactly("open", "close");
    }

    private final class Count extends Source<Integer> {
        final In<Integer> limit = in("limit", Integer.class);
        final Out<String> text = out("text", String.class);

        @Override
        public Cursor<Integer> open(Step step) {
            int end = step.get(limit);
            return new Cursor<>() {
                private int at;

                @Override
                public Next<Integer> next() {
                    return at == end
                            ? new Next.End<>()
                            : new Next.Item<>(at, Metadata.EMPTY.with(Metadata.INDEX, (long) at++));
                }

                @Override
                public void close() {
                    events.record("cursor closed");
                }
            };
        }

        @Override
        public void load(Integer key, Step step) {
            step.put(text, key + " of " + step.get(limit) + " is " + step.frame());
        }
    }

    @Test
    void aSourceGivesItsFramesOneByOneOrAllAtOnce() {
        Count node = new Count();
        try (NodeRun run = NodeRun.of(node)) {
            NodeResult first = run.with(node.limit, 3).next().orElseThrow();
            assertThat(first.get(node.text)).isEqualTo("0 of 3 is frame#0");
            List<NodeResult> others = run.all();
            assertThat(others)
                    .extracting(result -> result.get(node.text))
                    .containsExactly("1 of 3 is frame#1", "2 of 3 is frame#2");
            assertThat(others.getLast().metadata().get(Metadata.INDEX)).contains(2L);
            assertThat(run.next()).isEmpty();
        }
        assertThat(events.events()).containsExactly("cursor closed");
    }

    private static final class Hasty extends Source<Integer> {
        final Out<Integer> value = out("value", Integer.class);

        @Override
        public Cursor<Integer> open(Step step) {
            step.put(value, 1);
            return Next.End::new;
        }

        @Override
        public void load(Integer key, Step step) {
            step.put(value, key);
        }
    }

    @Test
    void aSourceMayNotPutWhileItIsOpened() {
        try (NodeRun run = NodeRun.of(new Hasty())) {
            assertThatThrownBy(run::next)
                    .isInstanceOf(WrongUseException.class)
                    .hasMessageContaining("met a put on hasty.value while the source is opened");
        }
    }

    private final class Join extends Fold<List<String>> {
        final In<String> word = in("word", String.class);
        final Out<String> text = out("text", String.class);

        @Override
        public List<String> begin(Step parent) {
            return new ArrayList<>();
        }

        @Override
        public void add(List<String> accumulator, Step child) {
            accumulator.add(child.get(word));
        }

        @Override
        public void finish(List<String> accumulator, Step parent) {
            parent.put(text, String.join("+", accumulator));
        }

        @Override
        public void close(List<String> accumulator) {
            events.record("close");
        }
    }

    @Test
    void aFoldGathersItsChildrenAndFinishes() {
        Join node = new Join();
        try (NodeRun run = NodeRun.of(node)) {
            run.with(node.word, "a").execute();
            run.with(node.word, "b").execute();
            assertThat(run.end().get(node.text)).isEqualTo("a+b");
        }
        assertThat(events.events()).containsExactly("close");
    }

    @Test
    void aFoldWithoutChildrenFinishesToo() {
        Join node = new Join();
        try (NodeRun run = NodeRun.of(node)) {
            assertThat(run.end().get(node.text)).isEmpty();
        }
    }

    private final class Writer extends Sink<String> {
        final In<String> word = in("word", String.class);

        @Override
        public String open() {
            return "file";
        }

        @Override
        public void execute(String state, Step step) {
            events.record(state + " takes " + step.get(word));
        }

        @Override
        public void close(String state, Completion completion) {
            events.record(state + " " + completion);
        }
    }

    @Test
    void aSinkIsToldHowItEndedExactlyOnce() {
        Writer node = new Writer();
        try (NodeRun run = NodeRun.of(node)) {
            run.with(node.word, "a").execute();
            run.end();
        }
        assertThat(events.events()).containsExactly("file takes a", "file Completed[]");
    }

    @Test
    void aSinkThatWasNotEndedIsToldCancelled() {
        Writer node = new Writer();
        try (NodeRun run = NodeRun.of(node)) {
            run.with(node.word, "a").execute();
        }
        assertThat(events.events()).containsExactly("file takes a", "file Cancelled[]");
    }

    @Test
    void methodsOfOtherKindsOfNodesAreRefused() {
        Count node = new Count();
        try (NodeRun run = NodeRun.of(node)) {
            run.with(node.limit, 0);
            assertThatThrownBy(run::execute)
                    .isInstanceOf(WrongUseException.class)
                    .hasMessage("count: met execute(), which its kind of node does not have. Ask for next() or all()");
        }
    }
}
