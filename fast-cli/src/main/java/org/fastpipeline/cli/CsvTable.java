// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Sets;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.fastpipeline.core.error.InputException;

/// A table read from a CSV file, whose columns go by their names.
///
/// @param rows row by row
record CsvTable(ImmutableList<Row> rows) {
    /// Reads a file; other columns than those needed may be there too.
    ///
    /// @throws InputException if the file cannot be read or lacks one of the columns
    static CsvTable read(Path file, String... columns) {
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
            ImmutableList<Row> rows =
                    csv.stream().map(cells -> new Row(file, cells)).collect(ImmutableList.toImmutableList());
            Set<String> missing = rows.isEmpty()
                    ? Set.of()
                    : Sets.difference(
                            Set.of(columns), Set.copyOf(rows.getFirst().cells.getHeader()));
            if (!missing.isEmpty()) {
                throw new InputException(
                        file.toString(),
                        "met no column " + String.join(", ", Sets.newTreeSet(missing)) + "; needed "
                                + String.join(", ", columns),
                        "Is it the table of another program?",
                        null);
            }
            return new CsvTable(rows);
        } catch (IOException missing) {
            throw new InputException(file.toString(), "it cannot be read", "Is this the right folder?", missing);
        } catch (UncheckedIOException | IllegalArgumentException damaged) {
            throw new InputException(file.toString(), "it is no CSV table", "Write it anew", damaged);
        }
    }

    /// One row.
    record Row(Path file, NamedCsvRecord cells) {
        String text(String column) {
            return cells.findField(column).orElse("");
        }

        double number(String column) {
            return parsed(column, "a number", Double::parseDouble);
        }

        int integer(String column) {
            return parsed(column, "a whole number", Integer::parseInt);
        }

        /// One of a few words.
        <E extends Enum<E>> E word(String column, Class<E> words) {
            return parsed(
                    column,
                    "one of " + List.of(words.getEnumConstants()).toString().toLowerCase(Locale.ROOT),
                    text -> Enum.valueOf(words, text.toUpperCase(Locale.ROOT)));
        }

        private <T> T parsed(String column, String needed, Function<String, T> parser) {
            try {
                return parser.apply(text(column));
            } catch (IllegalArgumentException unfit) {
                throw new InputException(
                        file + ":" + cells.getStartingLineNumber(),
                        "column " + column + " met '" + text(column) + "'; needed " + needed,
                        "Write the table anew",
                        unfit);
            }
        }
    }
}
