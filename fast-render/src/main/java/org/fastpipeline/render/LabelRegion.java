// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.data.Image;
import org.jspecify.annotations.Nullable;

/// A part of a label image whose pixels have one label and hang together (8-connected), found by joining runs of
/// neighbouring rows.
final class LabelRegion {
    private final int label;
    private long pixels;
    private double sumX;
    private double sumY;

    /// What it was joined to, if it was.
    private @Nullable LabelRegion larger;

    private LabelRegion(int label) {
        this.label = label;
    }

    int label() {
        return label;
    }

    long pixels() {
        return pixels;
    }

    /// The middle of its pixels, in pixels of the image from its outer corner.
    double x() {
        return sumX / pixels;
    }

    double y() {
        return sumY / pixels;
    }

    /// Adds the pixels of `other`, which is no region of its own any more.
    void join(LabelRegion other) {
        pixels += other.pixels;
        sumX += other.sumX;
        sumY += other.sumY;
        other.larger = this;
    }

    private LabelRegion root() {
        LabelRegion root = this;
        for (LabelRegion next = larger; next != null; next = root.larger) {
            root = next;
        }
        return root;
    }

    /// A row's pixels of one label that lie side by side.
    private record Run(int begin, int end, LabelRegion region) {
        boolean touches(Run above) {
            return above.end >= begin && above.begin <= end && above.region.label == region.label;
        }
    }

    /// All regions of a label image, from its top.
    static List<LabelRegion> of(Image labels) {
        List<LabelRegion> all = new ArrayList<>();
        List<Run> above = List.of();
        for (int y = 0; y < labels.height(); y++) {
            List<Run> runs = runs(labels, y);
            int first = 0;
            for (Run run : runs) {
                all.add(run.region);
                while (first < above.size() && above.get(first).end < run.begin) {
                    first++;
                }
                for (int i = first; i < above.size() && above.get(i).begin <= run.end; i++) {
                    if (run.touches(above.get(i))) {
                        unite(above.get(i).region.root(), run.region.root());
                    }
                }
            }
            above = runs;
        }
        all.removeIf(region -> region.larger != null);
        return all;
    }

    private static void unite(LabelRegion one, LabelRegion other) {
        if (one != other) {
            LabelRegion larger = one.pixels >= other.pixels ? one : other;
            larger.join(larger == one ? other : one);
        }
    }

    private static List<Run> runs(Image labels, int y) {
        MemorySegment row = labels.pixels().asSlice(labels.spec().offset(0, y, 0), labels.width());
        List<Run> runs = new ArrayList<>();
        int begin = 0;
        for (int x = 1; x <= labels.width(); x++) {
            byte label = row.get(ValueLayout.JAVA_BYTE, begin);
            if (x == labels.width() || row.get(ValueLayout.JAVA_BYTE, x) != label) {
                if (label != 0) {
                    runs.add(run(Byte.toUnsignedInt(label), begin, x, y));
                }
                begin = x;
            }
        }
        return runs;
    }

    private static Run run(int label, int begin, int end, int y) {
        LabelRegion region = new LabelRegion(label);
        region.pixels = (long) end - begin;
        region.sumX = (begin + end) / 2.0 * region.pixels;
        region.sumY = (y + 0.5) * region.pixels;
        return new Run(begin, end, region);
    }
}
