// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.ArrayList;
import java.util.List;

/// Rows of text in aligned columns. Used by one thread.
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    /// Adds a row; all have the same number of cells.
    Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /// The lines, each with `indent` before it and no blanks at its end.
    List<String> lines(String indent) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(indent);
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i)).repeat(' ', width(i) - row.get(i).length() + 2);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
