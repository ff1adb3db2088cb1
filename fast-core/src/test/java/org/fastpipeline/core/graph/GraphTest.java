// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.Fault;
import org.fastpipeline.core.error.GraphException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class GraphTest {
    private static final class Numbers extends Source<Long> {
        final Out<Long> number = out("number", Long.class);

        @Override
        public Cursor<Long> open(Step step) {
            return Next.End::new;
        }

        @Override
        public void load(Long key, Step step) {
            step.put(number, key);
        }
    }

    private static final class Children extends Source<Long> {
        final In<Long> parent = in("parent", Long.class);
        final Out<Long> child = out("child", Long.class);

        @Override
        public Cursor<Long> open(Step step) {
            return () -> new Next.Item<>(0L, Metadata.EMPTY);
        }

        @Override
        public void load(Long key, Step step) {}
    }

    private static final class Gather extends Fold<Long> {
        final In<Long> child = in("child", Long.class);
        final Out<Long> all = out("all", Long.class);

        @Override
        public Long begin(Step parent) {
            return 0L;
        }

        @Override
        public void add(Long accumulator, Step child) {}

        @Override
        public void finish(Long accumulator, Step parent) {}
    }

    private static final class Join extends Restream<Long> {
        final In<Long> left = in("left", Long.class);
        final In<Long> right = in("right", Long.class);
        final Out<Long> both = out("both", Long.class);

        @Override
        public Long open() {
            return 0L;
        }

        @Override
        public boolean next(Long state, Intake intake, Step step) {
            return false;
        }

        @Override
        public int holds() {
            return 1;
        }
    }

    private static final class Plus extends Stateless {
        final In<Long> left = in("left", Long.class);
        final In<Long> right = in("right", Long.class);
        final Out<Long> sum = out("sum", Long.class);

        @Override
        public void execute(Step step) {}
    }

    private static Mapping<Long, Long> same(Out<Long> from) {
        Mapping<Long, Long> mapping = new Mapping<>(Long.class, Long.class, value -> value);
        mapping.input.from(from);
        return mapping;
    }

    private static List<Fault> faults(Out<?>... ports) {
        return catchThrowableOfType(GraphException.class, () -> Graph.of(List.of(ports), List.of()))
                .faults();
    }

    @Test
    @Tag("behaviour-230")
    void unconnectedInputNamesPortWhatIsNeededAndWhatToDo() {
        Plus plus = new Plus();
        plus.left.from(new Numbers().number);

        assertThat(faults(plus.sum)).singleElement().satisfies(fault -> {
            assertThat(fault.where()).isEqualTo("plus.right");
            assertThat(fault.toString())
                    .isEqualTo("plus.right: not connected; needed an output of Long. "
                            + "Call right.from(...) before the pipeline is built");
        });
    }

    @Test
    void allFaultsAreReportedAtOnce() {
        Plus first = new Plus();
        Plus second = new Plus();
        second.left.from(first.sum);

        assertThat(faults(second.sum))
                .extracting(Fault::where)
                .containsExactlyInAnyOrder("plus.left", "plus.right", "plus-2.right");
    }

    @Test
    void inputConnectedTwiceIsRefused() {
        Numbers numbers = new Numbers();
        Mapping<Long, Long> mapping = same(numbers.number);
        mapping.input.from(numbers.number);

        assertThat(faults(mapping.output)).singleElement().satisfies(fault -> assertThat(fault.met())
                .startsWith("connected 2 times"));
    }

    @Test
    @Tag("behaviour-231")
    void aNodeThatReadsItselfIsACycle() {
        Plus plus = new Plus();
        plus.left.from(new Numbers().number);
        plus.right.from(plus.sum);

        assertThat(faults(plus.sum)).extracting(Fault::met).containsExactly("a cycle: plus <- plus");
    }

    @Test
    void cycleIsNamedNodeByNode() {
        Plus a = new Plus();
        a.name("a");
        Plus b = new Plus();
        b.name("b");
        a.left.from(new Numbers().number);
        a.right.from(b.sum);
        b.left.from(a.sum);
        b.right.from(a.sum);

        assertThat(faults(a.sum)).extracting(Fault::met).contains("a cycle: a <- b <- a");
    }

    @Test
    void cycleSaysWhoReadsFromWhomByUniqueNames() {
        Plus first = new Plus();
        Mapping<Long, Long> second = same(first.sum);
        first.left.from(new Numbers().number);
        first.right.from(same(second.output).output);

        assertThat(faults(second.output))
                .extracting(Fault::met)
                .containsExactly("a cycle: mapping-2 <- plus <- mapping <- mapping-2");
    }

    @Test
    void twoStreamsMeetOnlyInARestream() {
        Plus plus = new Plus();
        plus.left.from(new Numbers().number);
        plus.right.from(new Numbers().number);

        assertThat(faults(plus.sum)).singleElement().satisfies(fault -> assertThat(fault.remedy())
                .contains("Restream"));
    }

    @Test
    void restreamOfTwoStreamsLiesBesideThem() {
        Join join = new Join();
        join.left.from(new Numbers().number);
        join.right.from(new Numbers().number);

        Graph graph = Graph.of(List.of(join.both), List.of());

        assertThat(graph.domain(join.both)).isEqualTo(new Domain("join", Optional.of(Graph.ROOT)));
    }

    @Test
    void restreamOfAStreamWithItselfIsRefused() {
        Numbers numbers = new Numbers();
        Join group = new Join();
        group.left.from(numbers.number);
        group.right.from(numbers.number);
        Join join = new Join();
        join.left.from(numbers.number);
        join.right.from(group.both);

        assertThat(faults(join.both)).singleElement().satisfies(fault -> assertThat(fault.met())
                .startsWith("fed by two streams that both come from"));
    }

    @Test
    void foldOfStaticValuesIsRefused() {
        Gather gather = new Gather();
        gather.child.from(new Constant<>(Long.class, 1L).output);

        assertThat(faults(gather.all)).extracting(Fault::met).containsExactly("fed with static values only");
    }

    @Test
    void aFrameCannotReadWhatIsKnownAfterTheLastFrame() {
        Numbers numbers = new Numbers();
        Gather gather = new Gather();
        gather.child.from(numbers.number);
        Plus plus = new Plus();
        plus.left.from(numbers.number);
        plus.right.from(gather.all);

        assertThat(faults(plus.sum)).singleElement().satisfies(fault -> assertThat(fault.met())
                .contains("known only after the last frame"));
    }

    @Test
    void childrenReadTheirParentsValues() {
        Numbers numbers = new Numbers();
        Children children = new Children();
        children.parent.from(numbers.number);
        Plus plus = new Plus();
        plus.left.from(children.child);
        plus.right.from(numbers.number);
        Gather gather = new Gather();
        gather.child.from(plus.sum);

        Graph graph = Graph.of(List.of(gather.all), List.of());

        assertThat(graph.domain(plus.sum)).hasToString("numbers/children");
        assertThat(graph.domain(gather.all)).hasToString("numbers");
    }

    @Test
    void nodesThatNobodyAsksForAreLeftOut() {
        Numbers numbers = new Numbers();
        Mapping<Long, Long> wanted = same(numbers.number);
        same(numbers.number);

        assertThat(Graph.of(List.of(wanted.output), List.of()).nodes()).hasSize(2);
    }

    @Test
    @Tag("behaviour-16")
    @Tag("behaviour-17")
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void tenThousandNodesInARowAndNestedDiamondsAreFine() {
        Out<Long> chain = new Numbers().number;
        for (int i = 0; i < 10_000; i++) {
            chain = same(chain).output;
        }
        for (int i = 0; i < 100; i++) {
            Plus diamond = new Plus();
            diamond.left.from(same(chain).output);
            diamond.right.from(same(chain).output);
            chain = diamond.sum;
        }

        assertThat(Graph.of(List.of(chain), List.of()).nodes()).hasSize(10_301);
    }

    @Test
    void graphIsDescribedAsTableMermaidAndDot() {
        Numbers numbers = new Numbers();
        Mapping<Long, Long> mapping = same(numbers.number);
        Graph graph = Graph.of(List.of(mapping.output), List.of());

        assertThat(graph.describe(Graph.Format.TABLE)).isEqualTo("""
                node     kind       domain   lane  inputs
                numbers  source     numbers  cpu
                mapping  stateless  numbers  cpu   input=numbers.number""");
        assertThat(graph.describe(Graph.Format.MERMAID)).contains("n0 -- number --> n1");
        assertThat(graph.describe(Graph.Format.DOT)).contains("\"numbers\" -> \"mapping\" [label=\"number\"];");
    }

    @Test
    void laterWiringDoesNotChangeABuiltGraph() {
        Plus plus = new Plus();
        plus.left.from(new Constant<>(Long.class, 1L).output);
        plus.right.from(new Constant<>(Long.class, 2L).output);
        Graph graph = Graph.of(List.of(plus.sum), List.of());

        plus.left.from(new Numbers().number);

        assertThat(graph.nodes()).hasSize(3);
        assertThat(graph.node(plus).feeds().getFirst()).hasSize(1);
    }
}
