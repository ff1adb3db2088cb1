// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The whole job on the bundled sample, with the real engine and model.
class CapillaryCommandTest {
    private static final int SAMPLES = 6;

    @TempDir
    private Path folder;

    private final Path sample = Fast.HOME.sample("capillary");

    @Test
    void everyFrameHasARowInInputOrder() throws IOException {
        Path out = folder.resolve("out");
        Fast.Result result = run(Fast.sample("frame-0004.jpg"), Fast.sample("frame-0001.jpg"), "--out", out);
        assertThat(result.status()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .matches("2 frames, mean density 0\\.0\\d{3}, \\d+\\.\\d frames/s; results in .*out\\R");
        assertThat(new Results(out).frames())
                .extracting(row -> row.get("frame") + " " + row.get("source"))
                .containsExactly("0 frame-0004.jpg", "1 frame-0001.jpg");
    }

    @Test
    void densityIsNearWhatWasDrawnIntoTheFrame() throws IOException {
        Path out = folder.resolve("out");
        run(sample, "--out", out, "--overlays", "none");
        Truth truth = Truth.of(sample);
        assertThat(new Results(out).frames()).hasSize(SAMPLES).allSatisfy(row -> {
            double drawn = truth.density(row.getOrDefault("source", "")).orElseThrow();
            assertThat(Double.parseDouble(row.getOrDefault("density", ""))).isBetween(0.5 * drawn, 1.5 * drawn);
        });
    }

    @Test
    void tablesAreTheSameForAnyNumberOfWorkers() throws IOException {
        List<String> one = tables(1);
        assertThat(one).hasSizeGreaterThan(2 * SAMPLES);
        assertThat(tables(2)).isEqualTo(one);
        assertThat(tables(4)).isEqualTo(one);
    }

    @Test
    void tablesOfALearntBackgroundAreTheSameForAnyNumberOfWorkers() throws IOException {
        assertThat(tables(4, "--background", "mog2")).isEqualTo(tables(1, "--background", "mog2"));
    }

    @Test
    void boxesLieWithinTheirFrames() throws IOException {
        Path out = folder.resolve("out");
        run(Fast.sample("frame-0001.jpg"), "--out", out, "--overlays", "none");
        Results results = new Results(out);
        assertThat(results.boxes())
                .hasSize(Integer.parseInt(results.frames().getFirst().getOrDefault("capillaries", "")))
                .allSatisfy(box -> {
                    assertThat(number(box.get("x")) + number(box.get("width"))).isLessThanOrEqualTo(1920);
                    assertThat(number(box.get("y")) + number(box.get("height"))).isLessThanOrEqualTo(1080);
                    assertThat(Double.parseDouble(box.getOrDefault("score", "")))
                            .isBetween(0.0, 1.0);
                });
    }

    @Test
    void everyCapillaryHasARowAndTheirDensitiesAddUpToThatOfTheFrame() throws IOException {
        Path out = folder.resolve("out");
        run(Fast.sample("frame-0001.jpg"), "--out", out, "--overlays", "none");
        Results results = new Results(out);
        assertThat(results.capillaries()).hasSameSizeAs(results.boxes());
        double sum = results.capillaries().stream()
                .mapToDouble(row -> Double.parseDouble(row.getOrDefault("density", "")))
                .sum();
        assertThat(sum)
                .isCloseTo(Double.parseDouble(results.frames().getFirst().getOrDefault("density", "")), within(1e-6));
        assertThat(results.capillaries())
                .extracting(row -> row.get("length_um"))
                .containsOnly("");
    }

    @Test
    void lengthsAreInMicrometresAndNumbersPerSquareMillimetreWhereThePixelSizeIsKnown() throws IOException {
        Path out = folder.resolve("out");
        run(Fast.sample("frame-0001.jpg"), "--out", out, "--overlays", "none", "--pixel-size", "2");
        Results results = new Results(out);
        assertThat(results.capillaries()).isNotEmpty().allSatisfy(row -> assertThat(
                        Double.parseDouble(row.getOrDefault("length_um", "")))
                .isCloseTo(2 * Double.parseDouble(row.getOrDefault("length", "")), within(0.11)));
        double millimetres = 1920 * 0.002 * 1080 * 0.002;
        assertThat(Double.parseDouble(results.frames().getFirst().getOrDefault("capillaries_per_mm2", "")))
                .isCloseTo(results.boxes().size() / millimetres, within(0.005));
    }

    @Test
    void stillPicturesHaveNoSmoothedDensityUnlessTheyBelongTogether() throws IOException {
        run(sample, "--out", folder.resolve("still"), "--overlays", "none");
        run(sample, "--out", folder.resolve("stream"), "--overlays", "none", "--background", "mog2");
        assertThat(new Results(folder.resolve("still")).frames())
                .extracting(row -> row.get("density_smoothed"))
                .containsOnly("");
        assertThat(new Results(folder.resolve("stream")).frames())
                .extracting(row -> row.get("density_smoothed"))
                .doesNotContain("");
    }

    @Test
    void pictureIsWrittenForEachFrameInTheTypeAskedFor() throws IOException {
        run(Fast.sample("frame-0001.jpg"), "--out", folder.resolve("png"));
        run(Fast.sample("frame-0001.jpg"), "--out", folder.resolve("jpg"), "--overlays", "JPG");
        run(Fast.sample("frame-0001.jpg"), "--out", folder.resolve("none"), "--overlays", "none");
        assertThat(new Results(folder).files())
                .filteredOn(file -> file.contains("overlays"))
                .containsExactly("jpg/overlays/frame-0001.jpg", "png/overlays/frame-0001.png");
    }

    @Test
    void filesOfOneNameAreToldApartByTheirFolders() throws IOException {
        Path out = folder.resolve("out");
        for (String day : List.of("day1", "day2")) {
            Files.createDirectories(folder.resolve(day));
            Files.copy(Fast.sample("frame-0005.jpg"), folder.resolve(day).resolve("a.jpg"));
        }
        Files.createFile(folder.resolve("day2/broken.jpg"));
        Files.createFile(folder.resolve("day1/broken.jpg"));
        run(folder.resolve("day1"), folder.resolve("day2"), "--out", out, "--overlays", "none");
        Results results = new Results(out);
        assertThat(results.status()).containsOnlyKeys("day1/a.jpg", "day1/broken.jpg", "day2/a.jpg", "day2/broken.jpg");
        assertThat(results.boxes()).extracting(row -> row.get("source")).containsOnly("day1/a.jpg", "day2/a.jpg");
    }

    @Test
    void patternsAndFoldersStandForTheirFiles() throws IOException {
        Path out = folder.resolve("out");
        run(sample + "/frame-000[56].jpg", "--out", out, "--overlays", "none");
        assertThat(new Results(out).status()).containsOnlyKeys("frame-0005.jpg", "frame-0006.jpg");
    }

    @Test
    void runIsDescribedForPeopleWhoMustRepeatIt() throws IOException {
        Path out = folder.resolve("out");
        run(Fast.sample("frame-0001.jpg"), "--out", out, "--workers", "1", "--engine", "tensorflow");
        JsonNode run = new Results(out).run();
        assertThat(run.propertyNames())
                .containsExactlyInAnyOrder(
                        "frames",
                        "failed",
                        "without_colour",
                        "inputs",
                        "seconds",
                        "frames_per_second",
                        "engine",
                        "model",
                        "threads",
                        "versions",
                        "latency",
                        "frames_not_shown",
                        "earlier_pictures",
                        "peak_native_bytes",
                        "nodes");
        assertThat(run.at("/frames").asInt()).isEqualTo(1);
        assertThat(run.at("/seconds").asDouble()).isPositive();
        assertThat(run.at("/engine/name").asString()).isEqualTo("tensorflow");
        assertThat(run.at("/engine/why").asString()).contains("asked for");
        assertThat(run.at("/engine/precision").asString()).isEqualTo("f32");
        assertThat(run.at("/model/format").asString()).isEqualTo("saved_model");
        assertThat(run.at("/model/sha256").asString()).matches("[0-9a-f]{64}");
        assertThat(run.at("/threads/workers").asInt()).isEqualTo(1);
        assertThat(run.at("/versions/java").asString()).startsWith("25");
        assertThat(run.at("/nodes/capillary.imageClassification/parts").propertyNames())
                .contains("input", "inference", "output");
        assertThat(run.at("/nodes/frameTable/count").asInt()).isEqualTo(1);
    }

    @Test
    void resultsOfAnEarlierRunAreReplaced() throws IOException {
        Path out = folder.resolve("out");
        Files.createDirectories(out);
        Files.writeString(out.resolve("frames.csv"), "old");
        run(Fast.sample("frame-0001.jpg"), "--out", out, "--overlays", "none");
        assertThat(new Results(out).frames()).hasSize(1);
    }

    @Test
    void picturesOfAnEarlierRunAreLeftAloneAndToldOf() throws IOException {
        Path out = folder.resolve("out");
        run(sample + "/frame-000[12].jpg", "--out", out, "--overlays", "jpg");
        Fast.Result other = run(Fast.sample("frame-0002.jpg"), "--out", out, "--overlays", "jpg");
        assertThat(other.err())
                .isEqualTo("fast: " + out.resolve("overlays") + ": 1 file is of an earlier run, not of this one.\n");
        assertThat(new Results(out).run().at("/earlier_pictures").asInt()).isEqualTo(1);
        Fast.Result none = run(Fast.sample("frame-0001.jpg"), "--out", out, "--overlays", "none");
        assertThat(none.err())
                .isEqualTo("fast: " + out.resolve("overlays") + ": 2 files are of an earlier run, not of this one.\n");
        assertThat(new Results(out).files()).contains("overlays/frame-0001.jpg", "overlays/frame-0002.jpg");
        assertThat(run(sample + "/frame-000[12].jpg", "--out", out, "--overlays", "jpg")
                        .err())
                .isEmpty();
    }

    @Test
    void verboseRunTellsWhatEachStepTook() {
        Fast.Result result = run(
                Fast.sample("frame-0001.jpg"), "--out", folder.resolve("out"), "--verbose", "--engine", "tensorflow");
        assertThat(result.err()).contains("fast: tensorflow ", " workers, ", "capillary.ssimRoiGenerator ", " MiB");
    }

    private List<String> tables(int workers, String... more) throws IOException {
        Path out = folder.resolve(workers + String.join("", more));
        Fast.Result result = run(Stream.concat(Stream.of(sample, "--out", out, "--workers", workers), Stream.of(more))
                .toArray());
        assertThat(result.status()).isZero();
        // the last column but one is the time, which differs
        Stream<String> frames =
                Files.readString(out.resolve("frames.csv")).lines().map(line -> line.replaceAll(",[\\d.]+,ok$", ",ok"));
        Stream<String> others = Stream.of("boxes.csv", "capillaries.csv").flatMap(name -> lines(out.resolve(name)));
        return Stream.concat(frames, others).toList();
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readString(file).lines();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static Fast.Result run(Object... arguments) {
        return Fast.run(
                Stream.concat(Stream.of("capillary"), Stream.of(arguments)).toArray());
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }
}
