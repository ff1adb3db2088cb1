// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.fastpipeline.core.error.ParameterException;
import org.fastpipeline.core.error.WrongUseException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterTest {
    private static final class Blur extends Stateless {
        final Parameter<Double> sigma = number("sigma", 1.5, 0, 10, "px", "How far it blurs.");
        final Parameter<Integer> rounds = integer("rounds", 1, 1, 4, "", "How often it blurs.");
        final Parameter<Mode> mode = parameter(new Parameter.Declaration<>(
                "mode", Mode.class, Mode.FAST, "FAST or EXACT", _ -> true, Mode::valueOf, "", "How it blurs."));

        @Override
        public void execute(Step step) {}
    }

    private enum Mode {
        FAST,
        EXACT,
        VERY_EXACT {
            @Override
            public String toString() {
                return "as exact as can be";
            }
        }
    }

    private static final class Texts extends Stateless {
        final Parameter<Boolean> on = flag("on", false, "Whether it does anything.");
        final Parameter<Mode> mode = parameter(Parameter.Declaration.choice("mode", Mode.FAST, "How well it does it."));
        final Parameter<Double> size = number("size", 1, 0, 10, "px", "How much of it.");

        @Override
        public void execute(Step step) {}
    }

    /// Declares one thing twice, or what no port can carry.
    private static final class Careless extends Stateless {
        Careless(boolean primitive) {
            if (primitive) {
                in("count", long.class);
            }
            flag("on", true, "One.");
            flag("on", true, "Another of the same name.");
        }

        @Override
        public void execute(Step step) {}
    }

    private static final class Wrong extends Stateless {
        Wrong() {
            number("size", 11, 0, 10, "px", "Its first value is out of its range.");
        }

        @Override
        public void execute(Step step) {}
    }

    private final Blur blur = new Blur();

    @Test
    void aParameterHasItsInitialValueUntilItIsSet() {
        assertThat(blur.sigma.value()).isEqualTo(1.5);
        blur.sigma.set(2.0);
        assertThat(blur.sigma.value()).isEqualTo(2.0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 10})
    void theEndsOfTheRangeBelongToIt(double value) {
        blur.sigma.set(value);
        assertThat(blur.sigma.value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 10.1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    @Tag("behaviour-232")
    void aNumberOutOfRangeIsRefused(double value) {
        assertThatThrownBy(() -> blur.sigma.set(value))
                .isInstanceOf(ParameterException.class)
                .hasMessage("blur.sigma: met " + value + "; needed 0.0 to 10.0. Set a value in that range.");
    }

    @Test
    void aRefusedValueChangesNothing() {
        assertThatThrownBy(() -> blur.rounds.set(5)).isInstanceOf(ParameterException.class);
        assertThat(blur.rounds.value()).isEqualTo(1);
    }

    @Test
    void theMessageNamesTheNodeAsItIsCalled() {
        blur.name("smooth");
        assertThatThrownBy(() -> blur.rounds.set(0))
                .hasMessage("smooth.rounds: met 0; needed 1 to 4. Set a value in that range.");
    }

    @Test
    void aDeclarationWhoseFirstValueIsOutOfRangeIsRefused() {
        assertThatThrownBy(Wrong::new)
                .isInstanceOf(ParameterException.class)
                .hasMessage("wrong.size: met 11.0; needed 0.0 to 10.0. Set a value in that range.");
    }

    @ParameterizedTest
    @CsvSource({"3, 3.0", "0.5, 0.5", "1e-3, 0.001", "' 2 ', 2.0"})
    void aNumberIsReadFromText(String text, double value) {
        blur.sigma.setText(text);
        assertThat(blur.sigma.value()).isEqualTo(value);
    }

    @Test
    void aValueOfAnyTypeIsReadByItsOwnParser() {
        blur.mode.setText("EXACT");
        assertThat(blur.mode.value()).isEqualTo(Mode.EXACT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "much", "1,5", "2.5", "99999999999", "0x2", "1_0", "\u0663"})
    void textThatIsNoValueIsRefused(String text) {
        assertThatThrownBy(() -> blur.rounds.setText(text))
                .isInstanceOf(ParameterException.class)
                .hasMessage("blur.rounds: met '" + text + "'; needed 1 to 4. Set a value in that range.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1,5", "0x1p3", "1d", "2f", "NaN", "Infinity", "\u0663"})
    void textThatPeopleDoNotWriteForANumberIsRefused(String text) {
        assertThatThrownBy(() -> blur.sigma.setText(text))
                .isInstanceOf(ParameterException.class)
                .hasMessage("blur.sigma: met '" + text + "'; needed 0.0 to 10.0. Set a value in that range.");
    }

    @Test
    void textOutOfRangeIsRefused() {
        assertThatThrownBy(() -> blur.rounds.setText("7"))
                .hasMessage("blur.rounds: met 7; needed 1 to 4. Set a value in that range.");
    }

    @Test
    void textThatNamesNoChoiceIsRefusedWithTheChoices() {
        assertThatThrownBy(() -> blur.mode.setText("SLOW"))
                .hasMessage("blur.mode: met 'SLOW'; needed FAST or EXACT. Set a value in that range.");
    }

    @Test
    void severalAreSetAtOnce() {
        Parameter.setAll(List.of(blur.sigma.to(3.0), blur.rounds.to(2)));
        assertThat(Parameter.readAll(blur.parameters())).startsWith(3.0, 2, Mode.FAST);
    }

    @Test
    void ifOneValueIsOutOfRangeNoneIsSet() {
        assertThatThrownBy(() -> Parameter.setAll(List.of(blur.sigma.to(3.0), blur.rounds.to(9))))
                .isInstanceOf(ParameterException.class);
        assertThat(Parameter.readAll(blur.parameters())).startsWith(1.5, 1, Mode.FAST);
    }

    @Test
    void anAssignmentCannotCarryAValueOutOfRange() {
        assertThatThrownBy(() -> new Parameter.Assignment<>(blur.rounds, 9)).isInstanceOf(ParameterException.class);
    }

    @Test
    @Timeout(30)
    void aReaderSeesAllOfAChangeOrNone() throws InterruptedException {
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 20_000; i++) {
                int value = 1 + i % 4;
                Parameter.setAll(List.of(blur.sigma.to((double) value), blur.rounds.to(value)));
            }
        });
        Parameter.setAll(List.of(blur.sigma.to(1.0), blur.rounds.to(1)));
        while (writer.isAlive()) {
            List<Object> seen = Parameter.readAll(List.of(blur.sigma, blur.rounds));
            assertThat((Double) seen.get(0)).isEqualTo(((Integer) seen.get(1)).doubleValue());
        }
        writer.join();
    }

    @Test
    void parametersKnowTheirNodePlaceAndDeclaration() {
        assertThat(blur.rounds.owner()).isSameAs(blur);
        assertThat(blur.rounds.position()).isEqualTo(1);
        assertThat(blur.sigma.declaration().unit()).isEqualTo("px");
        assertThat(blur.parameters()).containsExactly(blur.sigma, blur.rounds, blur.mode);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void aFlagIsReadFromItsTwoWords(String text, boolean value) {
        Texts node = new Texts();
        node.on.set(!value);
        node.on.setText(text);
        assertThat(node.on.value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "TRUE", "1", ""})
    void aFlagIsReadFromNoOtherWord(String text) {
        assertThatThrownBy(() -> new Texts().on.setText(text))
                .isInstanceOf(ParameterException.class)
                .hasMessage("texts.on: met '" + text + "'; needed true or false. Set a value in that range.");
    }

    @Test
    void whatAValueIsWrittenAsIsReadAsThatValue() {
        Texts node = new Texts();
        for (Mode mode : Mode.values()) {
            node.mode.setText(node.mode.declaration().text(mode));
            assertThat(node.mode.value()).isEqualTo(mode);
            blur.mode.setText(blur.mode.declaration().text(Mode.EXACT));
            assertThat(blur.mode.value()).isEqualTo(Mode.EXACT);
        }
        assertThat(node.mode.declaration().text(Mode.VERY_EXACT)).isEqualTo("very-exact");
        node.size.setText(node.size.declaration().text(0.1));
        assertThat(node.size.value()).isEqualTo(0.1);
    }

    @Test
    void anotherConstantThanThoseThereAreIsRefused() {
        assertThatThrownBy(() -> new Texts().mode.setText("VERY_EXACT"))
                .hasMessage(
                        "texts.mode: met 'VERY_EXACT'; needed fast or exact or very-exact. Set a value in that range.");
    }

    @Test
    void aNameIsDeclaredOnce() {
        assertThatThrownBy(() -> new Careless(false))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("careless.on: met a second declaration of this name");
    }

    @Test
    void aPortCarriesObjects() {
        assertThatThrownBy(() -> new Careless(true))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("careless.count: met type long; needed a class");
    }
}
