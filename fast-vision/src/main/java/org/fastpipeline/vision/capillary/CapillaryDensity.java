// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import com.google.common.collect.ImmutableList;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.Boxes;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Scores;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.vision.capillary.ScoredBoxes.ScoredBox;
import org.fastpipeline.vision.opencv.Colours;
import org.fastpipeline.vision.opencv.Mats;
import org.fastpipeline.vision.opencv.Plane;

/// Accepts the regions that a classifier takes for capillaries, finds the contour of each, and counts what lies
/// inside.
///
/// Density = pixels inside the contours / all pixels of the frame; a pixel in two contours counts once, for the first.
/// The mask is 8-bit grey in the frame's size, 255 inside a contour and 0 elsewhere. Where the size of a pixel is
/// known, all outputs carry it as [Density#PIXEL_SIZE].
public final class CapillaryDensity extends Stateless {
    private static final String LABEL = "capillary";
    private static final byte INSIDE = (byte) 255;

    /// The frame.
    public final In<Image> frame = in("frame", Image.class, "the frame");

    /// The regions that were classified.
    public final In<Boxes> boxes = in("boxes", Boxes.class, "the regions that were classified");

    /// What the classifier says of each region, in the same order; one of its classes is `capillary`.
    public final In<Scores> scores = in(
            "scores",
            Scores.class,
            "what the classifier says of each region, in the same order, with a class capillary");

    /// The accepted regions, in the same order.
    public final Out<ScoredBoxes> capillaries =
            out("capillaries", ScoredBoxes.class, "the accepted regions, in the same order");

    /// Where capillaries are.
    public final Out<Image> mask = out(
            "mask", Image.class, "255 inside the contours of capillaries and 0 elsewhere, in the size of the frame");

    /// The pixels of each accepted region's vessel, in the same order.
    public final Out<CapillaryMasks> masks =
            out("masks", CapillaryMasks.class, "the pixels of each accepted region's vessel, in the same order");

    /// How much of the frame they cover.
    public final Out<Density> density = out("density", Density.class, "how much of the frame they cover");

    /// Score from which on a region is a capillary.
    public final Parameter<Double> threshold =
            number("threshold", 0.5, 0, 1, "", "score from which on a region is taken for a capillary");

    /// Width and height of a pixel of the frame; 0 if it is not known.
    public final Parameter<Double> pixelSize =
            number("pixelSize", 0, 0, 1000, "µm", "width and height of a pixel of the frame; 0: not known");

    @Override
    public void execute(Step step) {
        Image source = step.get(frame);
        ImmutableList<ScoredBox> accepted = accepted(step);
        ImageSpec spec = ImageSpec.of(source.width(), source.height(), ChannelOrder.GREY, ElementType.U8);
        Image result = Image.allocate(spec, step.memory());
        MemorySegment pixels = result.writablePixels();
        pixels.fill((byte) 0);
        ImmutableList.Builder<CapillaryMask> vessels = ImmutableList.builder();
        long inside = 0;
        try (Mats mats = new Mats(step.memory())) {
            Contour contour = contour(mats, source, step.memory());
            for (ScoredBox capillary : accepted) {
                Box box = capillary.box();
                CapillaryMask vessel = CapillaryMask.of(box, claimed(contour.vessel(box), box, pixels, spec.width()));
                vessels.add(vessel);
                inside += vessel.area();
            }
        }
        if (step.get(pixelSize) > 0) {
            step.tag(Density.PIXEL_SIZE, step.get(pixelSize));
        }
        step.put(capillaries, new ScoredBoxes(accepted));
        step.put(masks, new CapillaryMasks(vessels.build()));
        step.put(mask, result);
        step.put(density, new Density(inside, (long) source.width() * source.height()));
    }

    private static Contour contour(Mats mats, Image source, Allocator memory) {
        ImageSpec spec = source.spec();
        WorkSize size = WorkSize.of(source);
        if (spec.type() == ElementType.U8 && spec.channels() == ChannelOrder.BGR) {
            return new Contour(source.pixels(), spec.rowStride(), size, memory);
        }
        Plane bgr = mats.scratch(source.height(), source.width(), opencv_core.CV_8UC3);
        Colours.bgr8(mats, source).copyTo(bgr.mat());
        return new Contour(
                bgr.pixels(),
                ImageSpec.of(source.width(), source.height(), ChannelOrder.BGR, ElementType.U8)
                        .rowStride(),
                size,
                memory);
    }

    /// Sets a vessel's pixels in the mask of the frame; those that were set before are another's, and taken from it.
    private static byte[] claimed(byte[] vessel, Box box, MemorySegment mask, long width) {
        for (int y = 0; y < box.height(); y++) {
            long row = (box.y() + y) * width + box.x();
            for (int x = 0; x < box.width(); x++) {
                int at = y * box.width() + x;
                if (vessel[at] != 0) {
                    vessel[at] = (byte) ~mask.get(ValueLayout.JAVA_BYTE, row + x);
                    mask.set(ValueLayout.JAVA_BYTE, row + x, INSIDE);
                }
            }
        }
        return vessel;
    }

    private ImmutableList<ScoredBox> accepted(Step step) {
        List<Box> regions = step.get(boxes).boxes();
        Scores given = step.get(scores);
        int label = given.labels().indexOf(LABEL);
        if (label < 0 || given.items() != regions.size()) {
            throw new WrongUseException(
                    name() + ".scores",
                    "met scores for " + given.items() + " items of the classes " + given.labels()
                            + "; needed them for the " + regions.size() + " regions, with a class '" + LABEL + "'",
                    "Take the scores of a model with that class on these regions");
        }
        ImmutableList.Builder<ScoredBox> accepted = ImmutableList.builder();
        for (int i = 0; i < regions.size(); i++) {
            double score = given.score(i, label);
            if (score >= step.get(threshold)) {
                accepted.add(new ScoredBox(regions.get(i), score));
            }
        }
        return accepted.build();
    }
}
