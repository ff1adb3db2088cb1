// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.fastpipeline.core.error.WrongUseException;
import org.junit.jupiter.api.Test;

class MetadataTest {
    private static final Key<String> NOTE = new Key<>("note", String.class);

    @Test
    void aValueIsFoundUnderItsKey() {
        Metadata metadata = Metadata.EMPTY.with(NOTE, "left eye").with(Metadata.INDEX, 7L);
        assertThat(metadata.get(NOTE)).contains("left eye");
        assertThat(metadata.get(Metadata.INDEX)).contains(7L);
    }

    @Test
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
    void aPrimitiveTypeIsNoTypeOfAKey() {
        assertThatThrownBy(() -> new Key<>("n", long.class))
                .isInstanceOf(WrongUseException.class)
                .hasMessage("key n: met type long; needed a class. Use the class that boxes it");
    }
}
