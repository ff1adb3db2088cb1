// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import org.fastpipeline.core.error.WrongUseException;

/// A colour on the screen, of the sRGB space.
///
/// @param red 0 to 1
/// @param green 0 to 1
/// @param blue 0 to 1
/// @param alpha 0 for what cannot be seen to 1 for what covers all
public record Colour(double red, double green, double blue, double alpha) {
    public static final Colour BLACK = of(0x000000);
    public static final Colour WHITE = of(0xFFFFFF);
    public static final Colour RED = of(0xFF0000);
    public static final Colour GREEN = of(0x00C853);
    public static final Colour BLUE = of(0x2979FF);
    public static final Colour YELLOW = of(0xFFD600);
    public static final Colour MAGENTA = of(0xE040FB);
    public static final Colour CYAN = of(0x00E5FF);
    public static final Colour ORANGE = of(0xFF9100);

    /// Those of labels, from 1 on; they begin again after the last.
    public static final ImmutableList<Colour> LABELS =
            ImmutableList.of(RED, BLUE, GREEN, YELLOW, MAGENTA, CYAN, ORANGE);

    public Colour {
        for (double part : new double[] {red, green, blue, alpha}) {
            if (!(part >= 0 && part <= 1)) {
                throw new WrongUseException(
                        "colour", "met " + part + "; needed each part from 0 to 1", "Divide by 255 if need be");
            }
        }
    }

    /// An opaque colour, as in `0xFF9100`.
    public static Colour of(int rgb) {
        return new Colour((rgb >> 16 & 0xFF) / 255.0, (rgb >> 8 & 0xFF) / 255.0, (rgb & 0xFF) / 255.0, 1);
    }

    /// This colour with another opacity.
    public Colour withAlpha(double newAlpha) {
        return new Colour(red, green, blue, newAlpha);
    }

    /// Whether black is seen better on it than white.
    boolean isLight() {
        return 0.299 * red + 0.587 * green + 0.114 * blue > 0.5; // luma of ITU-R BT.601
    }

    /// The colour of a label above 0.
    public static Colour ofLabel(int label) {
        return LABELS.get((label - 1) % LABELS.size());
    }
}
