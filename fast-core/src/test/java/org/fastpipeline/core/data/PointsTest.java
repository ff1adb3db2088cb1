// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.fastpipeline.core.error.WrongUseException;
import org.junit.jupiter.api.Test;

class PointsTest {
    @Test
    void coordinatesAreXAndYInTurns() {
        Points points = Points.of(1, 2, 3, 4);

        assertThat(points.size()).isEqualTo(2);
        assertThat(points.x(1)).isEqualTo(3);
        assertThat(points.y(1)).isEqualTo(4);
    }

    @Test
    void aPointThatIsNowhereIsRefused() {
        assertThatThrownBy(() -> Points.of(1, Double.NaN))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> Points.of(Double.POSITIVE_INFINITY, 1)).isInstanceOf(WrongUseException.class);
        assertThatThrownBy(() -> Points.of(1, 2, 3)).isInstanceOf(WrongUseException.class);
    }

    @Test
    void aLineIsOpenOrGoesAround() {
        assertThat(Line.through(1, 2, 3, 4).closed()).isFalse();
        assertThat(Line.around(1, 2, 3, 4)).isEqualTo(new Line(Points.of(1, 2, 3, 4), true));
    }
}
