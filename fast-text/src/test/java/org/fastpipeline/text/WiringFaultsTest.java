// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fastpipeline.core.catalog.NodeCatalogs;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Graph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WiringFaultsTest {
    private static final String COUNT = "nodes:\n  count: {type: Count, settings: {frames: 2}}\n";

    private final Texts texts = new Texts();

    @Test
    @Tag("behaviour-230")
    void aRequiredInputThatIsLeftOutIsNamedWithItsNodeAndWhatWouldFit() {
        assertThat(texts.fault(COUNT + "  scale: {type: Scale}\noutputs: {scaled: scale}\n"))
                .isEqualTo("test.yaml:3:3: input 'number' of node 'scale' is not connected; needed an output of Long "
                        + "(such as count.number). Add under inputs 'number: ID.PORT'");
    }

    @Test
    @Tag("behaviour-230")
    void anOptionalInputMayBeLeftOut() {
        assertThat(Texts.values(
                        texts.read(COUNT + "  plus: {type: Plus, inputs: {left: count}}\noutputs: {sum: plus}\n"),
                        "sum"))
                .containsExactly(0L, 1L);
    }

    @ParameterizedTest
    @Tag("behaviour-231")
    @CsvSource(
            delimiter = '|',
            value = {
                "count.nubmer | test.yaml:3:37: input 'a.number' reads 'count.nubmer', but node 'count' has no output"
                        + " 'nubmer' | Did you mean 'number'?",
                "a.scaled | test.yaml:3:3: a: a cycle: a <- a; needed a graph without cycles | Cut one",
                "words | test.yaml:3:37: input 'a.number' reads Long, but words.text carries String; needed an output of"
                        + " Long (such as count.number, halves.low, halves.high) | Connect one of these",
                "[count, count] | test.yaml:3:37: input 'a.number' has 2 connections; needed one | Name one output",
                "halves | reads 'halves', a node of 2 outputs; needed one of its outputs | There are low, high",
                "keep.number | but node 'keep' has no output 'number'; needed a node with an output | Name another node",
            })
    void aWireThatLeadsNowhereIsAFault(String reference, String fault, String remedy) {
        String text = COUNT + "  a: {type: Scale, inputs: {number: " + reference.strip() + "}}\n"
                + "  words: {type: Words, settings: {words: x}}\n"
                + "  halves: {type: Halves, inputs: {number: count}}\n"
                + "  keep: {type: Keep, inputs: {number: a}}\n";
        assertThat(texts.fault(text)).contains(fault.strip(), remedy.strip());
    }

    @ParameterizedTest
    @Tag("behaviour-232")
    @CsvSource({
        "mask, 4, an odd number above 0 (pixels)",
        "mask, 0, an odd number above 0 (pixels)",
        "mask, -3, an odd number above 0 (pixels)",
        "sigma, 0, 0.001 to 100.0 (pixels)",
        "sigma, -1, 0.001 to 100.0 (pixels)",
        "sigma, NaN, 0.001 to 100.0 (pixels)",
        "sigma, '\"1,5\"', 0.001 to 100.0 (pixels)",
        "sigma, 0x1p3, 0.001 to 100.0 (pixels)",
        "factor, 11, 1 to 10",
        "factor, 2.5, 1 to 10",
        "factor, \u0663, 1 to 10",
    })
    void aParameterOutOfRangeIsAFaultWithItsLineAndRange(String parameter, String value, String range) {
        assertThat(texts.fault(COUNT + "  a:\n    type: Scale\n    inputs: {number: count}\n    parameters:\n      "
                        + parameter + ": " + value + "\noutputs: {a: a}\n"))
                .startsWith("test.yaml:7:")
                .contains("parameter '" + parameter + "' of node 'a' met ", "; needed " + range + ". It is: ");
    }

    @Test
    void streamsThatMeetOutsideARestreamAreAFaultWithTheirLine() {
        assertThat(texts.fault(COUNT + "  other: {type: Count, settings: {frames: 2}}\n"
                        + "  plus:\n    type: Plus\n    inputs:\n      left: count\n      right: other\n"
                        + "outputs: {sum: plus}\n"))
                .startsWith("test.yaml:8:7: plus.right: fed from domain other")
                .contains("Join the two with a Restream node");
    }

    @Test
    void twoCatalogsWithANodeOfOneNameAreRefused() {
        assertThatThrownBy(() -> NodeCatalogs.of(new Shop(), new Shop()))
                .isInstanceOf(WrongUseException.class)
                .hasMessageStartingWith("node catalogs: met two nodes called Count, of shop and of shop");
    }

    @Test
    void anOutlineNeedsNeitherVariablesNorData(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("outline.yaml"), """
                variables: {frames: , factor: }
                inputs: {start: Long}
                nodes:
                  count: {type: Count, settings: {frames: "${frames}"}}
                  scale: {type: Scale, parameters: {factor: "${factor}"}, inputs: {number: count}}
                  plus: {type: Plus, inputs: {left: scale, right: start}}
                outputs: {sum: plus}
                """);
        Graph graph = texts.reader.outline(file);
        assertThat(graph.nodes())
                .extracting(Graph.Node::name)
                .containsExactlyInAnyOrder("count", "scale", "start", "plus");
    }
}
