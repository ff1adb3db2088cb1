// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.error.InputException;

/// What `fast capillary` found: the tables `frames.csv` and `boxes.csv` of its folder.
///
/// @param frames by what they are known by, in the table's order
record CapillaryResults(ImmutableMap<FrameKey, FoundFrame> frames) {
    /// A frame.
    ///
    /// @param status `ok`, or why it failed
    /// @param density nothing if it failed
    /// @param boxes those of its capillaries
    record FoundFrame(String status, OptionalDouble density, ImmutableList<Box> boxes) {
        boolean isOk() {
            return density.isPresent();
        }
    }

    /// Reads it.
    ///
    /// @throws InputException if a table is missing or damaged
    static CapillaryResults read(Path folder) {
        ImmutableListMultimap.Builder<FrameKey, Box> found = ImmutableListMultimap.builder();
        for (CsvTable.Row row : CsvTable.read(folder.resolve("boxes.csv"), "source", "x", "y", "width", "height")
                .rows()) {
            found.put(FrameKey.of(row.text("source")), PhantomTruth.box(row));
        }
        ImmutableListMultimap<FrameKey, Box> boxes = found.build();
        ImmutableMap.Builder<FrameKey, FoundFrame> frames = ImmutableMap.builder();
        Path table = folder.resolve("frames.csv");
        for (CsvTable.Row row :
                CsvTable.read(table, "source", "density", "status").rows()) {
            FrameKey key = FrameKey.of(row.text("source"));
            boolean isOk = row.text("status").equals("ok");
            OptionalDouble density = isOk ? OptionalDouble.of(row.number("density")) : OptionalDouble.empty();
            frames.put(key, new FoundFrame(row.text("status"), density, boxes.get(key)));
        }
        return new CapillaryResults(PhantomTruth.once(table, frames));
    }
}
