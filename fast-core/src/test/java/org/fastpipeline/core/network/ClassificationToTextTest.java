// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.List;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Scores;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.Preprocessing;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Classes in words.
class ClassificationToTextTest {
    private static Scores scores(double... values) {
        return new Scores(ImmutableList.of("other", "capillary"), ImmutableDoubleArray.copyOf(values));
    }

    private static String text(NodeRun run, ClassificationToText node, double... values) {
        return run.with(node.scores, scores(values)).execute().get(node.text);
    }

    @Test
    @Tag("behaviour-149")
    void theLabelOfTheHighestMeanOverTheLastFramesIsNamedWithItsScore() {
        var node = new ClassificationToText();
        node.window.set(2);
        try (NodeRun run = NodeRun.of(node)) {
            assertThat(text(run, node, 0.126, 0.874)).isEqualTo("capillary: 0.87");
            assertThat(text(run, node, 0.5, 0.5)).isEqualTo("capillary: 0.69");
            assertThat(text(run, node, 0.9, 0.1)).isEqualTo("other: 0.70");
        }
    }

    @Test
    @Tag("behaviour-149")
    void theMeanOfEachLabelIsGiven() {
        var node = new ClassificationToText();
        node.window.set(3);
        try (NodeRun run = NodeRun.of(node)) {
            run.with(node.scores, scores(0.25, 0.75)).execute();
            Scores mean = run.with(node.scores, scores(0.75, 0.25)).execute().get(node.mean);
            assertThat(mean.values().asList()).containsExactly(0.5, 0.5);
        }
    }

    @Test
    void scoresOfSeveralImagesAreRefused() {
        var node = new ClassificationToText();
        try (NodeRun run = NodeRun.of(node)) {
            run.with(node.scores, scores(0.1, 0.9, 0.2, 0.8));
            assertThatThrownBy(run::execute)
                    .isInstanceOf(WrongUseException.class)
                    .hasMessageContaining("met scores of 2 images");
        }
    }

    private static LoadedModel classifier() {
        return Net.of(
                        Net.port("image", "NHWC", -1, 1, 2, 1),
                        Net.port("scores", "NC", -1, 2),
                        in -> List.of(Net.given(in.getFirst().toFloats(), 1, 2)))
                .load();
    }

    @Test
    @Tag("behaviour-149")
    void anImageIsClassifiedInOnePassFromItsSamples() {
        var node = new ImageClassification(
                classifier(), new Preprocessing(0, 30, 0, 1, 0.5, false), ImmutableList.of("a", "b"));
        try (NodeRun run = NodeRun.of(node)) {
            Image image = Pictures.grey(run.memory(), 4, 1, 10, 20, 40, 40);
            Scores scores = run.with(node.image, image).execute().get(node.scores);
            assertThat(scores.items()).isEqualTo(1);
            assertThat(scores.values().asList()).containsExactly(7.5, 15.0);
        }
    }

    @Test
    void aClassifierReadsAnImageOrABatchAndNotBoth() {
        var node = new ImageClassification(classifier(), Preprocessing.NONE, ImmutableList.of("a", "b"));
        try (NodeRun run = NodeRun.of(node)) {
            assertThatThrownBy(run::execute)
                    .isInstanceOf(WrongUseException.class)
                    .hasMessageContaining("met neither of image and batch; needed one of them");
        }
    }
}
