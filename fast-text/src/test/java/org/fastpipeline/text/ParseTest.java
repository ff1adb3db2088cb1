// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ParseTest {
    private static final String WHOLE = """
            # a comment
            nodes:
              count:                    # another one
                type: Count
                settings: {frames: 4}
              "a: in quotes":
                type: 'Scale'
                parameters:
                  factor: 3
                  negative: true
                inputs:
                  number: count.number
              text:
                type: Words
                settings:
                  words: [in, "# a", list]
                  loud: true
            outputs:
              scaled: "a: in quotes"
            """;

    private final Texts texts = new Texts();

    @Test
    @Tag("behaviour-223")
    void nodesAreMadeAndReachableByTheirIds() {
        TextPipeline text = texts.read(WHOLE);
        assertThat(text.nodes()).containsOnlyKeys("count", "a: in quotes", "text");
        assertThat(text.node("count")).isInstanceOf(Shop.Count.class).hasToString("count");
    }

    @Test
    @Tag("behaviour-223")
    void settingsParametersAndInputsAreThoseOfTheText() {
        assertThat(Texts.values(texts.read(WHOLE), "scaled")).containsExactly(0L, -3L, -6L, -9L);
    }

    @Test
    @Tag("behaviour-223")
    void listsAndCommentsAreTakenAsYamlHasThem() throws Exception {
        TextPipeline text = texts.read("""
                nodes:
                  text:
                    type: Words
                    settings: {words: [in, "# a", list], loud: true}  # said loudly
                outputs: {text: text}
                """);
        Out<? extends String> said = text.output("text", String.class);
        assertThat(text.pipeline().pull().orElseThrow().get(said)).isEqualTo("IN # A LIST");
        text.pipeline().close();
    }

    @Test
    void anInputForManyTakesAListOfReferences() {
        TextPipeline text = texts.read("""
                nodes:
                  count: {type: Count, settings: {frames: 3}}
                  halves: {type: Halves, inputs: {number: count}}
                  total: {type: Total, inputs: {numbers: [count, halves.low, halves.high]}}
                outputs: {total: total}
                """);
        assertThat(Texts.values(text, "total")).containsExactly(0L, 2L, 4L);
    }

    @Test
    void theOrderOfNodesDoesNotMatter() {
        TextPipeline text = texts.read("""
                nodes:
                  scale: {type: Scale, inputs: {number: count}}
                  count: {type: Count, settings: {frames: 2}}
                outputs: {scaled: scale}
                """);
        assertThat(Texts.values(text, "scaled")).containsExactly(0L, 2L);
    }

    @Test
    void whatTheFileDoesNotDeclareCannotBeAskedFor() {
        TextPipeline text = texts.read(WHOLE);
        assertThatThrownBy(() -> text.node("cuont"))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("met node 'cuont'")
                .hasMessageEndingWith("Did you mean 'count'?");
        assertThatThrownBy(() -> text.output("scaled", String.class))
                .hasMessageContaining("met a request for String; needed one for Long");
    }

    @Test
    void nodesThatNothingNeedsAreMentioned() {
        assertThat(texts.read(WHOLE).notices()).singleElement().asString().startsWith("node 'text' is not used");
    }
}
