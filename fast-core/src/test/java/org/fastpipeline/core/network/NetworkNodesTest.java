// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Scores;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.inference.Availability;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.EngineWish;
import org.fastpipeline.core.inference.Engines;
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.core.inference.Preprocessing;
import org.fastpipeline.core.inference.Session;
import org.fastpipeline.testing.NodeResult;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.Test;

final class NetworkNodesTest {
    private static final ImmutableList<String> LABELS = ImmutableList.of("other", "capillary");
    private static final TensorSpec IMAGES = TensorSpec.of("NHWC", ElementType.F32, -1, 1, 2, 1);
    private static final TensorSpec SCORES = TensorSpec.of("NC", ElementType.F32, -1, 2);

    /// A network whose outputs hold the elements of its inputs in the same order.
    private record Copying(
            ImmutableList<Model.Port> inputs, ImmutableList<Model.Port> outputs, List<Long> addresses, boolean wrong)
            implements Model, Session {
        @Override
        public Session openSession() {
            return this;
        }

        @Override
        public List<Tensor> run(List<Tensor> given, BiFunction<Integer, TensorSpec, Tensor> memory) {
            List<Tensor> results = new ArrayList<>();
            for (int i = 0; i < outputs.size(); i++) {
                Tensor from = given.get(i);
                addresses.add(from.address());
                long items = from.spec().sizes().get(0) + (wrong ? 1 : 0);
                Tensor to = memory.apply(i, outputs.get(i).spec().withFirst(items));
                for (long at = 0; at < from.spec().elements(); at++) {
                    to.writableElements().setAtIndex(ValueLayout.JAVA_FLOAT, at, from.floatAt(at));
                }
                results.add(to);
            }
            return results;
        }

        @Override
        public void close() {}
    }

    private final List<Long> addresses = new ArrayList<>();

    private LoadedModel load(ImmutableList<Model.Port> inputs, ImmutableList<Model.Port> outputs, boolean wrong) {
        InferenceEngine engine = new InferenceEngine() {
            @Override
            public String name() {
                return "copying";
            }

            @Override
            public Availability probe() {
                return new Availability.Available("1", ImmutableSet.of(ModelFormat.ONNX), ImmutableList.of("CPU"));
            }

            @Override
            public Model load(ModelSource source, EngineOptions options) {
                return new Copying(inputs, outputs, addresses, wrong);
            }
        };
        return Engines.of(engine)
                .load(
                        ModelSource.of(Path.of("net.onnx"), ModelFormat.ONNX),
                        EngineWish.parse("auto"),
                        new EngineOptions(1, 1));
    }

    private LoadedModel classifier() {
        return load(
                ImmutableList.of(new Model.Port("images", IMAGES)),
                ImmutableList.of(new Model.Port("scores", SCORES)),
                false);
    }

    private static Tensor images(NodeRun run, float... values) {
        return Tensor.of(IMAGES.withFirst(values.length / 2), run.memory(), values);
    }

    @Test
    void classificationGivesOneScorePerImageAndClassAndItsPartsTimes() {
        var node = new ImageClassification(classifier(), Preprocessing.NONE, LABELS);
        try (NodeRun run = NodeRun.of(node)) {
            NodeResult result =
                    run.with(node.batch, images(run, 0.25f, 0.75f, 1, 0)).execute();
            Scores scores = result.get(node.scores);
            assertThat(scores.labels()).isEqualTo(LABELS);
            assertThat(scores.items()).isEqualTo(2);
            assertThat(scores.score(0, 1)).isEqualTo(0.75);
            assertThat(scores.score(1, 0)).isEqualTo(1);
            assertThat(result.times()).containsOnlyKeys("input", "inference", "output");
        }
    }

    @Test
    void imagesAreReadInPlaceWhereNothingIsToBeDone() {
        var node = new ImageClassification(classifier(), Preprocessing.NONE, LABELS);
        try (NodeRun run = NodeRun.of(node)) {
            Tensor images = images(run, 1, 2);
            run.with(node.batch, images).execute();
            assertThat(addresses).containsExactly(images.address());
        }
    }

    @Test
    void bytesArePreprocessedToFloats() {
        var node = new ImageClassification(classifier(), new Preprocessing(0, 200, 0, 1, 0.5, false), LABELS);
        try (NodeRun run = NodeRun.of(node)) {
            Tensor bytes = Tensor.allocate(TensorSpec.of("NHWC", ElementType.U8, 1, 1, 2, 1), run.memory());
            bytes.writableElements().set(ValueLayout.JAVA_BYTE, 0, (byte) 10);
            bytes.writableElements().set(ValueLayout.JAVA_BYTE, 1, (byte) 255);
            Scores scores = run.with(node.batch, bytes).execute().get(node.scores);
            assertThat(scores.score(0, 0)).isEqualTo(5);
            assertThat(scores.score(0, 1)).isEqualTo(100);
        }
    }

    @Test
    void anEmptyBatchGivesNoScoresAndTheEngineIsNotAsked() {
        var node = new ImageClassification(classifier(), new Preprocessing(0, 1, 0, 1, 1, false), LABELS);
        try (NodeRun run = NodeRun.of(node)) {
            Scores scores = run.with(node.batch, images(run)).execute().get(node.scores);
            assertThat(scores.items()).isZero();
            assertThat(addresses).isEmpty();
        }
    }

    @Test
    void imagesOfAnotherSizeAreRefusedWithBothSizes() {
        var node = new ImageClassification(classifier(), Preprocessing.NONE, LABELS);
        try (NodeRun run = NodeRun.of(node)) {
            Tensor large = Tensor.allocate(TensorSpec.of("NHWC", ElementType.U8, 1, 1, 3, 1), run.memory());
            assertThatThrownBy(() -> run.with(node.batch, large).execute())
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining(
                            "input images met a tensor U8(N=1, H=1, W=3, C=1); needed F32(N=?, H=1, W=2, C=1)");
        }
    }

    @Test
    void labelsMustBeAsManyAsClasses() {
        LoadedModel model = classifier();
        assertThatThrownBy(() -> new ImageClassification(model, Preprocessing.NONE, ImmutableList.of("one")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("output is F32(N=?, C=2); needed F32 with 1 classes per image: [one]");
    }

    @Test
    void anAnswerForAnotherNumberOfImagesIsAnError() {
        LoadedModel model = load(
                ImmutableList.of(new Model.Port("images", IMAGES)),
                ImmutableList.of(new Model.Port("scores", SCORES)),
                true);
        var node = new ImageClassification(model, Preprocessing.NONE, LABELS);
        try (NodeRun run = NodeRun.of(node)) {
            Tensor images = images(run, 1, 2);
            assertThatThrownBy(() -> run.with(node.batch, images).execute())
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("output is F32(N=2, C=2)");
        }
    }

    private LoadedModel twoByTwo() {
        return load(
                ImmutableList.of(new Model.Port("a", SCORES), new Model.Port("b", SCORES)),
                ImmutableList.of(new Model.Port("first", SCORES), new Model.Port("second", SCORES)),
                false);
    }

    @Test
    void classificationNeedsOneInputAndOneOutput() {
        LoadedModel model = twoByTwo();
        assertThatThrownBy(() -> new ImageClassification(model, Preprocessing.NONE, LABELS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("needed one of each");
    }

    @Test
    void aNetworkHasThePortsOfItsModelAndPreprocessesThoseNamed() {
        var node = new NeuralNetwork(twoByTwo(), ImmutableMap.of("b", new Preprocessing(0, 10, 0, 1, 10, false)));
        assertThat(node.inputs).extracting(In::name).containsExactly("a", "b");
        assertThat(node.outputs).extracting(Out::name).containsExactly("first", "second");
        try (NodeRun run = NodeRun.of(node)) {
            NodeResult result = run.with(node.input("a"), Tensor.of(SCORES.withFirst(1), run.memory(), 1, 2))
                    .with(node.input("b"), Tensor.of(SCORES.withFirst(1), run.memory(), 3, 40))
                    .execute();
            assertThat(result.get(node.output("first")).toFloats()).containsExactly(1, 2);
            assertThat(result.get(node.output("second")).toFloats()).containsExactly(30, 100);
            assertThat(result.times()).containsOnlyKeys("input", "inference", "output");
        }
    }

    @Test
    void anUnknownPortIsRefusedWithThoseThereAre() {
        var node = new NeuralNetwork(twoByTwo());
        assertThatThrownBy(() -> node.input("c"))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("met input 'c'; needed one of [a, b]");
    }

    private static Model.Port port(String axes, ElementType type, long... sizes) {
        return new Model.Port("port", TensorSpec.of(axes, type, sizes));
    }

    @Test
    void bytesThatTheNetworkReadsItselfAreGivenAsTheyAre() {
        LoadedModel model = load(
                ImmutableList.of(port("NC", ElementType.U8, -1, 4)),
                ImmutableList.of(port("NC", ElementType.U8, -1, 4)),
                false);
        var node = new NeuralNetwork(model);
        try (NodeRun run = NodeRun.of(node)) {
            Tensor bytes = Tensor.allocate(TensorSpec.of("NC", ElementType.U8, 0, 4), run.memory());
            run.with(node.input("port"), bytes).execute();
            assertThat(addresses).containsExactly(bytes.address());
        }
    }

    @Test
    void elementsThatAreNoFloatsAreNotPreprocessed() {
        LoadedModel model = load(
                ImmutableList.of(port("NC", ElementType.U8, -1, 4)),
                ImmutableList.of(port("NC", ElementType.F32, -1, 2)),
                false);
        assertThatThrownBy(() -> new ImageClassification(model, new Preprocessing(0, 1, 0, 1, 1, false), LABELS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("input port is U8(N=?, C=4); needed F32 where elements are preprocessed");
    }

    @Test
    void floatsAreRefusedWhereTheNetworkReadsBytes() {
        LoadedModel model = load(
                ImmutableList.of(port("NC", ElementType.U8, -1, 4)),
                ImmutableList.of(port("NC", ElementType.F32, -1, 2)),
                false);
        var node = new ImageClassification(model, Preprocessing.NONE, LABELS);
        try (NodeRun run = NodeRun.of(node)) {
            Tensor floats = Tensor.of(TensorSpec.of("NC", ElementType.F32, 1, 4), run.memory(), 1, 2, 3, 4);
            assertThatThrownBy(() -> run.with(node.batch, floats).execute())
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("met a tensor F32(N=1, C=4); needed U8(N=?, C=4)");
        }
    }

    @Test
    void scoresAreFloatsOneRowPerImage() {
        for (Model.Port unfit : List.of(
                port("NC", ElementType.U8, -1, 2), port("C", ElementType.F32, 2), port("NC", ElementType.F32, -1, 3))) {
            LoadedModel model =
                    load(ImmutableList.of(port("NC", ElementType.F32, -1, 4)), ImmutableList.of(unfit), false);
            assertThatThrownBy(() -> new ImageClassification(model, Preprocessing.NONE, LABELS))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("output is " + unfit.spec() + "; needed F32 with 2 classes per image");
        }
    }
}
