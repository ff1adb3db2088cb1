// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.examples;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Consumer;
import org.fastpipeline.core.data.Axis;
import org.fastpipeline.core.data.Scores;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.graph.Mapping;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.vision.capillary.CapillaryPipeline;
import org.fastpipeline.vision.capillary.Density;
import org.fastpipeline.vision.io.ImageFileStreamer;

/// Puts a function of one's own where a network stands: the capillary job with a classifier that is a lambda.
///
/// A `Mapping` makes a node of any function from one value to another. This one takes a crop for a capillary if its
/// middle is darker in green than its edge, by as much as it says.
public final class LambdaNetwork {
    private static final int SIDE = 32;

    private LambdaNetwork() {}

    /// Measures frames, and tells of each density.
    ///
    /// @param frames a file, a folder or a pattern
    public static void measure(String frames, Consumer<Density> densities) {
        var files = new ImageFileStreamer(frames);
        var job = CapillaryPipeline.of(
                files.image,
                CapillaryPipeline.Background.STILL,
                SIDE,
                crops -> {
                    var classifier = new Mapping<>(Tensor.class, Scores.class, LambdaNetwork::scores);
                    classifier.input.from(crops);
                    return classifier.output;
                },
                0.5);
        try (var run = Pipeline.to(job.density()).start()) {
            run.forEach(frame -> densities.accept(frame.get(job.density())));
        }
    }

    /// How much brighter the green of each crop is along its edge than in its middle; 1 where that is a tenth or more.
    private static Scores scores(Tensor crops) {
        MemorySegment pixels = crops.elements(); // N, H, W, C of 8-bit RGB
        var values = ImmutableDoubleArray.builder();
        for (long crop = 0; crop < crops.spec().size(Axis.N); crop++) {
            double middle = 0;
            double edge = 0;
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    long pixel = (crop * SIDE + y) * SIDE + x;
                    int green = Byte.toUnsignedInt(pixels.get(ValueLayout.JAVA_BYTE, 3 * pixel + 1));
                    boolean inMiddle = Math.abs(x - SIDE / 2) < SIDE / 4 && Math.abs(y - SIDE / 2) < SIDE / 4;
                    middle += inMiddle ? green : 0;
                    edge += inMiddle ? 0 : green;
                }
            }
            int inside = (SIDE / 2 - 1) * (SIDE / 2 - 1);
            double darker = 1 - middle / inside / (edge / (SIDE * SIDE - inside));
            values.add(Math.clamp(10 * darker, 0, 1));
        }
        return new Scores(ImmutableList.of("capillary"), values.build());
    }
}
