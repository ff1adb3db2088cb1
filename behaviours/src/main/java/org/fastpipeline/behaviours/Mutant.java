// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.behaviours;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A change of one line of the sources that the tests of a behaviour must notice.
///
/// @param where file and line that tell of it
/// @param row the behaviour's number
/// @param source the file to change, from the root of the checkout
/// @param before what stands there, exactly once in the file
/// @param after what replaces it
record Mutant(String where, int row, Path source, String before, String after) {
    /// Reads blocks of three lines, `row | source`, `- before`, `+ after`, with blank lines between them. Blanks around
    /// the texts do not count, so a change of indentation spoils no mutant.
    static List<Mutant> parse(Path file, String text) {
        List<Mutant> mutants = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int at = 0; at < lines.size(); at++) {
            if (lines.get(at).isBlank()) {
                continue;
            }
            String where = file + ":" + (at + 1);
            int bar = lines.get(at).indexOf(" | ");
            if (bar < 0 || at + 2 >= lines.size()) {
                throw new IllegalArgumentException(where + ": met '" + lines.get(at)
                        + "'; needed 'row | source', then a line '- before', then a line '+ after'");
            }
            mutants.add(new Mutant(
                    where,
                    Integer.parseInt(lines.get(at).substring(0, bar)),
                    Path.of(lines.get(at).substring(bar + 3).strip()),
                    text(where, lines.get(at + 1), '-'),
                    text(where, lines.get(at + 2), '+')));
            at += 2;
        }
        return mutants;
    }

    private static String text(String where, String line, char sign) {
        if (line.isEmpty() || line.charAt(0) != sign) {
            throw new IllegalArgumentException(where + ": met '" + line + "'; needed a line that begins with " + sign);
        }
        return line.substring(1).strip();
    }

    /// How often [#before] stands in `text`.
    int count(String text) {
        int count = 0;
        for (int at = text.indexOf(before); at >= 0 && !before.isEmpty(); at = text.indexOf(before, at + 1)) {
            count++;
        }
        return count;
    }

    /// The changed source; what it is made of must hold [#before] exactly once.
    String apply(String text) {
        return text.replace(before, after);
    }

    @Override
    public String toString() {
        return where + " (behaviour " + row + ", " + source + ")";
    }
}
