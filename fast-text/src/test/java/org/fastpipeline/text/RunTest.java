// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Constant;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.measure.RunListener;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RunTest {
    private static final String GIVEN = """
            inputs:
              start: Long
            nodes:
              count: {type: Count, settings: {frames: 3}}
              plus: {type: Plus, inputs: {left: count, right: start}}
            outputs:
              sum: plus
            """;
    private static final String BRANCHES = """
            nodes:
              count: {type: Count, settings: {frames: 3}}
              halves: {type: Halves, inputs: {number: count}}
              low: {type: Keep, inputs: {number: halves.low}}
              high: {type: Keep, inputs: {number: halves.high}}
            outputs:
              number: count
              high: halves.high
            """;

    private final Texts texts = new Texts();

    @Test
    @Tag("behaviour-226")
    void declaredDataThatAreNotGivenAreAFaultWithTheirLine() {
        assertThat(texts.fault(GIVEN))
                .isEqualTo("test.yaml:2:3: no data are given for input 'start'; needed data of Long from the program "
                        + "that runs the pipeline. Give them with PipelineReader.input; the command line cannot");
    }

    @Test
    @Tag("behaviour-226")
    void dataThatAreGivenReachTheirReaders() {
        PipelineReader reader = texts.reader.input("start", new Constant<>(Long.class, 10L).output);
        assertThat(Texts.values(Texts.read(reader, GIVEN), "sum")).containsExactly(10L, 11L, 12L);
    }

    @Test
    @Tag("behaviour-226")
    void dataThatNoInputTakesAreANoticeAndNoFault() {
        Out<Long> data = new Constant<>(Long.class, 10L).output;
        TextPipeline text = Texts.read(texts.reader.input("start", data).input("strat", data), GIVEN);
        assertThat(text.notices()).containsExactly("data are given for input 'strat', which the file does not declare");
    }

    @Test
    void dataOfAnotherTypeAreAFault() {
        PipelineReader reader = texts.reader.input("start", new Constant<>(String.class, "ten").output);
        assertThat(Texts.faults(reader, GIVEN))
                .first()
                .asString()
                .startsWith("test.yaml:2:10: input 'start' is declared as Long, but given String");
    }

    @Test
    void aTypeThatNoNodeKnowsIsAFault() {
        assertThat(texts.fault(GIVEN.replace("Long", "Lnog"))).contains("which no node reads", "Did you mean 'Long'?");
    }

    @Test
    @Tag("behaviour-226")
    void outputsAreReachableByTheirNames() {
        assertThat(texts.read(BRANCHES).outputs()).containsOnlyKeys("number", "high");
        assertThat(Texts.values(texts.read(BRANCHES), "high")).containsExactly(0L, 1L, 1L);
    }

    @Test
    @Tag("behaviour-227")
    void aRunGoesToTheLastFrameTellsProgressAndGivesItsOutputs() {
        TextPipeline text = texts.read(BRANCHES);
        List<String> progress = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void frameDone(String frame, Optional<FastException> failure) {
                progress.add(frame);
            }
        };
        List<Long> numbers = new ArrayList<>();
        try (Run run = text.pipeline().start(RunOptions.standard().withListener(listener))) {
            for (Frame frame : run) {
                numbers.add(frame.get(text.output("number", Long.class)));
            }
        }
        assertThat(numbers).containsExactly(0L, 1L, 2L);
        assertThat(progress).containsExactly("count#0", "count#1", "count#2");
    }

    /// FAST turns the attributes of views that it skips into attributes of the pipeline. There are no views here yet:
    /// a section of them is refused as a whole, and does nothing to what stands before it.
    @Test
    @Tag("behaviour-228")
    void aSectionOfViewsIsRefusedAndNotTakenForSomethingElse() {
        String text = BRANCHES + "views:\n  view:\n    frames: 99\n    title: none\n";
        assertThat(texts.fault(text))
                .isEqualTo(
                        "test.yaml:9:1: section 'views', which is not known; needed one of variables, inputs, nodes, "
                                + "outputs. Leave it out");
    }

    /// Before it is read there is no object that could be asked: a TextPipeline comes from a reader only, whole.
    @Test
    @Tag("behaviour-229")
    void allSinksAreFedWhetherOrNotThereAreOutputs() {
        texts.read(BRANCHES).pipeline().run();
        assertThat(texts.shop.taken).containsExactlyInAnyOrder("low=0", "high=0", "low=0", "high=1", "low=1", "high=1");
        texts.shop.taken.clear();
        texts.read(BRANCHES.substring(0, BRANCHES.indexOf("outputs")))
                .pipeline()
                .run();
        assertThat(texts.shop.taken).hasSize(6);
    }

    @Test
    void aPipelineThatWantsNothingIsAFault() {
        assertThat(texts.fault("nodes:\n  count: {type: Count, settings: {frames: 3}}\n"))
                .startsWith("test.yaml:1:1: no output and no node that writes something");
    }

    @Test
    @Tag("behaviour-231")
    void anOutputCannotBeHadFromAFrameBeforeOrAfterItsTime() {
        TextPipeline text = texts.read(BRANCHES);
        try (Run run = text.pipeline().start()) {
            Frame first = run.next().orElseThrow();
            run.next();
            assertThatThrownBy(() -> first.get(text.output("number", Long.class)))
                    .isInstanceOf(FastException.class);
        }
        assertThatThrownBy(() -> text.output("numbr", Long.class))
                .isInstanceOf(WrongUseException.class)
                .hasMessageEndingWith("Did you mean 'number'?");
    }
}
