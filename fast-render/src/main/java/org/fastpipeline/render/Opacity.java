// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import org.fastpipeline.core.error.WrongUseException;

/// How much is seen of what lies behind.
final class Opacity {
    private Opacity() {}

    static void check(double opacity) {
        if (!(opacity >= 0 && opacity <= 1)) {
            throw new WrongUseException(
                    "opacity", "met " + opacity + "; needed 0 to 1", "Divide by 100 if it is in per cent");
        }
    }
}
