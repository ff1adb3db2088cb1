// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
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
import org.junit.jupiter.api.io.TempDir;

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

    private static boolean shows(View view, Colour wanted) {
        RenderToImage picture = new RenderToImage(view, 240, 240);
        try (Run run = Pipeline.to(picture.image).start();
                Frame frame = run.next().orElseThrow()) {
            return has(frame.get(picture.image), wanted);
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

    @Test
    void theBallsOfTheVolumeAreInAllFourViews() {
        View[] views = WatchVolume.views(WatchVolume.balls());

        assertThat(views).hasSize(4).allSatisfy(view -> {
            assertThat(shows(view, (red, green, blue) -> red == 220 && green == 220 && blue == 220))
                    .isTrue();
            assertThat(shows(view, (red, green, blue) -> red == 70 && green == 70 && blue == 70))
                    .isTrue();
        });
    }

    @Test
    void twoStreamsAreShownAsTheyAreAndAsNegatives(@TempDir Path folder) throws IOException {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_3BYTE_BGR);
        image.setRGB(16, 16, 0xFFFFFF);
        ImageIO.write(image, "png", folder.resolve("frame.png").toFile());
        View[] views = TwoStreams.views(
                new ImageFileStreamer(folder.toString()).image, new ImageFileStreamer(folder.toString()).image);

        assertThat(views).hasSize(2);
        assertThat(mean(views[0])).isLessThan(10);
        assertThat(mean(views[1])).isGreaterThan(245);
    }

    private static double mean(View view) {
        RenderToImage picture = new RenderToImage(view, 64, 64);
        try (Run run = Pipeline.to(picture.image).start();
                Frame frame = run.next().orElseThrow()) {
            byte[] pixels = frame.get(picture.image).pixels().toArray(ValueLayout.JAVA_BYTE);
            return IntStream.range(0, pixels.length)
                    .map(i -> pixels[i] & 0xFF)
                    .average()
                    .orElseThrow();
        }
    }
}
