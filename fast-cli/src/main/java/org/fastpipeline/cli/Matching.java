// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fastpipeline.cli.PhantomTruth.TrueCapillary;
import org.fastpipeline.cli.PhantomTruth.Visibility;
import org.fastpipeline.core.data.Box;

/// Which box of a frame found which capillary, one to one.
///
/// A box and a capillary may be a pair if the box holds the capillary's centre, or if their intersection over union
/// is 0.3 or more. Pairs are taken by decreasing intersection over union, each box and each capillary once: first of
/// clear capillaries, then, among the boxes left, of faint ones, which are neither missed nor wrong (as objects that
/// are to be ignored are treated by COCO's evaluation).
///
/// @param overlaps intersection over union of each clear capillary that was found and its box
/// @param missed clear capillaries that no box found
/// @param faint which boxes found a faint capillary, in ascending order
/// @param wrong boxes that found nothing
record Matching(ImmutableList<Double> overlaps, long missed, ImmutableList<Integer> faint, long wrong) {
    private static final double LEAST_OVERLAP = 0.3;

    /// A box and a capillary that may belong together.
    private record Pair(int capillary, int box, double overlap) {}

    static Matching of(List<TrueCapillary> capillaries, List<Box> boxes) {
        Set<Integer> taken = new HashSet<>();
        List<Pair> clear = pairs(capillaries, boxes, Visibility.CLEAR, taken);
        List<Pair> faint = pairs(capillaries, boxes, Visibility.FAINT, taken);
        long all = capillaries.stream()
                .filter(capillary -> capillary.visibility() == Visibility.CLEAR)
                .count();
        return new Matching(
                clear.stream().map(Pair::overlap).collect(ImmutableList.toImmutableList()),
                all - clear.size(),
                faint.stream().map(Pair::box).sorted().collect(ImmutableList.toImmutableList()),
                boxes.size() - taken.size());
    }

    /// One without any box.
    static Matching nothing(long clear) {
        return new Matching(ImmutableList.of(), clear, ImmutableList.of(), 0);
    }

    private static List<Pair> pairs(
            List<TrueCapillary> capillaries, List<Box> boxes, Visibility visibility, Set<Integer> taken) {
        List<Pair> possible = new ArrayList<>();
        for (int i = 0; i < capillaries.size(); i++) {
            TrueCapillary capillary = capillaries.get(i);
            for (int box = 0; box < boxes.size() && capillary.visibility() == visibility; box++) {
                double overlap = boxes.get(box).iou(capillary.box());
                if (!taken.contains(box) && (overlap >= LEAST_OVERLAP || holds(boxes.get(box), capillary))) {
                    possible.add(new Pair(i, box, overlap));
                }
            }
        }
        possible.sort(Comparator.comparingDouble(Pair::overlap).reversed()); // stable: the table's order among equals
        List<Pair> pairs = new ArrayList<>();
        Set<Integer> found = new HashSet<>();
        for (Pair pair : possible) {
            if (!taken.contains(pair.box) && found.add(pair.capillary)) {
                taken.add(pair.box);
                pairs.add(pair);
            }
        }
        return pairs;
    }

    private static boolean holds(Box box, TrueCapillary capillary) {
        return capillary.centreX() >= box.x()
                && capillary.centreX() < box.x() + box.width()
                && capillary.centreY() >= box.y()
                && capillary.centreY() < box.y() + box.height();
    }

    /// Clear capillaries that were found.
    long found() {
        return overlaps.size();
    }
}
