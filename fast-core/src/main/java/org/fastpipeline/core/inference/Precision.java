// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import java.util.Arrays;
import java.util.Locale;
import org.fastpipeline.core.error.WrongUseException;

/// In what numbers an engine may compute.
public enum Precision {
    /// 32-bit floating point throughout: results of all engines and machines agree to a few units in the last place.
    F32,
    /// Whatever is fastest on the device: some engines silently take 16-bit numbers where the processor has them.
    AUTO;

    /// `f32` or `auto`.
    ///
    /// @throws WrongUseException if it is another word
    public static Precision parse(String text) {
        return Arrays.stream(values())
                .filter(precision -> precision.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new WrongUseException(
                        "precision", "met '" + text + "'; needed one of " + Arrays.toString(values()), "Correct it"));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
