// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.fastpipeline.core.error.WrongUseException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MetadataTest {
    private static final Key<String> NOTE = new Key<>("note", String.class);

    @Test
    @Tag("behaviour-74")
    void aValueIsFoundUnderItsKey() {
        Metadata metadata = Metadata.EMPTY.with(NOTE, "left eye").with(Metadata.INDEX, 7L);
        assertThat(metadata.get(NOTE)).contains("left eye");
        assertThat(metadata.get(Metadata.INDEX)).contains(7L);
    }

    @Test
    @Tag("behaviour-74")
    void thereIsNothingUnderAKeyThatWasNotSet() {
        assertThat(Metadata.EMPTY.get(Metadata.TIME)).isEmpty();
    }

    @Test
    void aLaterValueReplacesAnEarlierOne() {
        assertThat(Metadata.EMPTY.with(NOTE, "a").with(NOTE, "b").get(NOTE)).contains("b");
    }

    @Test
    void addingChangesNothingThatWasThere() {
        Metadata before = Metadata.EMPTY.with(NOTE, "a");
        before.with(NOTE, "b");
        assertThat(before.get(NOTE)).contains("a");
    }

    @Test
    void entriesLaidOverReplaceThoseOfTheSameKey() {
        Metadata below = Metadata.EMPTY.with(NOTE, "a").with(Metadata.INDEX, 1L);
        Metadata over = Metadata.EMPTY.with(NOTE, "b").with(Metadata.TIME, Duration.ofMillis(40));
        assertThat(below.with(over))
                .isEqualTo(Metadata.EMPTY
                        .with(NOTE, "b")
                        .with(Metadata.INDEX, 1L)
                        .with(Metadata.TIME, Duration.ofMillis(40)));
    }

    @Test
    void nothingLaidOverChangesNothing() {
        Metadata metadata = Metadata.EMPTY.with(NOTE, "a");
        assertThat(metadata.with(Metadata.EMPTY)).isEqualTo(metadata);
        assertThat(Metadata.EMPTY.with(metadata)).isEqualTo(metadata);
    }

    @Test
    @Tag("behaviour-74")
    void keysOfOneNameAndOtherTypesAreTwoKeys() {
        Key<Long> number = new Key<>("note", Long.class);
        Metadata metadata = Metadata.EMPTY.with(NOTE, "a").with(number, 1L);
        assertThat(metadata.get(NOTE)).contains("a");
        assertThat(metadata.get(number)).contains(1L);
    }

    @Test
    void keysOfOneNameAndTypeAreOneKey() {
        assertThat(Metadata.EMPTY.with(NOTE, "a").get(new Key<>("note", String.class)))
                .contains("a");
    }

    @Test
    void orderDoesNotMatterForEquality() {
        Metadata one = Metadata.EMPTY.with(NOTE, "a").with(Metadata.INDEX, 1L);
        Metadata other = Metadata.EMPTY.with(Metadata.INDEX, 1L).with(NOTE, "a");
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    }

    @Test
    void inWordsItIsNamesAndValues() {
        assertThat(Metadata.EMPTY.with(NOTE, "a").with(Metadata.INDEX, 1L)).hasToString("{note=a, index=1}");
    }

    @Test
    @Tag("behaviour-74")
    void aPrimitiveTypeIsNoTypeOfAKey() {
        assertThatThrownBy(() -> new Key<>("n", long.class))
                .isInstanceOf(WrongUseException.class)
                .hasMessage("key n: met type long; needed a class. Use the class that boxes it");
    }

    @Test
    @Tag("behaviour-74")
    void numbersComeBackToTheLastBit() {
        Key<Double> real = new Key<>("real", Double.class);
        Key<Float> single = new Key<>("single", Float.class);
        Metadata metadata = Metadata.EMPTY
                .with(real, Math.nextUp(0.1))
                .with(single, Float.MIN_VALUE)
                .with(Metadata.INDEX, Long.MAX_VALUE);
        assertThat(metadata.get(real)).contains(Math.nextUp(0.1));
        assertThat(metadata.get(single)).contains(Float.MIN_VALUE);
        assertThat(metadata.get(Metadata.INDEX)).contains(Long.MAX_VALUE);
    }

    @Test
    @Tag("behaviour-74")
    @SuppressWarnings({"unchecked", "rawtypes"})
    void aValueOfAnotherTypeIsRefused() {
        Key smuggled = NOTE;
        assertThatThrownBy(() -> Metadata.EMPTY.with(smuggled, 5)).isInstanceOf(ClassCastException.class);
    }
}
