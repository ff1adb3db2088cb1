// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fastpipeline.core.data.ElementType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PhantomCommandTest {
    @TempDir
    private Path folder;

    private static Fast.Result phantom(Path out, Object... more) {
        Object[] arguments = new Object[4 + more.length];
        arguments[0] = "phantom";
        arguments[1] = "capillary";
        arguments[2] = "--out";
        arguments[3] = out;
        System.arraycopy(more, 0, arguments, 4, more.length);
        return Fast.run(arguments);
    }

    @Test
    void framesMasksAndTablesLieInTheFolder() throws IOException {
        Path out = folder.resolve("phantoms");
        Fast.Result result = phantom(out, "--frames", 2, "--seed", 9);
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).matches("2 frames, \\d+ clear capillaries, mean density 0\\.\\d{4}; in .*phantoms\\R");
        Results results = new Results(out);
        assertThat(results.files())
                .containsExactly(
                        "boxes.csv",
                        "frame-0001.png",
                        "frame-0002.png",
                        "frames.csv",
                        "masks/frame-0001.png",
                        "masks/frame-0002.png",
                        "phantom.json");
        assertThat(Files.readAllLines(out.resolve("frames.csv")).getFirst())
                .isEqualTo("frame,source,density,capillaries");
        assertThat(Files.readAllLines(out.resolve("boxes.csv")).getFirst())
                .isEqualTo("frame,source,x,y,width,height,visibility,centre_x,centre_y");
        assertThat(results.frames())
                .extracting(row -> row.get("frame") + " " + row.get("source"))
                .containsExactly("0 frame-0001.png", "1 frame-0002.png");
        long clear = results.boxes().stream()
                .filter(row -> "clear".equals(row.get("visibility")) && "0".equals(row.get("frame")))
                .count();
        assertThat(results.frames().getFirst()).containsEntry("capillaries", Long.toString(clear));
        JsonNode json = JsonMapper.shared().readTree(out.resolve("phantom.json"));
        assertThat(json.at("/seed").asInt()).isEqualTo(9);
    }

    @Test
    void videoHasATruthForEachOfItsFrames() throws IOException {
        Path out = folder.resolve("clip");
        assertThat(phantom(out, "--frames", 3, "--video").status()).isZero();
        assertThat(new Results(out).files())
                .contains("video.avi", "masks/video-000000.png", "masks/video-000002.png")
                .noneMatch(file -> file.startsWith("frame-"));
        Path measured = folder.resolve("measured");
        Fast.run("capillary", out.resolve("video.avi"), "--out", measured, "--overlays", "none");
        assertThat(new Results(measured).frames().stream().map(row -> row.get("source")))
                .containsExactlyElementsOf(new Results(out)
                        .frames().stream().map(row -> row.get("source")).toList());
    }

    @Test
    void sampleIsMadeByTheCommandThatItsReadmeNames() throws IOException {
        Path out = folder.resolve("sample");
        assertThat(phantom(out, "--frames", 1, "--seed", 2026, "--format", "jpg")
                        .status())
                .isZero();
        assertThat(out.resolve("frame-0001.jpg")).hasSameBinaryContentAs(Fast.sample("frame-0001.jpg"));
    }

    @Test
    void usedFolderIsRefused() throws IOException {
        Files.createFile(folder.resolve("frame-0007.png"));
        Fast.Result result = phantom(folder, "--frames", 1);
        assertThat(result.status()).isEqualTo(Main.WRONG_USE);
        assertThat(result.err()).contains("met a folder with files in it, such as frame-0007.png");
    }

    @Test
    void numbersOutOfTheirRangeAreRefused() {
        assertThat(phantom(folder.resolve("out"), "--frames", 0).err()).contains("--frames: met 0; needed 1 to");
        assertThat(phantom(folder.resolve("out"), "--seed", -1).err()).contains("--seed: met -1; needed 0 or more");
        assertThat(Fast.run("phantom").err()).contains("Missing what to make, 'capillary' or 'ultrasound'");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void cropsAreThoseOfTheRowsOfBoxes() throws IOException {
        Path all = folder.resolve("all");
        Path some = folder.resolve("some");
        for (Path out : List.of(all, some)) {
            Fast.Result result = Fast.run(
                    "capillary",
                    Fast.HOME.sample("capillary"),
                    "--out",
                    out,
                    "--crops",
                    "--overlays",
                    "none",
                    "--threshold",
                    out.equals(all) ? "0" : "0.9");
            assertThat(result.status()).isZero();
            NpyFile crops = NpyFile.open(out.resolve("crops.npy"));
            assertThat(crops.type()).isEqualTo(ElementType.U8);
            assertThat(crops.sizes().asList())
                    .containsExactly((long) new Results(out).boxes().size(), 50L, 50L, 3L);
        }
        assertThat(new Results(some).boxes().size())
                .isLessThan(new Results(all).boxes().size());
        assertThat(new Results(some).run().at("/model/threshold").asDouble()).isEqualTo(0.9);
    }

    @Test
    void thresholdIsAScore() {
        Fast.Result result =
                Fast.run("capillary", Fast.sample("frame-0001.jpg"), "--out", folder, "--threshold", "1.5");
        assertThat(result.status()).isEqualTo(Main.WRONG_USE);
        assertThat(result.err()).contains("--threshold: met 1.5; needed 0 to 1");
    }
}
