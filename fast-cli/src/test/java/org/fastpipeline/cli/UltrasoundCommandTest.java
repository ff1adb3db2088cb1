// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class UltrasoundCommandTest {
    /// No seed of the training, nor of its check.
    private static final int UNSEEN = 424_242;

    private static final int SCENES = 12;

    @TempDir
    static Path phantoms;

    private static Path scenes = Path.of("");

    private static Path stream = Path.of("");

    @TempDir
    Path folder;

    @BeforeAll
    static void makePhantoms() {
        scenes = phantoms.resolve("scenes");
        stream = phantoms.resolve("stream");
        assertThat(phantom(scenes, "--frames", SCENES, "--scene-frames", 1, "--seed", UNSEEN)
                        .status())
                .isZero();
        assertThat(phantom(stream, "--frames", 3, "--format", "mhd", "--seed", UNSEEN)
                        .status())
                .isZero();
    }

    private static Fast.Result phantom(Path out, Object... more) {
        return Fast.run(Stream.concat(Stream.of("phantom", "ultrasound", "--out", out), Stream.of(more))
                .toArray());
    }

    private static Fast.Result run(Object... arguments) {
        return Fast.run(
                Stream.concat(Stream.of("ultrasound"), Stream.of(arguments)).toArray());
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }

    @Test
    void arteryAndVeinOfUnseenScenesAreFound() throws IOException {
        Path out = folder.resolve("out");
        Fast.Result result = run(scenes, "--out", out, "--pixel-size", 80);
        assertThat(result.status()).as(result.err()).isZero();
        long[] both = new long[3];
        long[] all = new long[3];
        for (int frame = 1; frame <= SCENES; frame++) {
            String name = String.format("labels/frame-%04d.png", frame);
            count(scenes.resolve(name), out.resolve(name), both, all);
        }
        for (int label = 1; label <= 2; label++) {
            assertThat(2.0 * both[label] / all[label])
                    .as("Dice of label " + label)
                    .isGreaterThan(0.90);
        }
    }

    /// Adds the pixels that both images give a label, and those that either gives it.
    private static void count(Path truth, Path found, long[] both, long[] all) throws IOException {
        Raster drawn = ImageIO.read(truth.toFile()).getRaster();
        Raster said = ImageIO.read(found.toFile()).getRaster();
        assertThat(said.getBounds()).isEqualTo(drawn.getBounds());
        for (int y = 0; y < drawn.getHeight(); y++) {
            for (int x = 0; x < drawn.getWidth(); x++) {
                int one = drawn.getSample(x, y, 0);
                int other = said.getSample(x, y, 0);
                all[one]++;
                all[other]++;
                both[one] += one == other ? 1 : 0;
            }
        }
    }

    @Test
    void areasAreInSquareMillimetresWhereTheFilesTellTheSpacing() throws IOException {
        Path out = folder.resolve("out");
        Fast.Result result = run(stream + "/*.mhd", "--out", out, "--labels", "mhd");
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .matches(
                        "3 frames, mean artery \\d+\\.\\d mm2, mean vein \\d+\\.\\d mm2, .* frames/s; results in .*\\R");
        Results results = new Results(out);
        double spacing = number(new Results(stream).frames().getFirst().getOrDefault("spacing", ""));
        assertThat(results.frames()).hasSize(3).allSatisfy(row -> {
            double pixels = number(row.getOrDefault("vein_pixels", ""));
            assertThat(number(row.getOrDefault("vein_mm2", ""))).isCloseTo(pixels * spacing * spacing, within(6e-4));
        });
        assertThat(results.files()).contains("labels/frame-0001.mhd", "labels/frame-0003.raw");
        assertThat(Files.readString(out.resolve("labels/frame-0001.mhd")))
                .contains("ElementSpacing = " + spacing + " " + spacing + "\n", "DimSize = 400 400\n");
    }

    @Test
    void areasInSquareMillimetresStayEmptyWhereTheSpacingIsNotKnown() throws IOException {
        Path out = folder.resolve("out");
        Fast.Result result = run(scenes.resolve("frame-0001.png"), "--out", out, "--labels", "none");
        assertThat(result.status()).isZero();
        assertThat(result.err()).contains("1 of 1 frames do not say how large a pixel is", "--pixel-size");
        assertThat(result.out()).contains("mean artery ", " pixels");
        assertThat(new Results(out).frames().getFirst())
                .containsEntry("artery_mm2", "")
                .containsEntry("vein_mm2", "")
                .containsEntry("status", "ok");
        assertThat(new Results(out).files()).containsExactly("frames.csv", "run.json");
    }

    @Test
    void tablesAreTheSameForAnyNumberOfWorkers() throws IOException {
        assertThat(table(3)).isEqualTo(table(1));
    }

    private List<String> table(int workers) throws IOException {
        Path out = folder.resolve("workers-" + workers);
        assertThat(run(scenes, "--out", out, "--workers", workers, "--labels", "none")
                        .status())
                .isZero();
        return withoutTimes(out);
    }

    private static List<String> withoutTimes(Path out) throws IOException {
        return Files.readAllLines(out.resolve("frames.csv")).stream()
                .map(line -> line.replaceAll(",[\\d.]+,ok$", ",ok"))
                .toList();
    }

    @Test
    void theUltrasoundFileGivesWhatTheCommandGives() throws IOException {
        Path file = Path.of(System.getProperty("fast.home")).resolve("pipelines/ultrasound.yaml");
        Path text = folder.resolve("text");
        Fast.Result result = Fast.run("run", file, "--set", "input=" + stream + "/*.mhd", "--set", "output=" + text);
        assertThat(result.status()).as(result.err()).isZero();
        Path out = folder.resolve("out");
        run(stream + "/*.mhd", "--out", out);
        assertThat(withoutTimes(text)).isEqualTo(withoutTimes(out)).hasSize(4);
        for (int frame = 1; frame <= 3; frame++) {
            String name = String.format("labels/frame-%04d.png", frame);
            assertThat(text.resolve(name)).hasSameBinaryContentAs(out.resolve(name));
        }
    }

    @Test
    void enginesAgreeOnAreas() throws IOException {
        double[] areas = new double[2];
        String[] engines = {"onnxruntime", "tensorflow"};
        for (int i = 0; i < engines.length; i++) {
            Path out = folder.resolve(engines[i]);
            Fast.Result result = run(stream, "--out", out, "--engine", engines[i], "--labels", "none");
            assertThat(result.status()).as(result.err()).isZero();
            assertThat(new Results(out).run().at("/engine/name").asString()).isEqualTo(engines[i]);
            areas[i] = new Results(out).run().at("/mean_areas/vein_mm2").asDouble();
        }
        assertThat(areas[1]).isCloseTo(areas[0], within(0.05));
    }

    @Test
    void frameThatCannotBeReadIsNotedAndTheOthersGoOn() throws IOException {
        Path mixed = Files.createDirectory(folder.resolve("mixed"));
        for (String name : List.of("frame-0001.mhd", "frame-0001.raw", "frame-0002.mhd")) {
            Files.copy(stream.resolve(name), mixed.resolve(name));
        }
        Path out = folder.resolve("out");
        Fast.Result result = run(mixed, "--out", out, "--labels", "none");
        assertThat(result.status()).isEqualTo(Main.SOME_FAILED);
        assertThat(result.err()).contains("1 of 2 frames failed", "there is no file frame-0002.raw with its samples");
        assertThat(new Results(out).status())
                .containsEntry("frame-0001.mhd", "ok")
                .containsEntry("frame-0002.mhd", "there is no file frame-0002.raw with its samples");
        Fast.Result stopped = run(mixed, "--out", folder.resolve("stopped"), "--fail-fast", "--labels", "none");
        assertThat(stopped.status()).isEqualTo(Main.SOME_FAILED);
        assertThat(folder.resolve("stopped/frames.csv")).doesNotExist();
    }

    @Test
    void runIsDescribedForPeopleWhoMustRepeatIt() {
        Path out = folder.resolve("out");
        run(stream, "--out", out, "--labels", "none", "--engine", "onnxruntime");
        JsonNode run = new Results(out).run();
        assertThat(run.at("/frames").asInt()).isEqualTo(3);
        assertThat(run.at("/without_pixel_size").asInt()).isZero();
        assertThat(run.at("/engine/precision").asString()).isEqualTo("f32");
        assertThat(run.at("/model/name").asString()).isEqualTo("ultrasound");
        assertThat(run.at("/model/threshold").asDouble()).isEqualTo(0.5);
        assertThat(run.at("/nodes/ultrasound.segmentationNetwork/parts").propertyNames())
                .contains("input", "inference", "output");
    }

    @Test
    void wrongUseIsToldBeforeAnythingIsWritten() {
        Path out = folder.resolve("out");
        assertThat(run(stream, "--out", out, "--pixel-size", "0").err()).contains("--pixel-size: met 0.0; needed");
        assertThat(run(stream, "--out", out, "--labels", "gif").err()).contains("--labels");
        assertThat(run(folder.resolve("none.mhd"), "--out", out).err()).contains("there is no such file or folder");
        assertThat(phantom(out, "--scene-frames", -1).err()).contains("--scene-frames: met -1; needed 0 to");
        assertThat(out).doesNotExist();
    }

    @Test
    void modelWithoutALabelBesideTheBackgroundIsRefused() {
        Fast.Result result = run(stream, "--out", folder.resolve("out"), "--model", Fast.HOME.model("capillary"));
        assertThat(result.status()).isEqualTo(Main.WRONG_USE);
        assertThat(result.err()).contains("capillary");
    }

    @Test
    void truthOfAPhantomLiesBesideItsFrames() throws IOException {
        Results results = new Results(stream);
        assertThat(results.files())
                .containsExactly(
                        "frame-0001.mhd",
                        "frame-0001.raw",
                        "frame-0002.mhd",
                        "frame-0002.raw",
                        "frame-0003.mhd",
                        "frame-0003.raw",
                        "frames.csv",
                        "labels/frame-0001.png",
                        "labels/frame-0002.png",
                        "labels/frame-0003.png",
                        "phantom.json");
        assertThat(Files.readAllLines(stream.resolve("frames.csv")).getFirst())
                .isEqualTo("frame,source,artery_mm2,vein_mm2,artery_pixels,vein_pixels,spacing");
        assertThat(results.frames())
                .extracting(row -> row.get("frame") + " " + row.get("source"))
                .containsExactly("0 frame-0001.mhd", "1 frame-0002.mhd", "2 frame-0003.mhd");
    }
}
