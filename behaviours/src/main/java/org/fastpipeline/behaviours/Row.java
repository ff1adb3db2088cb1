// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.behaviours;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// One numbered behaviour.
///
/// @param group the heading it stands under
/// @param isRequired whether it must have a test or a refusal; the others are for later
/// @param number its number, also in the tags of its tests
/// @param behaviour what must hold
record Row(String group, boolean isRequired, int number, String behaviour) {
    /// Why a row has no test.
    ///
    /// @param row its number
    /// @param reason one that a user would accept
    record Refusal(int row, String reason) {
        /// Reads `77 | why`.
        static Refusal parse(String line) {
            int bar = line.indexOf(" | ");
            return new Refusal(
                    Integer.parseInt(line.substring(0, bar)),
                    line.substring(bar + 3).strip());
        }
    }

    /// All rows, in order.
    static List<Row> all() {
        try (InputStream text = Objects.requireNonNull(Row.class.getResourceAsStream("rows.txt"), "rows.txt")) {
            return parse(new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// Reads lines `number | behaviour` under headings `# group`, or `# later: group`.
    static List<Row> parse(String text) {
        List<Row> rows = new ArrayList<>();
        String group = "";
        boolean isRequired = true;
        for (String line : text.lines().toList()) {
            if (line.startsWith("# ")) {
                isRequired = !line.startsWith("# later: ");
                group = line.substring(isRequired ? 2 : "# later: ".length());
            } else {
                int bar = line.indexOf(" | ");
                rows.add(new Row(group, isRequired, Integer.parseInt(line.substring(0, bar)), line.substring(bar + 3)));
            }
        }
        return rows;
    }
}
