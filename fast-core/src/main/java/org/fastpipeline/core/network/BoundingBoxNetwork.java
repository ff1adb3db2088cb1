// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.data.Boxes;
import org.fastpipeline.core.data.Detections;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.inference.LoadedModel;

/// A network that finds objects and says where they are, as YOLO networks do: [TensorToDetections] has the details.
///
/// Objects that were found more than once are dropped as [NonMaximumSuppression] does. Boxes are in pixels of the
/// image and cut at its border; its geometry says where they lie in mm.
public final class BoundingBoxNetwork extends ImageNetwork {
    /// The objects, by falling score.
    public final Out<Detections> detections = out("detections", Detections.class, "the objects, by falling score");

    /// Where they are, in the same order.
    public final Out<Boxes> boxes = out("boxes", Boxes.class, "where the objects are, in the same order");

    /// Least score of what is kept.
    public final Parameter<Double> threshold =
            number("threshold", 0.5, 0, 1, "", "least score of an object that is kept");

    /// Intersection over union above which the lower of two objects goes.
    public final Parameter<Double> overlap =
            number("overlap", 0.5, 0, 1, "", "intersection over union above which the lower of two objects goes");

    /// Whether objects of unlike labels suppress each other too.
    public final Parameter<Boolean> acrossLabels =
            flag("acrossLabels", false, "whether objects of unlike labels suppress each other too");

    private final Anchors anchors;

    /// @param model a network with one input, which reads images, and a grid on each output
    /// @param input what the network expects
    /// @param anchors sizes of boxes, for each output
    /// @throws ModelException if the network is no such network, or there are anchors for more or fewer outputs
    public BoundingBoxNetwork(LoadedModel model, ImageInput input, Anchors anchors) {
        super(model, input);
        this.anchors = anchors;
        if (model.outputs().size() != anchors.levels().size()) {
            throw new ModelException(
                    model.name(),
                    "met outputs " + model.outputs() + " and anchors for "
                            + anchors.levels().size() + "; needed as many",
                    "Give anchors for each output, or choose outputs by name",
                    null);
        }
    }

    @Override
    void put(Step step, Results results) {
        List<Tensor> grids = new ArrayList<>();
        try {
            for (int i = 0; i < anchors.levels().size(); i++) {
                grids.add(results.get(i, step));
            }
            BoxDecoder decoder = new BoxDecoder(anchors, step.get(threshold), results.fit());
            Suppression suppression = new Suppression(step.get(overlap), step.get(acrossLabels));
            Detections found = suppression.apply(decoder.decode(grids, "model " + model().name()));
            step.put(detections, found);
            step.put(boxes, found.boxes());
        } finally {
            grids.forEach(Tensor::close);
        }
    }
}
