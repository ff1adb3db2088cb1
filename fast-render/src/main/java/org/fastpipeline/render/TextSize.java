// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import org.fastpipeline.core.error.WrongUseException;

/// How high letters are, in points.
final class TextSize {
    /// What is used where nobody has chosen.
    static final double STANDARD = 14;

    private static final double LEAST = 4;
    private static final double MOST = 400;

    /// Height of a line of text, for letters of height 1.
    private static final double LINE = 1.2;

    private TextSize() {}

    static void check(double size) {
        if (!(size >= LEAST && size <= MOST)) {
            throw new WrongUseException(
                    "text size",
                    "met " + size + " points; needed " + LEAST + " to " + MOST,
                    "Give a size that can be read");
        }
    }

    /// Height of a line.
    static double line(double size) {
        return LINE * size;
    }
}
