// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
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
import org.fastpipeline.core.inference.Session;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.core.stream.GeneratorStreamer;
import org.junit.jupiter.api.Test;

/// The examples of docs/networks.md, with a network that gives what it reads.
class NetworksTest {
    private static final TensorSpec PIXELS = TensorSpec.of("NHWC", ElementType.F32, -1, 1, 2, 1);

    private static LoadedModel model() {
        ImmutableList<Model.Port> ports = ImmutableList.of(new Model.Port("image", PIXELS));
        Session session = new Session() {
            @Override
            public List<Tensor> run(List<Tensor> inputs, BiFunction<Integer, TensorSpec, Tensor> memory) {
                Tensor output = memory.apply(0, inputs.getFirst().spec());
                output.writableElements().copyFrom(inputs.getFirst().elements());
                return List.of(output);
            }

            @Override
            public void close() {}
        };
        InferenceEngine engine = new InferenceEngine() {
            @Override
            public String name() {
                return "same";
            }

            @Override
            public Availability probe() {
                return new Availability.Available("1", ImmutableSet.of(ModelFormat.ONNX), ImmutableList.of("CPU"));
            }

            @Override
            public Model load(ModelSource source, EngineOptions options) {
                return new Model() {
                    @Override
                    public ImmutableList<Port> inputs() {
                        return ports;
                    }

                    @Override
                    public ImmutableList<Port> outputs() {
                        return ports;
                    }

                    @Override
                    public Session openSession() {
                        return session;
                    }

                    @Override
                    public void close() {}
                };
            }
        };
        return Engines.of(engine)
                .load(
                        ModelSource.of(Path.of("net.onnx"), ModelFormat.ONNX),
                        EngineWish.parse(EngineWish.AUTO),
                        new EngineOptions(1, 1));
    }

    private static Out<Image> frames() {
        ImageSpec spec = ImageSpec.of(2, 1, ChannelOrder.GREY, ElementType.U8);
        return new GeneratorStreamer<>(Image.class, 1, (_, step) -> {
                    Image image = Image.allocate(spec, step.memory());
                    image.writablePixels().set(ValueLayout.JAVA_BYTE, 0, (byte) 60);
                    image.writablePixels().set(ValueLayout.JAVA_BYTE, 1, (byte) 90);
                    return image;
                })
                .value;
    }

    private static byte[] pixels(Out<Image> port) {
        try (Run run = Pipeline.to(port).start(RunOptions.standard().withValidate(true))) {
            for (Frame frame : run) {
                return frame.get(port).pixels().toArray(ValueLayout.JAVA_BYTE);
            }
        }
        return new byte[0];
    }

    @Test
    void pixelsAreLabelledAndImagesMadeOfImages() {
        assertThat(pixels(Networks.segmented(model(), frames()))).containsExactly(0, 1);
        assertThat(pixels(Networks.enhanced(model(), frames()))).containsExactly((byte) 120, (byte) 180);
    }
}
