// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.vision.capillary.Density;
import org.fastpipeline.vision.io.VideoStreamer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {
    private static final Path HOME = Path.of(System.getProperty("fast.home"));
    private static final Path ROOT = HOME.resolve("../../..").normalize();
    private static final int SAMPLES = 6;

    @TempDir
    private Path folder;

    @Test
    void programOfTheReadmePrintsADensityPerFrame() throws Exception {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        int status = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "examples/src/main/programs/CapillaryDensities.java")
                .directory(ROOT.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        assertThat(err).hasContent("");
        assertThat(status).isZero();
        assertThat(Files.readAllLines(out)).hasSize(SAMPLES).allMatch(line -> line.startsWith("density 0.0"));
    }

    @Test
    void nodesWiredByHandMeasureTheSample() {
        List<Density> densities = new ArrayList<>();
        CapillaryNodes.measure(HOME, densities::add);
        assertThat(densities).hasSize(SAMPLES).allMatch(density -> density.value() > 0 && density.value() < 0.1);
    }

    @Test
    void invertedFilesAreTheNegativesOfTheirSources() throws IOException {
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_3BYTE_BGR);
        image.setRGB(1, 1, 0x102030);
        ImageIO.write(image, "png", folder.resolve("frame.png").toFile());

        InvertFiles.main(
                new String[] {folder + "/*.png", folder.resolve("negatives").toString()});

        BufferedImage negative =
                ImageIO.read(folder.resolve("negatives/frame.png").toFile());
        assertThat(negative.getRGB(0, 0)).isEqualTo(0xFFFFFFFF);
        assertThat(negative.getRGB(1, 1)).isEqualTo(0xFFEFDFCF);
    }

    @Test
    void patchesOfASlideArePutTogetherToItsNegative() throws IOException {
        BufferedImage slide = new BufferedImage(1000, 700, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < 700; y++) {
            for (int x = 0; x < 1000; x++) {
                slide.setRGB(x, y, x * 70_001 + y * 513);
            }
        }
        ImageIO.write(slide, "png", folder.resolve("slide.png").toFile());

        PatchesOfASlide.main(
                new String[] {folder + "/slide.png", folder.resolve("results").toString()});

        BufferedImage result = ImageIO.read(folder.resolve("results/slide.png").toFile());
        assertThat(result.getRGB(0, 0, 1000, 700, null, 0, 1000))
                .isEqualTo(negatives(slide.getRGB(0, 0, 1000, 700, null, 0, 1000)));
    }

    @Test
    void aLambdaStandsInForTheNetwork() {
        List<Density> densities = new ArrayList<>();
        LambdaNetwork.measure(HOME.resolve("samples/capillary").toString(), densities::add);
        assertThat(densities).hasSize(SAMPLES).allMatch(density -> density.value() > 0 && density.value() < 0.1);
    }

    @Test
    void aVideoIsMadeWithoutADisplay() {
        Path file = folder.resolve("negatives.mp4");
        OffscreenVideo.main(new String[] {HOME.resolve("samples/capillary").toString(), file.toString()});

        VideoStreamer video = new VideoStreamer(file);
        int frames = 0;
        try (Run run = Pipeline.to(video.image).start()) {
            for (Frame frame : run) {
                assertThat(frame.get(video.image).width()).isEqualTo(640);
                assertThat(frame.get(video.image).height()).isEqualTo(360);
                frames++;
            }
        }
        assertThat(frames).isEqualTo(SAMPLES);
    }

    private static int[] negatives(int[] pixels) {
        return Arrays.stream(pixels).map(pixel -> pixel ^ 0xFFFFFF).toArray();
    }
}
