// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import com.google.common.collect.ImmutableList;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;
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
import org.fastpipeline.vision.capillary.ScoredBoxes.ScoredBox;
import org.fastpipeline.vision.opencv.Colours;
import org.fastpipeline.vision.opencv.Mats;

/// Accepts the regions that a classifier takes for capillaries, finds the contour of each, and counts what lies
/// inside.
///
/// Density = pixels inside the contours / all pixels of the frame; a pixel in two contours counts once. The mask is
/// 8-bit grey in the frame's size, 255 inside a contour and 0 elsewhere.
public final class CapillaryDensity extends Stateless {
    private static final String LABEL = "capillary";

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

    /// How much of the frame they cover.
    public final Out<Density> density = out("density", Density.class, "how much of the frame they cover");

    /// Score from which on a region is a capillary.
    public final Parameter<Double> threshold =
            number("threshold", 0.5, 0, 1, "", "score from which on a region is taken for a capillary");

    @Override
    public void execute(Step step) {
        Image source = step.get(frame);
        ImmutableList<ScoredBox> accepted = accepted(step);
        ImageSpec spec = ImageSpec.of(source.width(), source.height(), ChannelOrder.GREY, ElementType.U8);
        Image result = Image.allocate(spec, step.memory());
        MemorySegment pixels = result.writablePixels();
        pixels.fill((byte) 0);
        long inside = 0;
        try (Mats mats = new Mats(step.memory())) {
            Mat bgr = Colours.bgr8(mats, source);
            Contour contour = new Contour(WorkSize.of(source), step.memory());
            for (ScoredBox capillary : accepted) {
                inside += contour.draw(bgr, capillary.box(), pixels);
            }
        }
        step.put(capillaries, new ScoredBoxes(accepted));
        step.put(mask, result);
        step.put(density, new Density(inside, (long) source.width() * source.height()));
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
