// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.examples;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.fastpipeline.core.data.Detections;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Images;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.ModelDescriptor;
import org.fastpipeline.core.inference.Preprocessing;
import org.fastpipeline.core.network.Anchors;
import org.fastpipeline.core.network.BoundingBoxNetwork;
import org.fastpipeline.core.network.ClassificationToText;
import org.fastpipeline.core.network.ImageClassification;
import org.fastpipeline.core.network.ImageInput;
import org.fastpipeline.core.network.ImageToImage;
import org.fastpipeline.core.network.ImagesToTensor;
import org.fastpipeline.core.network.Layout;
import org.fastpipeline.core.network.NeuralNetwork;
import org.fastpipeline.core.network.RecurrentNetwork;
import org.fastpipeline.core.network.SegmentationNetwork;
import org.fastpipeline.core.stream.SlidingWindow;

/// What networks can do, one method each; the page docs/networks.md shows them.
public final class Networks {
    private Networks() {}

    static Out<Image> segmented(LoadedModel model, Out<Image> frames) {
        var input = ImageInput.PLAIN.with(new Preprocessing(0, 255, 0, 1, 1 / 255.0, false));
        var segmentation = new SegmentationNetwork(model, input);
        segmentation.threshold.set(0.3);
        segmentation.originalSize.set(true);
        segmentation.image.from(frames);
        return segmentation.segmentation;
    }

    static Out<String> named(LoadedModel model, ModelDescriptor descriptor, Out<Image> frames) {
        var classifier = new ImageClassification(model, descriptor);
        classifier.image.from(frames);
        var text = new ClassificationToText();
        text.window.set(10);
        text.scores.from(classifier.scores);
        return text.text;
    }

    static Out<Image> enhanced(LoadedModel model, Out<Image> frames) {
        var filter = new ImageToImage(model, ImageInput.PLAIN);
        filter.residual.set(true);
        filter.cast.set(true);
        filter.image.from(frames);
        return filter.result;
    }

    static Out<Detections> found(LoadedModel model, Out<Image> frames) {
        var objects = new BoundingBoxNetwork(model, ImageInput.PLAIN, Anchors.parse("10x14,23x27;81x82,135x169"));
        objects.keepAspect.set(true);
        objects.image.from(frames);
        return objects.detections;
    }

    static Out<Tensor> overTime(LoadedModel model, Out<Image> frames) {
        var windows = new SlidingWindow<>(Image.class, 3, Images.class, Images::of);
        var steps = new ImagesToTensor(model, "images", ImageInput.PLAIN);
        var network = new NeuralNetwork(model);
        windows.frames.from(frames);
        steps.images.from(windows.window);
        network.input("images").from(steps.tensor);
        return network.output("scores");
    }

    static ImmutableList<Out<Tensor>> remembering(LoadedModel model) {
        var states = ImmutableMap.of("state-in", "state-out");
        var network = new RecurrentNetwork(model, states, ImmutableMap.of(), Layout.DECLARED);
        return network.outputs;
    }
}
