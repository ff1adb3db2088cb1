// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.util.function.IntFunction;

/// Colours as shaders take them: red, green, blue and opacity in turns.
final class Palette {
    private static final int PARTS = 4;

    private Palette() {}

    /// @param colour that of each index from 0 to below `count`
    static float[] of(int count, IntFunction<Colour> colour) {
        float[] groups = new float[PARTS * count];
        for (int i = 0; i < count; i++) {
            Colour one = colour.apply(i);
            int at = PARTS * i;
            groups[at] = (float) one.red();
            groups[at + 1] = (float) one.green();
            groups[at + 2] = (float) one.blue();
            groups[at + 3] = (float) one.alpha();
        }
        return groups;
    }
}
