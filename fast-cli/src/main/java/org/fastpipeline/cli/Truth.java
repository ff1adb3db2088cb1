// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableMap;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.fastpipeline.core.error.InputException;

/// What was drawn into synthetic frames.
///
/// @param densities by the frame's file name
record Truth(ImmutableMap<String, Double> densities) {
    private static final String FILE = "frames.csv";

    /// Reads it from a folder of frames; nothing is known of frames that have no such file beside them.
    static Truth of(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return new Truth(ImmutableMap.of());
        }
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
            return new Truth(csv.stream()
                    .collect(ImmutableMap.toImmutableMap(
                            row -> row.getField("source"), row -> Double.valueOf(row.getField("density")))));
        } catch (IOException | UncheckedIOException | IllegalArgumentException damaged) {
            throw new InputException(file.toString(), "cannot be read", "Install the program anew", damaged);
        }
    }

    /// The density that was drawn into a frame.
    Optional<Double> density(String source) {
        return Optional.ofNullable(densities.get(source));
    }
}
