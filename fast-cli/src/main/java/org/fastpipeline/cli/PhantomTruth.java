// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.error.InputException;

/// What there is to be found in frames: the tables `frames.csv` and `boxes.csv` of a folder of truth.
///
/// @param frames by what they are known by, in the table's order
record PhantomTruth(ImmutableMap<FrameKey, TrueFrame> frames) {
    /// How well a capillary is to be seen.
    enum Visibility {
        /// It has to be found.
        CLEAR,
        /// It may be found or not.
        FAINT
    }

    /// A capillary.
    ///
    /// @param box around its pixels
    /// @param centreX a point on it
    /// @param centreY a point on it
    record TrueCapillary(Box box, Visibility visibility, double centreX, double centreY) {}

    /// A frame.
    ///
    /// @param source what it was written to
    /// @param density of its clear capillaries
    record TrueFrame(String source, double density, ImmutableList<TrueCapillary> capillaries) {
        long count(Visibility visibility) {
            return capillaries.stream()
                    .filter(capillary -> capillary.visibility == visibility)
                    .count();
        }
    }

    /// Reads it.
    ///
    /// @throws InputException if a table is missing, damaged, or at odds with the other
    static PhantomTruth read(Path folder) {
        ImmutableListMultimap.Builder<FrameKey, TrueCapillary> drawn = ImmutableListMultimap.builder();
        Path boxes = folder.resolve("boxes.csv");
        for (CsvTable.Row row : CsvTable.read(
                        boxes, "source", "x", "y", "width", "height", "visibility", "centre_x", "centre_y")
                .rows()) {
            drawn.put(
                    FrameKey.of(row.text("source")),
                    new TrueCapillary(
                            box(row),
                            row.word("visibility", Visibility.class),
                            row.number("centre_x"),
                            row.number("centre_y")));
        }
        ImmutableListMultimap<FrameKey, TrueCapillary> capillaries = drawn.build();
        ImmutableMap.Builder<FrameKey, TrueFrame> frames = ImmutableMap.builder();
        Path table = folder.resolve("frames.csv");
        for (CsvTable.Row row : CsvTable.read(table, "source", "density").rows()) {
            FrameKey key = FrameKey.of(row.text("source"));
            frames.put(key, new TrueFrame(row.text("source"), row.number("density"), capillaries.get(key)));
        }
        ImmutableMap<FrameKey, TrueFrame> all = once(table, frames);
        capillaries.keySet().stream()
                .filter(key -> !all.containsKey(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new InputException(
                            boxes.toString(),
                            "has capillaries of " + key + ", of which " + table + " knows nothing",
                            "Take both tables of one run",
                            null);
                });
        return new PhantomTruth(all);
    }

    /// The box of a row.
    static Box box(CsvTable.Row row) {
        return new Box(row.integer("x"), row.integer("y"), row.integer("width"), row.integer("height"));
    }

    /// A table in which no frame may come twice.
    static <V> ImmutableMap<FrameKey, V> once(Path table, ImmutableMap.Builder<FrameKey, V> frames) {
        try {
            return frames.buildOrThrow();
        } catch (IllegalArgumentException twice) {
            throw new InputException(
                    table.toString(),
                    "two frames have the same name but for folder and file type",
                    "Give files of different names, so that each is known by its own",
                    twice);
        }
    }
}
