// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import com.google.common.collect.ImmutableList;
import java.util.Locale;

/// Rows of a table that one frame adds, as the text of their cells.
///
/// @param rows row by row, cell by cell
public record Rows(ImmutableList<ImmutableList<String>> rows) {
    private static final String FORMULA = "=+-@\t\r";

    /// One row.
    public static Rows of(String... cells) {
        return new Rows(ImmutableList.of(ImmutableList.copyOf(cells)));
    }

    /// A number with a fixed count of decimals, the same in every language.
    public static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /// Text from outside, on one line; what a spreadsheet would take for a formula gets a `'` before it.
    public static String text(String value) {
        String line = value.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
        boolean formula = !line.isEmpty() && FORMULA.indexOf(line.charAt(0)) >= 0;
        return formula ? "'" + line : line;
    }
}
