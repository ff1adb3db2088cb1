// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.patch;

import com.google.common.collect.ImmutableList;
import org.fastpipeline.core.data.Detection;
import org.fastpipeline.core.data.Detections;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Step;

/// Puts the objects found in patches together to one set, with their labels and scores, as [BoxStitcher] does with
/// their boxes.
///
/// An object in the overlap of two patches is found by both, so a
/// [org.fastpipeline.core.network.NonMaximumSuppression] usually comes next: of those that overlap it keeps the surest,
/// whichever patch it is from. An object that a patch cuts off gives a smaller box there, which it may keep too; an
/// overlap of the patches as large as the objects has each of them whole in one patch at least.
public final class DetectionStitcher extends PatchFold<Detections> {
    /// All objects.
    public final Out<Detections> detections =
            out("detections", Detections.class, "all objects, in pixels of what was cut");

    public DetectionStitcher() {
        super(Detections.class, "the objects found in each patch, in its pixels");
    }

    @Override
    public Gathered<Detections> begin(Step parent) {
        return new Collected();
    }

    /// What was found so far.
    final class Collected extends Gathered<Detections> {
        private final ImmutableList.Builder<Detection> found = ImmutableList.builder();

        @Override
        void add(Patch place, Detections value, Step child) {
            var placing = placing(place, child);
            for (Detection each : value.detections()) {
                placing.apply(each.box()).ifPresent(box -> found.add(new Detection(box, each.label(), each.score())));
            }
        }

        @Override
        void put(Step parent, boolean going) {
            parent.put(detections, new Detections(found.build()));
        }
    }
}
