// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.data.Detection;
import org.fastpipeline.core.data.Detections;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.error.ParameterException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Ins;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;

/// Reads objects from the grids that a YOLO network gives (Redmon and Farhadi: YOLOv3, 2018, section 2.1).
///
/// A cell of a grid has for each anchor x, y, width, height, objectness and a value per class. With s the sigmoid
/// function, the centre of a box lies at s(x), s(y) from the cell's upper left corner, in cells; its size is the
/// anchor's times exp(width), exp(height); its score is s(objectness) times s of the highest class, and its label is
/// that class + 1. Objects of which no pixel lies in the image are left out.
public final class TensorToDetections extends Stateless {
    /// The grids, F32 (H, W, C), connected in the order of the anchors' levels.
    public final Ins<Tensor> grids = ins("grids", Tensor.class, "the network's grids, in the order of the anchors");

    /// The image in which the objects are.
    public final In<Image> image = in("image", Image.class, "the image in which the objects are");

    /// The objects, in the order of grids, rows, columns and anchors.
    public final Out<Detections> detections = out("detections", Detections.class, "the objects found");

    /// Columns that the network reads; must be set.
    public final Parameter<Integer> width =
            integer("width", 0, 0, Integer.MAX_VALUE, "pixels", "columns that the network reads; must be set");

    /// Rows that the network reads; must be set.
    public final Parameter<Integer> height =
            integer("height", 0, 0, Integer.MAX_VALUE, "pixels", "rows that the network reads; must be set");

    /// Whether the image was resized to that by one factor.
    public final Parameter<Boolean> keepAspect =
            flag("keepAspect", false, "whether the image's columns and rows were resized by one factor");

    /// Least score of what is kept.
    public final Parameter<Double> threshold =
            number("threshold", 0.5, 0, 1, "", "least score of an object that is kept");

    private final Anchors anchors;

    /// @param anchors sizes of boxes, for each grid
    public TensorToDetections(Anchors anchors) {
        this.anchors = anchors;
    }

    @Override
    public void execute(Step step) {
        Fit fit = Fit.of(step.get(image).spec(), set(step, width), set(step, height), 1, step.get(keepAspect), false);
        List<Tensor> ordered = new ArrayList<>();
        try {
            for (Tensor grid : step.get(grids)) {
                ordered.add(Shape.ordered(grid, step.memory(), this));
            }
            ImmutableList<Detection> found = new BoxDecoder(anchors, step.get(threshold), fit)
                    .decode(ordered, grids + ", frame " + step.frame());
            step.put(detections, new Detections(found));
        } finally {
            ordered.forEach(Tensor::close);
        }
    }

    private static int set(Step step, Parameter<Integer> size) {
        int value = step.get(size);
        if (value == 0) {
            throw new ParameterException(size.toString(), "no value", "1 or more pixels");
        }
        return value;
    }
}
