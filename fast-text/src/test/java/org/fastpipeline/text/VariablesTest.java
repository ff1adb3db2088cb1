// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.fastpipeline.core.graph.Out;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariablesTest {
    private final Texts texts = new Texts();

    private static String said(TextPipeline text) {
        Out<? extends String> said = text.output("said", String.class);
        try (var pipeline = text.pipeline()) {
            return pipeline.pull().orElseThrow().get(said);
        }
    }

    private static String saying(String words, String variables) {
        return "variables: {" + variables + "}\nnodes:\n  words:\n    type: Words\n    settings: {words: \"" + words
                + "\"}\noutputs: {said: words}\n";
    }

    @Test
    @Tag("behaviour-224")
    void aVariableHasItsDefault() {
        assertThat(said(texts.read(saying("${a}", "a: one")))).isEqualTo("one");
    }

    @Test
    @Tag("behaviour-224")
    void aValueThatIsGivenGoesBeforeTheDefault() {
        assertThat(said(Texts.read(texts.reader.set("a", "given"), saying("${a}", "a: one"))))
                .isEqualTo("given");
    }

    @Test
    @Tag("behaviour-224")
    void aVariableWithoutDefaultMustBeGiven() {
        assertThat(texts.fault(saying("${a}", "a: ")))
                .isEqualTo("test.yaml:1:13: variable 'a' has no value; needed one, for it has no default. "
                        + "Give it, on the command line with --set a=VALUE, or write a default");
        assertThat(said(Texts.read(texts.reader.set("a", "given"), saying("${a}", "a: "))))
                .isEqualTo("given");
    }

    @Test
    @Tag("behaviour-224")
    void severalVariablesMayStandInOneLine() {
        assertThat(said(texts.read(saying("${a} and ${b}${a}, ${b}", "a: x, b: y"))))
                .isEqualTo("x and yx, y");
    }

    @ParameterizedTest
    @Tag("behaviour-224")
    @ValueSource(strings = {"${a", "x ${", "${a} ${b"})
    void aVariableThatIsNotClosedIsAFault(String words) {
        assertThat(texts.fault(saying(words, "a: x, b: y")))
                .startsWith("test.yaml:5:23: '${")
                .contains("has no closing brace; needed ${NAME}");
    }

    @ParameterizedTest
    @Tag("behaviour-224")
    @CsvSource({"${inptu}, Did you mean 'input'?", "${}, 'There are here, input'", "${INPUT }, Did you mean 'input'?"})
    void aVariableThatIsNotDeclaredIsAFault(String words, String remedy) {
        assertThat(texts.fault(saying(words, "input: x")))
                .startsWith("test.yaml:5:23: variable '")
                .endsWith(remedy);
    }

    @Test
    @Tag("behaviour-224")
    void aValueForAVariableThatIsNotDeclaredIsAFault() {
        assertThat(Texts.faults(texts.reader.set("inptu", "x"), saying("${input}", "input: y")))
                .singleElement()
                .asString()
                .contains("a value is given for variable 'inptu'", "Did you mean 'input'?");
    }

    @Test
    void aDefaultReadsTheVariablesAboveItAndTheFolderOfTheFile() {
        assertThat(said(texts.read(saying("${b}", "a: '${here}/x', b: '${a}/y'"))))
                .isEqualTo(Path.of("there") + "/x/y");
        assertThat(texts.fault(saying("${a}", "a: '${b}', b: y")))
                .contains("variable 'b', which is not declared above");
    }

    @Test
    void aValueThatIsGivenIsPutAsItIs() {
        assertThat(said(Texts.read(texts.reader.set("a", "${b} $$"), saying("${a}", "a: x, b: y"))))
                .isEqualTo("${b} $$");
    }

    @Test
    void twoDollarSignsAreOne() {
        assertThat(said(texts.read(saying("$${a} costs 5$ or $$5", "a: x")))).isEqualTo("${a} costs 5$ or $5");
    }

    @Test
    void variablesCannotBeMadeToFillTheMemory() {
        StringBuilder variables = new StringBuilder("a0: ").append("x".repeat(1000));
        for (int i = 1; i < 40; i++) {
            variables.append(", a%d: '${a%d}${a%d}'".formatted(i, i - 1, i - 1));
        }
        assertThat(texts.fault(saying("${a39}", variables.toString()))).contains("more text than any pipeline needs");
    }
}
