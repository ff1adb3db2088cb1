// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import com.google.common.collect.ImmutableList;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.graph.Step;

/// Writes rows to a CSV file, in frame order: UTF-8, commas, lines ended by a line feed, a header line first.
///
/// The file appears when the run completed, and only then. Cannot-write is an
/// [OutputException][org.fastpipeline.core.error.OutputException] and stops the run; so does a row of another number
/// of cells than there are columns.
public final class CsvSink extends Sink<CsvSink.Table> {
    /// The rows a frame adds; a frame without any adds none.
    public final In<Rows> rows = in("rows", Rows.class, "the rows that a frame adds");

    private final Path file;
    private final ImmutableList<String> columns;

    /// An open table: the file, and the writer over it.
    public static final class Table {
        private final WholeFile file;
        private final CsvWriter csv;

        private Table(WholeFile file, CsvWriter csv) {
            this.file = file;
            this.csv = csv;
        }
    }

    /// @param file replaced where it exists
    /// @param columns the header line
    public CsvSink(Path file, String... columns) {
        this.file = file;
        this.columns = ImmutableList.copyOf(columns);
    }

    @Override
    public Table open() {
        WholeFile target = WholeFile.create(file);
        try {
            Writer text = new BufferedWriter(new OutputStreamWriter(target.stream(), StandardCharsets.UTF_8));
            CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text);
            csv.writeRecord(columns);
            return new Table(target, csv);
        } catch (UncheckedIOException failure) {
            target.close(); // nobody else knows of it yet
            throw FileFault.unwritable(file, FileFault.unwrap(failure));
        }
    }

    @Override
    public void execute(Table table, Step step) {
        try {
            for (ImmutableList<String> row : step.get(rows).rows()) {
                if (row.size() != columns.size()) {
                    throw new WrongUseException(
                            name() + ".rows",
                            "met a row of " + row.size() + " cells; needed " + columns.size() + ", one for each of "
                                    + columns,
                            "Name the columns of these rows");
                }
                table.csv.writeRecord(row);
            }
        } catch (UncheckedIOException failure) {
            throw FileFault.unwritable(file, FileFault.unwrap(failure));
        }
    }

    @Override
    public void close(Table table, Completion completion) {
        try (WholeFile target = table.file) {
            if (completion instanceof Completion.Completed) {
                table.csv.flush();
                target.commit();
            }
        } catch (IOException failure) {
            throw FileFault.unwritable(file, failure);
        } catch (UncheckedIOException failure) {
            throw FileFault.unwritable(file, FileFault.unwrap(failure));
        }
    }
}
