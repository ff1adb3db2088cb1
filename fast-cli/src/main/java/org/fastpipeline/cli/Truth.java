// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

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
        return new Truth(CsvTable.read(file, "source", "density").rows().stream()
                .collect(ImmutableMap.toImmutableMap(row -> row.text("source"), row -> row.number("density"))));
    }

    /// The density that was drawn into a frame.
    Optional<Double> density(String source) {
        return Optional.ofNullable(densities.get(source));
    }
}
