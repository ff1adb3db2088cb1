// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Vector3Test {
    private static final Vector3 X = new Vector3(1, 0, 0);
    private static final Vector3 Y = new Vector3(0, 1, 0);
    private static final Vector3 Z = new Vector3(0, 0, 1);

    @Test
    void vectorsAddUpPartByPart() {
        assertThat(new Vector3(1, 2, 3).plus(new Vector3(10, 20, -30))).isEqualTo(new Vector3(11, 22, -27));
        assertThat(new Vector3(11, 22, -27).minus(new Vector3(10, 20, -30))).isEqualTo(new Vector3(1, 2, 3));
        assertThat(new Vector3(1, 2, -3).times(2)).isEqualTo(new Vector3(2, 4, -6));
    }

    @Test
    void theDotProductOfAVectorWithItselfIsItsLengthSquared() {
        Vector3 vector = new Vector3(2, -3, 6);

        assertThat(vector.dot(vector)).isEqualTo(49);
        assertThat(vector.length()).isEqualTo(7);
        assertThat(X.dot(Y)).isZero();
    }

    @Test
    void theCrossProductOfTwoAxesIsTheThird() {
        assertThat(X.cross(Y)).isEqualTo(Z);
        assertThat(Y.cross(Z)).isEqualTo(X);
        assertThat(Z.cross(X)).isEqualTo(Y);
    }
}
