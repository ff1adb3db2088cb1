// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.core.stream.GeneratorStreamer;

/// Small images for networks, and what comes out of them as text.
final class NumberedImages {
    private NumberedImages() {}

    /// Frames whose samples are their place + `first`.
    static GeneratorStreamer<Image> places(int count, ImageSpec spec, int first) {
        return new GeneratorStreamer<>(Image.class, count, (place, step) -> {
            Image image = Image.allocate(spec, step.memory());
            image.writablePixels().fill((byte) (place + first));
            return image;
        });
    }

    static String text(Tensor tensor) {
        StringBuilder text = new StringBuilder();
        for (float value : tensor.toFloats()) {
            text.append(text.isEmpty() ? "" : " ").append(Math.round(value));
        }
        return text.toString();
    }

    /// What comes out of a port, frame by frame, in a validated run of two workers.
    static List<String> all(Out<Tensor> port) {
        List<String> values = new ArrayList<>();
        try (Run run =
                Pipeline.to(port).start(RunOptions.standard().withWorkers(2).withValidate(true))) {
            for (Frame frame : run) {
                values.add(text(frame.get(port)));
            }
        }
        return values;
    }
}
