// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import java.util.function.Function;
import org.fastpipeline.core.data.Axis;
import org.fastpipeline.core.data.Boxes;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Scores;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.ProcessObject;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.ModelDescriptor;
import org.fastpipeline.core.network.ImageClassification;
import org.fastpipeline.vision.io.Rows;

/// The whole capillary job as one part of a graph: from frames to densities, pictures and table rows.
///
/// Only what somebody asks for is computed: pictures cost nothing where no port that leads to them is subscribed.
///
/// @param frame the frames given
/// @param background what each frame would look like without vessels
/// @param rois where structure is
/// @param crops the regions for the classifier
/// @param scores what the classifier says of them
/// @param capillaries the regions accepted
/// @param mask where capillaries are
/// @param masks the pixels of each capillary
/// @param density how much of the frame they cover
/// @param smoothed density smoothed over the frames so far, where they are a stream
/// @param shapes place, area, length and width of each capillary
/// @param overlay the frame with boxes and contours
/// @param frameRow the frame's row of the table of frames
/// @param boxRows the frame's rows of the table of boxes
/// @param capillaryRows the frame's rows of the table of capillaries
/// @param threshold score from which on a region is a capillary
/// @param pixelSize width and height of a pixel of the frame in µm; 0 if it is not known
public record CapillaryPipeline(
        Out<Image> frame,
        Out<Image> background,
        Out<Boxes> rois,
        Out<Tensor> crops,
        Out<Scores> scores,
        Out<ScoredBoxes> capillaries,
        Out<Image> mask,
        Out<CapillaryMasks> masks,
        Out<Density> density,
        Out<Double> smoothed,
        Out<Shapes> shapes,
        Out<Image> overlay,
        Out<Rows> frameRow,
        Out<Rows> boxRows,
        Out<Rows> capillaryRows,
        Parameter<Double> threshold,
        Parameter<Double> pixelSize) {
    private static final String PREFIX = "capillary.";

    /// How the background is estimated.
    public enum Background {
        /// From each frame alone: [StillBackground].
        STILL,
        /// From all frames of the stream so far: [Mog2Background].
        MOG2
    }

    /// The job with a described model, whose labels have a `capillary` among them.
    ///
    /// @param frames 8-bit or 16-bit images of any channel order and of any, even changing, size
    /// @param background how the background is estimated
    /// @param model stays the caller's, and open while the pipeline is used
    /// @param descriptor what the model wants; its input is N, H, W, C with H = W
    public static CapillaryPipeline of(
            Out<Image> frames, Background background, LoadedModel model, ModelDescriptor descriptor) {
        Function<Out<Tensor>, Out<Scores>> classifier = crops -> {
            ImageClassification classification = named(new ImageClassification(model, descriptor));
            classification.batch.from(crops);
            return classification.scores;
        };
        int side = Math.toIntExact(descriptor.input().size(Axis.W));
        return of(frames, background, side, classifier, descriptor.threshold());
    }

    /// The job with any classifier.
    ///
    /// @param frames 8-bit or 16-bit images of any channel order and of any, even changing, size
    /// @param background how the background is estimated
    /// @param side width and height of the classifier's crops
    /// @param classifier joins what scores crops (N, H, W, C of 8-bit RGB) with a class `capillary` among others
    /// @param threshold score from which on a region is a capillary
    public static CapillaryPipeline of(
            Out<Image> frames,
            Background background,
            int side,
            Function<Out<Tensor>, Out<Scores>> classifier,
            double threshold) {
        Out<Image> field = background(frames, background);
        SsimRoiGenerator rois = named(new SsimRoiGenerator());
        rois.frame.from(frames);
        rois.background.from(field);
        RoiBatch batch = named(new RoiBatch());
        batch.side.set(side);
        batch.frame.from(frames);
        batch.boxes.from(rois.boxes);
        Out<Scores> scores = classifier.apply(batch.crops);
        CapillaryDensity density = named(new CapillaryDensity());
        density.threshold.set(threshold);
        density.frame.from(frames);
        density.boxes.from(rois.boxes);
        density.scores.from(scores);
        CapillaryOverlay overlay = named(new CapillaryOverlay());
        overlay.frame.from(frames);
        overlay.capillaries.from(density.capillaries);
        overlay.mask.from(density.mask);
        SmoothedDensity smoothed = named(new SmoothedDensity());
        smoothed.untimed.set(background == Background.MOG2); // its frames belong together
        smoothed.density.from(density.density);
        CapillaryShapes shapes = named(new CapillaryShapes());
        shapes.masks.from(density.masks);
        return new CapillaryPipeline(
                frames,
                field,
                rois.boxes,
                batch.crops,
                scores,
                density.capillaries,
                density.mask,
                density.masks,
                density.density,
                smoothed.smoothed,
                shapes.shapes,
                overlay.overlay,
                frameRow(frames, rois, density, smoothed),
                boxRows(density),
                capillaryRows(shapes, density),
                density.threshold,
                density.pixelSize);
    }

    private static Out<Image> background(Out<Image> frames, Background background) {
        return switch (background) {
            case STILL -> {
                StillBackground still = named(new StillBackground());
                still.frame.from(frames);
                yield still.background;
            }
            case MOG2 -> {
                Mog2Background learnt = named(new Mog2Background());
                learnt.frame.from(frames);
                yield learnt.background;
            }
        };
    }

    private static Out<Rows> frameRow(
            Out<Image> frames, SsimRoiGenerator rois, CapillaryDensity density, SmoothedDensity smoothed) {
        FrameRow row = named(new FrameRow());
        row.frame.from(frames);
        row.boxes.from(rois.boxes);
        row.capillaries.from(density.capillaries);
        row.density.from(density.density);
        row.smoothed.from(smoothed.smoothed);
        return row.rows;
    }

    private static Out<Rows> boxRows(CapillaryDensity density) {
        BoxRows rows = named(new BoxRows());
        rows.capillaries.from(density.capillaries);
        return rows.rows;
    }

    private static Out<Rows> capillaryRows(CapillaryShapes shapes, CapillaryDensity density) {
        CapillaryRows rows = named(new CapillaryRows());
        rows.shapes.from(shapes.shapes);
        rows.density.from(density.density);
        return rows.rows;
    }

    private static <N extends ProcessObject> N named(N node) {
        node.name(PREFIX + node.name());
        return node;
    }
}
