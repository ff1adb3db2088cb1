// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Key;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.error.LeakException;
import org.fastpipeline.core.error.MissingValueException;
import org.fastpipeline.core.error.ParameterException;
import org.fastpipeline.core.error.ReleasedException;
import org.fastpipeline.core.error.StepException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Ins;
import org.fastpipeline.core.graph.Mapping;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.junit.jupiter.api.Test;

final class NodeRunTest {
    private static final TensorSpec PAIR = TensorSpec.of("C", ElementType.F32, 2);
    private static final Key<String> NOTE = new Key<>("note", String.class);

    private interface Body {
        void run(Node node, Step step) throws Exception;
    }

    private static final class Node extends Stateless {
        final In<Tensor> tensor = in("tensor", Tensor.class);
        final In<Integer> offset = optional("offset", Integer.class);
        final Parameter<Double> gain = number("gain", 2, 0, 10, "", "what elements are multiplied with");
        final Out<Tensor> product = out("product", Tensor.class);
        final Out<Integer> size = out("size", Integer.class);
        private final Body body;

        Node(Body body) {
            this.body = body;
        }

        @Override
        public void execute(Step step) throws Exception {
            body.run(this, step);
        }
    }

    private static void multiply(Node node, Step step) {
        Tensor input = step.get(node.tensor);
        Tensor product = Tensor.allocate(input.spec(), step.memory());
        MemorySegment elements = product.writableElements();
        float add = step.find(node.offset).orElse(0);
        for (int i = 0; i < input.spec().elements(); i++) {
            elements.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) (input.floatAt(i) * step.get(node.gain)) + add);
        }
        step.put(node.product, product);
    }

    private static Tensor pair(NodeRun run) {
        return Tensor.of(PAIR, run.memory(), 3, 4);
    }

    @Test
    void givenValuesReachTheNodeAndItsPutsComeBack() {
        Node node = new Node(NodeRunTest::multiply);
        try (NodeRun run = NodeRun.of(node)) {
            run.with(node.tensor, pair(run));
            assertThat(run.execute().get(node.product).toFloats()).containsExactly(6, 8);
            run.with(node.gain, 3.0).with(node.offset, 1);
            assertThat(run.execute().get(node.product).toFloats()).containsExactly(10, 13);
        }
        assertThat(node.gain.value()).isEqualTo(2);
    }

    @Test
    void lambdaNodesRunToo() {
        Mapping<Integer, String> node = new Mapping<>(Integer.class, String.class, Integer::toBinaryString);
        try (NodeRun run = NodeRun.of(node)) {
            assertThat(run.with(node.input, 5).execute().get(node.output)).isEqualTo("101");
        }
    }

    @Test
    void skipsMetadataAndTimesAreShown() {
        Node node = new Node((self, step) -> {
            step.skip(
                    self.product,
                    "nothing to do for " + step.metadata().get(NOTE).orElseThrow());
            step.tag(Metadata.INDEX, 7L);
            step.time("part", Duration.ofMillis(2));
            step.time("part", Duration.ofMillis(3));
        });
        try (NodeRun run = NodeRun.of(node)) {
            NodeResult result = run.with(node.tensor, pair(run)).with(NOTE, "x").execute();
            assertThat(result.has(node.product)).isFalse();
            assertThat(result.outcome(node.product)).isEqualTo(new Outcome.Skipped<Tensor>("nothing to do for x"));
            assertThat(result.outcome(node.size)).isEqualTo(new Outcome.Skipped<Integer>("not put"));
            assertThatThrownBy(() -> result.get(node.product))
                    .isInstanceOf(MissingValueException.class)
                    .hasMessageContaining("nothing to do for x");
            assertThat(result.metadata())
                    .isEqualTo(Metadata.EMPTY.with(NOTE, "x").with(Metadata.INDEX, 7L));
            assertThat(result.times()).containsExactly(Map.entry("part", Duration.ofMillis(5)));
        }
    }

    @Test
    void memoryThatTheNodeKeepsFailsTheClose() {
        Node node = new Node((self, step) -> step.get(self.tensor).retain("a field"));
        NodeRun run = NodeRun.of(node);
        run.with(node.tensor, pair(run)).execute();
        assertThatThrownBy(run::close).isInstanceOf(LeakException.class).hasMessageContaining("input for node");
    }

    @Test
    void memoryThatIsNeitherPutNorKeptGoesBack() {
        Node node = new Node((self, step) -> step.memory().allocate(100));
        try (NodeRun run = NodeRun.of(node)) {
            assertThat(run.with(node.tensor, pair(run)).execute().has(node.product))
                    .isFalse();
        }
    }

    @Test
    void aFailedNodeLosesNoMemoryAndItsErrorComesOutAsItIs() {
        Node node = new Node((self, step) -> {
            multiply(self, step);
            throw new InputException("a.png", "is empty", "Give another", null);
        });
        try (NodeRun run = NodeRun.of(node)) {
            run.with(node.tensor, pair(run));
            assertThatThrownBy(run::execute).isInstanceOf(InputException.class);
        }
    }

    @Test
    void aCheckedExceptionIsTheCauseOfAStepException() {
        Node node = new Node((_, _) -> {
            throw new IOException("disk full");
        });
        try (NodeRun run = NodeRun.of(node)) {
            run.with(node.tensor, pair(run));
            assertThatThrownBy(run::execute)
                    .isInstanceOf(StepException.class)
                    .hasMessage("node, frame frame#0: disk full")
                    .hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void aPayloadUsedAfterItsStepThrows() {
        Tensor[] kept = new Tensor[1];
        Node node = new Node((self, step) -> kept[0] = step.get(self.tensor));
        try (NodeRun run = NodeRun.of(node)) {
            run.with(node.tensor, pair(run)).execute();
            assertThatThrownBy(() -> kept[0].elements()).isInstanceOf(ReleasedException.class);
        }
    }

    @Test
    @SuppressWarnings("restricted")
    void anInputWrittenBehindJavaFailsTheClose() {
        Node node = new Node(
                (self, step) -> MemorySegment.ofAddress(step.get(self.tensor).address())
                        .reinterpret(PAIR.bytes())
                        .setAtIndex(ValueLayout.JAVA_FLOAT, 0, 9));
        NodeRun run = NodeRun.of(node);
        run.with(node.tensor, pair(run)).execute();
        assertThatThrownBy(run::close).isInstanceOf(WrongUseException.class).hasMessageContaining("changed after");
    }

    @Test
    void aRequiredInputWithoutValueIsNamed() {
        Node node = new Node(NodeRunTest::multiply);
        try (NodeRun run = NodeRun.of(node)) {
            assertThatThrownBy(run::execute)
                    .isInstanceOf(WrongUseException.class)
                    .hasMessage("node.tensor: met no value; needed one. Give it: with(node.tensor, ...)");
        }
    }

    @Test
    void portsOfOtherNodesAndSecondPutsAreRefused() {
        Node other = new Node(NodeRunTest::multiply);
        Node node = new Node((self, step) -> {
            step.put(self.size, 1);
            step.put(self.size, 2);
        });
        try (NodeRun run = NodeRun.of(node)) {
            run.with(node.tensor, pair(run));
            assertThatThrownBy(run::execute).hasMessageContaining("met a second put on node.size");
            assertThatThrownBy(() -> run.with(other.offset, 1)).hasMessageContaining("met a port or parameter of node");
        }
    }

    @Test
    void parametersOutOfRangeAreRefused() {
        Node node = new Node(NodeRunTest::multiply);
        try (NodeRun run = NodeRun.of(node)) {
            assertThatThrownBy(() -> run.with(node.gain, 11.0)).isInstanceOf(ParameterException.class);
        }
    }

    private static final class Total extends Stateless {
        final Ins<Integer> numbers = ins("numbers", Integer.class);
        final In<Integer> last = outcome("last", Integer.class);
        final Out<String> text = out("text", String.class);

        @Override
        public void execute(Step step) {
            int sum = step.get(numbers).stream().mapToInt(Integer::intValue).sum();
            step.put(text, sum + " " + step.outcome(last));
        }
    }

    @Test
    void variadicInputsAndInputsForOutcomesAreGiven() {
        Total node = new Total();
        try (NodeRun run = NodeRun.of(node)) {
            NodeResult result = run.with(node.numbers, List.of(1, 2, 3))
                    .with(node.last, new Outcome.Skipped<>("none"))
                    .execute();
            assertThat(result.get(node.text)).isEqualTo("6 Skipped[reason=none]");
        }
    }

    @Test
    void anOutcomeWithoutValueIsRefusedWhereTheNodeWouldNotRun() {
        Node node = new Node(NodeRunTest::multiply);
        try (NodeRun run = NodeRun.of(node)) {
            assertThatThrownBy(() -> run.with(node.tensor, new Outcome.Skipped<>("none")))
                    .isInstanceOf(WrongUseException.class)
                    .hasMessageContaining("passes the node over");
        }
    }
}
