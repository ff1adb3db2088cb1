// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import org.fastpipeline.core.error.WrongUseException;

/// How thick lines and points are, in points of the screen.
final class Thickness {
    private static final double MOST = 100;

    private Thickness() {}

    static void check(double thickness) {
        if (!(thickness > 0 && thickness <= MOST)) {
            throw new WrongUseException(
                    "thickness",
                    "met " + thickness + " points; needed more than 0, up to " + MOST,
                    "Leave the layer out if it is not to be seen");
        }
    }
}
