// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fastpipeline.ie.openvino.TestModels.ONE;

import java.util.List;
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.Precision;
import org.fastpipeline.core.inference.Session;
import org.fastpipeline.core.memory.MemoryPool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class PrecisionTest {
    private static final int SIDE = 16;

    private final InferenceEngine engine = TestModels.engine();
    private final MemoryPool pool;

    PrecisionTest(MemoryPool pool) {
        this.pool = pool;
    }

    @BeforeAll
    static void start() {
        TestModels.start();
    }

    /// Largest difference between what the network gives and what plain loops in double give.
    private double error(Precision precision) {
        float[] image = TestModels.numbers(2 * SIDE * SIDE);
        try (Model model = engine.load(TestModels.convolution(1, SIDE, SIDE), ONE.withPrecision(precision));
                Session session = model.openSession()) {
            List<Float> scores = TestModels.run(pool, session, TestModels.tensor(pool, "NCHW", image, 1, 2, SIDE, SIDE))
                    .getFirst();
            double[] expected = Convolutions.scores(image, SIDE);
            double largest = 0;
            for (int i = 0; i < expected.length; i++) {
                largest = Math.max(largest, Math.abs(scores.get(i) - expected[i]) / (1 + Math.abs(expected[i])));
            }
            return largest;
        }
    }

    @Test
    void inF32ResultsAreThoseOfPlainLoopsEvenWhereTheProcessorHas16BitNumbers() {
        try (Model model = engine.load(TestModels.onnx("dense"), ONE)) {
            assertThat(model.precision()).isEqualTo("f32");
        }
        assertThat(error(Precision.F32)).isLessThan(1e-5);
    }

    @Test
    void anAutomaticPrecisionIsTheFirstThatTheProbeNamesAndTheModelSaysIt() {
        String fastest = Processor.precisions().getFirst();
        try (Model model = engine.load(TestModels.onnx("dense"), ONE.withPrecision(Precision.AUTO))) {
            assertThat(model.precision()).isEqualTo(fastest);
        }
        double error = error(Precision.AUTO);
        assertThat(error).isLessThan(0.05);
        if (fastest.equals("bf16")) {
            assertThat(error).isGreaterThan(1e-5);
        }
    }
}
