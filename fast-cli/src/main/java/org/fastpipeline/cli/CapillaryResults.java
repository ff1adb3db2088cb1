// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Sets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.error.InputException;

/// What `fast capillary` found: the tables `frames.csv`, `boxes.csv` and `capillaries.csv` of its folder.
///
/// @param frames by what they are known by, in the table's order
record CapillaryResults(ImmutableMap<FrameKey, FoundFrame> frames) {
    /// A frame.
    ///
    /// @param status `ok`, or why it failed
    /// @param density nothing if it failed
    /// @param boxes those of its capillaries
    /// @param shares what each of them adds to the density
    record FoundFrame(String status, OptionalDouble density, ImmutableList<Box> boxes, ImmutableList<Double> shares) {
        boolean isOk() {
            return density.isPresent();
        }

        /// The density without some of the capillaries.
        OptionalDouble densityWithout(List<Integer> capillaries) {
            double less = capillaries.stream().mapToDouble(shares::get).sum();
            return density.isPresent() ? OptionalDouble.of(Math.max(0, density.getAsDouble() - less)) : density;
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
        ImmutableListMultimap<FrameKey, Double> shares = shares(folder.resolve("capillaries.csv"), boxes);
        ImmutableMap.Builder<FrameKey, FoundFrame> frames = ImmutableMap.builder();
        Path table = folder.resolve("frames.csv");
        for (CsvTable.Row row :
                CsvTable.read(table, "source", "density", "status").rows()) {
            FrameKey key = FrameKey.of(row.text("source"));
            boolean isOk = row.text("status").equals("ok");
            OptionalDouble density = isOk ? OptionalDouble.of(row.number("density")) : OptionalDouble.empty();
            frames.put(key, new FoundFrame(row.text("status"), density, boxes.get(key), shares.get(key)));
        }
        return new CapillaryResults(PhantomTruth.once(table, frames));
    }

    private static ImmutableListMultimap<FrameKey, Double> shares(
            Path table, ImmutableListMultimap<FrameKey, Box> boxes) {
        ImmutableListMultimap.Builder<FrameKey, Double> found = ImmutableListMultimap.builder();
        for (CsvTable.Row row : CsvTable.read(table, "source", "density").rows()) {
            found.put(FrameKey.of(row.text("source")), row.number("density"));
        }
        ImmutableListMultimap<FrameKey, Double> shares = found.build();
        for (FrameKey frame : Sets.union(shares.keySet(), boxes.keySet())) {
            int needed = boxes.get(frame).size();
            int met = shares.get(frame).size();
            if (met != needed) {
                throw new InputException(
                        table.toString(),
                        "met " + met + " rows of " + frame + "; needed " + needed + ", as boxes.csv has",
                        "Take all tables of one run",
                        null);
            }
        }
        return shares;
    }
}
