// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import java.util.List;
import org.fastpipeline.core.error.WrongUseException;
import org.jspecify.annotations.Nullable;

/// The sizes of boxes that a detection network begins with, for each of its outputs.
///
/// @param levels per output, in the network's order, its anchors; at least one each
public record Anchors(ImmutableList<ImmutableList<Anchor>> levels) {
    /// The size of a box.
    ///
    /// @param width in pixels of what the network reads, above 0
    /// @param height in pixels of what the network reads, above 0
    public record Anchor(double width, double height) {}

    public Anchors {
        boolean good = !levels.isEmpty();
        for (ImmutableList<Anchor> level : levels) {
            good &= !level.isEmpty() && level.stream().allMatch(anchor -> anchor.width > 0 && anchor.height > 0);
        }
        if (!good) {
            throw new WrongUseException(
                    "anchors", "met " + levels + "; needed one or more for each output, above 0", "Correct them");
        }
    }

    /// Reads anchors as in `10x14,23x27;81x82`: `;` between outputs, `,` between anchors.
    ///
    /// @throws WrongUseException if they are not written so
    public static Anchors parse(String text) {
        ImmutableList.Builder<ImmutableList<Anchor>> levels = ImmutableList.builder();
        for (String level : Splitter.on(';').trimResults().split(text)) {
            ImmutableList.Builder<Anchor> anchors = ImmutableList.builder();
            for (String anchor : Splitter.on(',').trimResults().split(level)) {
                List<String> sides = Splitter.on('x').splitToList(anchor);
                @Nullable Double width = Doubles.tryParse(sides.getFirst());
                @Nullable Double height = Doubles.tryParse(sides.getLast());
                if (sides.size() != 2 || width == null || height == null) {
                    throw new WrongUseException(
                            "anchors", "met '" + anchor + "'; needed a width and a height, as in 10x14", "Correct it");
                }
                anchors.add(new Anchor(width, height));
            }
            levels.add(anchors.build());
        }
        return new Anchors(levels.build());
    }
}
