// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.fastpipeline.cli.PhantomTruth.TrueCapillary;
import org.fastpipeline.cli.PhantomTruth.Visibility;
import org.fastpipeline.core.data.Box;
import org.junit.jupiter.api.Test;

class MatchingTest {
    private static TrueCapillary clear(int x, int y, int width, int height) {
        return new TrueCapillary(new Box(x, y, width, height), Visibility.CLEAR, x + width / 2.0, y + height / 2.0);
    }

    private static TrueCapillary faint(int x, int y, int width, int height) {
        return new TrueCapillary(new Box(x, y, width, height), Visibility.FAINT, x + width / 2.0, y + height / 2.0);
    }

    @Test
    void boxThatHoldsTheCentreFindsTheCapillaryHoweverLargeItIs() {
        Matching matching = Matching.of(List.of(clear(50, 50, 10, 10)), List.of(new Box(0, 0, 100, 100)));

        assertThat(matching.found()).isEqualTo(1);
        assertThat(matching.overlaps().getFirst()).isCloseTo(0.01, within(1e-12));
    }

    @Test
    void boxBesideTheCentreFindsTheCapillaryFromAThirdOfOverlapOnButNotBelow() {
        // The centre is at 10, 5; the boxes end before it. Overlaps: 100 of 200, 60 of 200 and 58 of 200.
        List<TrueCapillary> capillary = List.of(clear(0, 0, 20, 10));

        assertThat(Matching.of(capillary, List.of(new Box(0, 0, 10, 10))).found())
                .isEqualTo(1);
        assertThat(Matching.of(capillary, List.of(new Box(0, 0, 6, 10))).found())
                .isEqualTo(1);
        assertThat(Matching.of(capillary, List.of(new Box(0, 0, 29, 2))).found())
                .isZero();
    }

    @Test
    void eachBoxFindsOneCapillaryOnly() {
        Matching matching =
                Matching.of(List.of(clear(0, 0, 10, 10), clear(20, 0, 10, 10)), List.of(new Box(0, 0, 30, 10)));

        assertThat(matching.found()).isEqualTo(1);
        assertThat(matching.missed()).isEqualTo(1);
        assertThat(matching.wrong()).isZero();
    }

    @Test
    void secondBoxOnACapillaryIsWrong() {
        Matching matching =
                Matching.of(List.of(clear(0, 0, 10, 10)), List.of(new Box(0, 0, 10, 12), new Box(0, 0, 10, 10)));

        assertThat(matching.overlaps()).containsExactly(1.0);
        assertThat(matching.wrong()).isEqualTo(1);
    }

    @Test
    void pairsAreTakenByDecreasingOverlap() {
        // In the table's order the first capillary would take the box that fits the second.
        Matching matching = Matching.of(
                List.of(clear(0, 0, 12, 10), clear(2, 0, 10, 10)),
                List.of(new Box(2, 0, 10, 10), new Box(0, 0, 8, 10)));

        assertThat(matching.found()).isEqualTo(2);
        assertThat(matching.overlaps().getFirst()).isEqualTo(1);
    }

    @Test
    void faintCapillariesAreNeitherMissedNorWrong() {
        Matching matching =
                Matching.of(List.of(faint(0, 0, 10, 10), faint(50, 0, 10, 10)), List.of(new Box(0, 0, 10, 10)));

        assertThat(matching).isEqualTo(new Matching(ImmutableList.of(), 0, ImmutableList.of(0), 0));
    }

    @Test
    void clearCapillaryGoesBeforeAFaintOneThatFitsBetter() {
        Matching matching =
                Matching.of(List.of(faint(0, 0, 10, 10), clear(0, 0, 12, 12)), List.of(new Box(0, 0, 10, 10)));

        assertThat(matching.found()).isEqualTo(1);
        assertThat(matching.faint()).isEmpty();
    }

    @Test
    void alikeCapillariesCountEach() {
        Matching matching =
                Matching.of(List.of(clear(0, 0, 10, 10), clear(0, 0, 10, 10)), List.of(new Box(0, 0, 10, 10)));

        assertThat(matching.missed()).isEqualTo(1);
    }
}
