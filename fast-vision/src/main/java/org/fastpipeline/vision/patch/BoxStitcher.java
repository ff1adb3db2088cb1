// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.patch;

import com.google.common.collect.ImmutableList;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.Boxes;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Step;

/// Puts the boxes found in patches together to one set, in pixels of what was cut, at the scale at which it was cut.
///
/// Each box is moved by the place of its patch, which begins an overlap before the patch's own part; the boxes read
/// stay as they are. They come in the order of patches, and within a patch in theirs. Boxes are cut at the border of
/// the whole; those that lie in the padding are left out. No others are: what lies in the overlap of two patches is
/// found twice, and an object that a patch cuts off gives a smaller box there. [DetectionStitcher] keeps the scores
/// that are needed to choose among them.
public final class BoxStitcher extends PatchFold<Boxes> {
    /// All boxes.
    public final Out<Boxes> boxes = out("boxes", Boxes.class, "all boxes, in pixels of what was cut");

    public BoxStitcher() {
        super(Boxes.class, "the boxes found in each patch, in its pixels");
    }

    @Override
    public Gathered<Boxes> begin(Step parent) {
        return new Collected();
    }

    /// What was found so far.
    final class Collected extends Gathered<Boxes> {
        private final ImmutableList.Builder<Box> found = ImmutableList.builder();

        @Override
        void add(Patch place, Boxes value, Step child) {
            var placing = placing(place, child);
            value.boxes().forEach(box -> placing.apply(box).ifPresent(found::add));
        }

        @Override
        void put(Step parent, boolean going) {
            parent.put(boxes, new Boxes(found.build()));
        }
    }
}
