// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import com.google.common.collect.ImmutableList;
import org.bytedeco.opencv.opencv_core.Mat;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.Boxes;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.vision.opencv.Colours;
import org.fastpipeline.vision.opencv.Mats;

/// Regions of interest where a frame differs in structure from its background and absorbs as blood does: one box
/// per vessel.
///
/// Follows the published CapillaryX design (background, structural similarity, contours, boxes), with a real
/// background and with absorption (green less red) to find the vessels' outlines. Worked out at a longest side of
/// 960 pixels; lengths below are pixels of that image. A region is a connected set of pixels whose absorption is
/// above the frame's level; it counts if it is large enough, its peak high enough and enough of it unlike the
/// background.
///
/// Takes frames of 8 or 16 bits of any channel order and a background of any size; gives boxes in pixels of the
/// frame, from the top, then from the left. A frame without structure gives no boxes.
public final class SsimRoiGenerator extends Stateless {
    /// The frame.
    public final In<Image> frame = in("frame", Image.class, "the frame");

    /// What the frame would look like without vessels; BGR of 8 bits or 32-bit float.
    public final In<Image> background = in(
            "background", Image.class, "what the frame would look like without vessels; BGR of 8 bits or 32-bit float");

    /// The regions.
    public final Out<Boxes> boxes = out("boxes", Boxes.class, "the regions, in pixels of the frame");

    /// Similarity below which a pixel counts as structure.
    public final Parameter<Integer> likeness =
            integer("likeness", 166, 0, 255, "1/255", "structural similarity below which a pixel counts as structure");

    /// Pixels of structure that a region needs.
    public final Parameter<Integer> structuredPixels =
            integer("structuredPixels", 12, 0, 100_000, "work pixels", "pixels of structure that a region needs");

    /// Lowest absorption level of a region.
    public final Parameter<Integer> leastLevel =
            integer("leastLevel", 18, 1, 254, "1/1000", "lowest absorption that can count as a vessel");

    /// Share of the frame's 99th percentile of absorption that is its level.
    public final Parameter<Double> levelShare = number(
            "levelShare", 0.25, 0, 1, "", "share of the frame's 99th percentile of absorption that counts as a vessel");

    /// How far a region's peak must rise above the level.
    public final Parameter<Double> peak =
            number("peak", 1.9, 1, 10, "", "ratio of a region's peak to the level that it needs");

    /// Least area of a region.
    public final Parameter<Integer> leastArea =
            integer("leastArea", 24, 1, 100_000, "work pixels", "least area of a region");

    /// Length up to which a region is one vessel.
    public final Parameter<Integer> single =
            integer("single", 45, 1, 960, "work pixels", "a longer region is taken apart into several vessels");

    /// Length beyond which a region that cannot be taken apart is no vessel.
    public final Parameter<Integer> longest =
            integer("longest", 125, 1, 960, "work pixels", "a region that stays longer is dropped: hair, a fold");

    /// How far a part must rise above the level that parted it.
    public final Parameter<Double> prominence =
            number("prominence", 1.35, 1, 10, "", "ratio of a part's peak to the level that parted it");

    /// Share of its peak above which a region's pixels count for its box.
    public final Parameter<Double> tight =
            number("tight", 0.3, 0, 1, "", "share of its peak above which a region's pixels count for its box");

    /// Margin around a box.
    public final Parameter<Integer> margin = integer("margin", 5, 0, 100, "work pixels", "margin around a box");

    /// Overlap from which on the weaker of two boxes is dropped.
    public final Parameter<Double> overlap =
            number("overlap", 0.4, 0, 1, "", "a box is dropped if a stronger one covers more than this share of it");

    @Override
    public void execute(Step step) {
        Image source = step.get(frame);
        WorkSize size = WorkSize.of(source);
        try (Mats mats = new Mats(step.memory())) {
            Image still = step.get(background);
            boolean real =
                    still.spec().type() == ElementType.F32 && still.spec().channels() == ChannelOrder.BGR;
            Mat field = real ? mats.read(still) : Colours.bgr8(mats, still);
            Maps maps = Maps.of(mats, size, Colours.bgr8(mats, source), field);
            ImmutableList.Builder<Box> result = ImmutableList.builder();
            for (RegionSearch.Found region : new RegionSearch(maps, size, limits(step)).search()) {
                result.add(inFrame(region.bounds(), size));
            }
            step.put(boxes, new Boxes(result.build()));
        }
    }

    private RegionSearch.Limits limits(Step step) {
        return new RegionSearch.Limits(
                step.get(leastLevel),
                step.get(levelShare),
                step.get(peak),
                step.get(leastArea),
                step.get(likeness),
                step.get(structuredPixels),
                step.get(single),
                step.get(longest),
                step.get(prominence),
                step.get(tight),
                step.get(margin),
                step.get(overlap));
    }

    private static Box inFrame(Bounds bounds, WorkSize size) {
        int x0 = down(bounds.x0(), size.frameWidth(), size.width());
        int y0 = down(bounds.y0(), size.frameHeight(), size.height());
        int x1 = up(bounds.x1(), size.frameWidth(), size.width());
        int y1 = up(bounds.y1(), size.frameHeight(), size.height());
        return new Box(x0, y0, x1 - x0, y1 - y0);
    }

    private static int down(int at, int frame, int work) {
        return Math.toIntExact((long) at * frame / work);
    }

    private static int up(int at, int frame, int work) {
        return Math.toIntExact(((long) at * frame + work - 1) / work);
    }
}
