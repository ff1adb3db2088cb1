// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.EngineWish;
import org.fastpipeline.core.inference.Engines;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.ModelDescriptor;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.render.RenderToImage;
import org.fastpipeline.render.View;
import org.fastpipeline.vision.capillary.CapillaryPipeline;
import org.fastpipeline.vision.capillary.CapillaryPipeline.Background;
import org.fastpipeline.vision.io.ImageFileStreamer;
import org.fastpipeline.vision.phantom.UltrasoundPhantom;
import org.fastpipeline.vision.ultrasound.UltrasoundPipeline;
import org.junit.jupiter.api.Test;

/// What the examples that open a window show in it, drawn off screen.
class WatchTest {
    private static final Path HOME = Path.of(System.getProperty("fast.home"));

    /// Looks for a colour in the first frame of what an example shows.
    private static boolean shows(String model, BiFunction<LoadedModel, ModelDescriptor, View> example, Colour wanted) {
        ModelDescriptor about = ModelDescriptor.read(HOME.resolve("models").resolve(model));
        try (LoadedModel network =
                Engines.find(HOME.resolve("plugins")).load(about, new EngineWish.Auto(), new EngineOptions(1, 1))) {
            RenderToImage picture = new RenderToImage(example.apply(network, about), 960, 0);
            try (Run run = Pipeline.to(picture.image).start();
                    Frame frame = run.next().orElseThrow()) {
                return has(frame.get(picture.image), wanted);
            }
        }
    }

    private interface Colour {
        boolean is(int red, int green, int blue);
    }

    private static boolean has(Image image, Colour wanted) {
        byte[] pixels = image.pixels().toArray(ValueLayout.JAVA_BYTE);
        for (int i = 0; i < pixels.length; i += 3) {
            if (wanted.is(pixels[i] & 0xFF, pixels[i + 1] & 0xFF, pixels[i + 2] & 0xFF)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void capillariesAreOutlinedInGreen() {
        ImageFileStreamer frames =
                new ImageFileStreamer(HOME.resolve("samples/capillary").toString());
        assertThat(shows(
                        "capillary",
                        (network, about) -> WatchCapillaries.view(
                                CapillaryPipeline.of(frames.image, Background.STILL, network, about)),
                        (red, green, blue) -> green > red + 60 && green > blue + 40))
                .isTrue();
    }

    @Test
    void arteryIsRedAndVeinIsBlue() {
        Out<Image> frames = new UltrasoundPhantom().image;
        BiFunction<LoadedModel, ModelDescriptor, View> example =
                (network, about) -> WatchUltrasound.view(UltrasoundPipeline.of(frames, network, about));
        assertThat(shows("ultrasound", example, (red, green, blue) -> red > 200 && green < 60 && blue < 60))
                .isTrue();
        assertThat(shows("ultrasound", example, (red, green, blue) -> blue > 200 && red < 100))
                .isTrue();
    }
}
