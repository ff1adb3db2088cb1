// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.ultrasound;

import com.google.common.collect.ImmutableList;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.ProcessObject;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.ModelDescriptor;
import org.fastpipeline.core.network.SegmentationNetwork;
import org.fastpipeline.vision.io.Rows;

/// The ultrasound job as a composite: its ports, from the frames to the area of each label.
///
///     frames -> segmentation -> areas -> row
///
/// ```java
/// var frames = new MediaStreamer("frames/*.mhd");
/// var job = UltrasoundPipeline.of(frames.image, model, descriptor);
/// try (var run = Pipeline.to(job.areas()).start()) {
///     for (var frame : run) System.out.println(frame.get(job.areas()).squareMillimetres(1));
/// }
/// ```
///
/// @param frame the frames it was joined to
/// @param segmentation a label for each pixel, in the frame's size and place: 0 background, then as the model says
/// @param areas the area of each label
/// @param frameRow the frame's row of the table of frames
/// @param columns the header line of that table
/// @param labels the names of the labels from 1 on
/// @param threshold what the value of a label must exceed
/// @param pixelSize width and height of a pixel of the frame in µm; 0: the spacing that it comes with
public record UltrasoundPipeline(
        Out<Image> frame,
        Out<Image> segmentation,
        Out<LabelAreas> areas,
        Out<Rows> frameRow,
        ImmutableList<String> columns,
        ImmutableList<String> labels,
        Parameter<Double> threshold,
        Parameter<Double> pixelSize) {
    private static final String PREFIX = "ultrasound.";

    /// The job with a described segmentation model whose first label is the background.
    ///
    /// @param frames images of any, even changing, size
    /// @param model stays the caller's, and open while the pipeline is used
    /// @param descriptor what the model wants, and its labels
    /// @throws ModelException if the model is no such network
    public static UltrasoundPipeline of(Out<Image> frames, LoadedModel model, ModelDescriptor descriptor) {
        ImmutableList<String> all = descriptor.labels();
        if (all.size() < 2) {
            throw new ModelException(
                    descriptor.name(),
                    "its description names " + all.size() + " labels; needed the background and at least one more",
                    "Write labels=background,... into its model.properties",
                    null);
        }
        ImmutableList<String> labels = all.subList(1, all.size());
        SegmentationNetwork network = named(new SegmentationNetwork(model, descriptor));
        network.originalSize.set(true);
        network.image.from(frames);
        LabelAreaMeter meter = named(new LabelAreaMeter());
        meter.count.set(labels.size());
        meter.labels.from(network.segmentation);
        AreaRow row = named(new AreaRow(labels));
        row.frame.from(frames);
        row.areas.from(meter.areas);
        return new UltrasoundPipeline(
                frames,
                network.segmentation,
                meter.areas,
                row.rows,
                row.columns(),
                labels,
                network.threshold,
                meter.pixelSize);
    }

    private static <N extends ProcessObject> N named(N node) {
        node.name(PREFIX + node.name());
        return node;
    }
}
