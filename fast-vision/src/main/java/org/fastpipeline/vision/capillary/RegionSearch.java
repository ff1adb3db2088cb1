// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds one box per vessel in the maps of a frame.
///
/// Regions above the frame's level are kept if they are large, dark and structured enough. A region too long for
/// one vessel is taken apart at rising levels, until it falls into parts that each rise well above the level that
/// parted them.
final class RegionSearch {
    private static final double STEP = 1.3;
    private static final double LEVEL_PERCENTILE = 0.99;

    private final Maps maps;
    private final WorkSize size;
    private final Limits limits;
    private final Flood flood;
    private final List<Found> found = new ArrayList<>();
    private final int level;
    private final int leastPeak;

    /// What makes a region; lengths and areas in pixels of the work image.
    record Limits(
            int leastLevel,
            double levelShare,
            double peak,
            int leastArea,
            int likeness,
            int structuredPixels,
            int single,
            int longest,
            double prominence,
            double tight,
            int margin,
            double overlap) {}

    /// A vessel's box in the work image and its peak.
    record Found(Bounds bounds, int peak) {}

    RegionSearch(Maps maps, WorkSize size, Limits limits) {
        this.maps = maps;
        this.size = size;
        this.limits = limits;
        this.flood = new Flood(maps, size);
        this.level = level();
        this.leastPeak = (int) Math.ceil(limits.peak * level);
    }

    /// The lowest absorption that counts in this frame: a share of its 99th percentile.
    private int level() {
        int least = 0; // a percentile up to this gives the lowest level, whichever it is
        while (least < Maps.LEVELS - 1 && level(least + 1) == limits.leastLevel) {
            least++;
        }
        int[] counts = maps.histogram(least);
        double needed = LEVEL_PERCENTILE * size.pixels();
        int percentile = 0;
        for (long below = counts[0]; below < needed; below += counts[percentile]) {
            percentile++;
        }
        return level(percentile);
    }

    private int level(int percentile) {
        return Math.max(limits.leastLevel, (int) (limits.levelShare * percentile + 0.5));
    }

    /// The boxes with their margins, those left out that a stronger one covers; from the top, then from the left.
    List<Found> search() {
        flood.regions(level).forEach(region -> visit(region, level));
        Comparator<Found> byPlace = Comparator.<Found>comparingInt(region -> region.bounds.y0())
                .thenComparingInt(region -> region.bounds.x0());
        List<Found> strongestFirst = found.stream()
                .map(region -> new Found(region.bounds.grown(limits.margin, size), region.peak))
                .sorted(Comparator.<Found>comparingInt(region -> -region.peak).thenComparing(byPlace))
                .toList();
        List<Found> kept = new ArrayList<>();
        for (Found region : strongestFirst) {
            if (kept.stream().allMatch(other -> region.bounds.coveredBy(other.bounds) <= limits.overlap)) {
                kept.add(region);
            }
        }
        kept.sort(byPlace);
        return kept;
    }

    /// Adds a region or its parts; recursion is as deep as there are levels, at most ten.
    private void visit(Region region, int atLevel) {
        if (region.area() < limits.leastArea || region.peak() < leastPeak || !isStructured(region)) {
            return;
        }
        if (region.longestSide() > limits.single) {
            for (int higher = next(atLevel); higher < region.peak(); higher = next(higher)) {
                List<Region> parts = parts(region, higher);
                if (parts.size() > 1 || (parts.size() == 1 && parts.getFirst().longestSide() <= limits.single)) {
                    int partLevel = higher;
                    parts.forEach(part -> visit(part, partLevel));
                    return;
                }
            }
        }
        if (region.longestSide() <= limits.longest) {
            found.add(new Found(core(region), region.peak()));
        }
    }

    private static int next(int level) {
        return (int) (level * STEP + 0.5);
    }

    private List<Region> parts(Region region, int higher) {
        double least = Math.max(leastPeak, limits.prominence * higher);
        return flood.parts(region, higher).stream()
                .filter(part -> part.area() >= limits.leastArea && part.peak() >= least)
                .toList();
    }

    private boolean isStructured(Region region) {
        int structured = 0;
        for (int i = 0; i < region.area() && structured < limits.structuredPixels; i++) {
            int at = region.pixels().get(i);
            if (maps.likeness(at % size.width(), at / size.width()) < limits.likeness) {
                structured++;
            }
        }
        return structured >= limits.structuredPixels;
    }

    /// The rectangle around the region's darker pixels.
    private Bounds core(Region region) {
        double least = limits.tight * region.peak();
        int width = size.width();
        Bounds all = region.bounds();
        int x0 = all.x1();
        int y0 = all.y1();
        int x1 = all.x0();
        int y1 = all.y0();
        for (int i = 0; i < region.area(); i++) {
            int at = region.pixels().get(i);
            if (maps.absorption(at) >= least) {
                x0 = Math.min(x0, at % width);
                y0 = Math.min(y0, at / width);
                x1 = Math.max(x1, at % width + 1);
                y1 = Math.max(y1, at / width + 1);
            }
        }
        return new Bounds(x0, y0, x1, y1);
    }
}
