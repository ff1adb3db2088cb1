// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.catalog;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import org.fastpipeline.core.graph.Parameter.Declaration;
import org.fastpipeline.core.inference.EngineWish;
import org.fastpipeline.core.inference.Models;
import org.fastpipeline.core.network.ImageClassification;
import org.fastpipeline.core.network.NeuralNetwork;

/// The nodes of core: networks of any engine, and what joins streams. Those that hold a value or a function of the
/// program are not among them.
public final class CoreNodes implements NodeCatalog {
    private static final int MOST_THREADS = 256;

    private final Setting<Path> model = Setting.required(
            Declaration.path("model", "models/capillary", "folder of the model, with its model.properties"));
    private final Setting<String> engine = Setting.optional(Declaration.text(
            "engine", EngineWish.AUTO, "name of the inference engine, or auto for whichever fits the model best"));
    private final Setting<Integer> threads = Setting.optional(Declaration.integer(
            "threads",
            1,
            1,
            MOST_THREADS,
            "threads",
            "threads of one inference session; results may depend on it in their last digits"));

    @Override
    public String module() {
        return "fast-core";
    }

    @Override
    public ImmutableList<NodeType> types() {
        return ImmutableList.<NodeType>builder()
                .add(imageClassification(), neuralNetwork())
                .addAll(new StreamNodes().types())
                .build();
    }

    private NodeType imageClassification() {
        return new NodeType(
                "ImageClassification",
                "gives each image of a batch one score per class",
                ImmutableList.of(model, engine, threads),
                (settings, models) -> {
                    Models.Described found = models.load(
                            settings.get(model), EngineWish.parse(settings.get(engine)), settings.get(threads));
                    return new ImageClassification(found.model(), found.descriptor());
                });
    }

    private NodeType neuralNetwork() {
        Setting<String> inputs = Setting.several(
                Declaration.text("inputs", "crops", "the model's names of its inputs; they become the node's inputs"));
        Setting<String> outputs = Setting.several(Declaration.text(
                "outputs", "scores", "the model's names of its outputs; they become the node's outputs"));
        return new NodeType(
                "NeuralNetwork",
                "runs any network: tensors in, tensors out",
                ImmutableList.of(model, engine, threads, inputs, outputs),
                (settings, models) -> {
                    Models.Described found = models.load(
                            settings.get(model),
                            EngineWish.parse(settings.get(engine)),
                            settings.get(threads),
                            settings.all(inputs),
                            settings.all(outputs));
                    String described = found.descriptor().source().inputs().stream()
                            .findFirst()
                            .orElse("");
                    return new NeuralNetwork(
                            found.model(),
                            ImmutableMap.of(described, found.descriptor().preprocessing()));
                });
    }
}
