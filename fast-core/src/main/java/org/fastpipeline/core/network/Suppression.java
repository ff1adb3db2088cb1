// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.fastpipeline.core.data.Detection;
import org.fastpipeline.core.data.Detections;

/// Greedy non-maximum suppression: of detections that overlap, the one with the highest score stays.
///
/// @param overlap intersection over union above which the lower one goes
/// @param acrossLabels whether detections of unlike labels suppress each other too
record Suppression(double overlap, boolean acrossLabels) {
    /// Those that stay, by falling score; of equal scores the earlier one is the higher.
    Detections apply(List<Detection> found) {
        List<Detection> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingDouble(Detection::score).reversed());
        List<Detection> kept = new ArrayList<>();
        for (Detection each : sorted) {
            if (kept.stream().noneMatch(higher -> suppresses(higher, each))) {
                kept.add(each);
            }
        }
        return new Detections(ImmutableList.copyOf(kept));
    }

    private boolean suppresses(Detection higher, Detection lower) {
        return (acrossLabels || higher.label() == lower.label()) && higher.box().iou(lower.box()) > overlap;
    }
}
