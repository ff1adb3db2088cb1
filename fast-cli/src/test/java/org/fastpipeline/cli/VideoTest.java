// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_videoio.VideoWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoTest {
    private static final int FRAMES = 4;

    @TempDir
    private Path folder;

    private Path video = Path.of("");
    private Path out = Path.of("");

    @BeforeEach
    void videoOfOneSample() {
        out = folder.resolve("out");
        video = folder.resolve("clip.avi");
        byte[] code = {'M', 'J', 'P', 'G'};
        try (Mat frame = opencv_imgcodecs.imread(Fast.sample("frame-0005.jpg").toString());
                VideoWriter writer = new VideoWriter(
                        video.toString(), VideoWriter.fourcc(code[0], code[1], code[2], code[3]), 25, frame.size())) {
            for (int i = 0; i < FRAMES; i++) {
                writer.write(frame);
            }
            writer.release();
        }
    }

    @Test
    void framesOfAVideoAreMeasuredOneByOne() throws IOException {
        Fast.Result result = Fast.run("capillary", video, "--out", out, "--overlays", "jpg");
        assertThat(result.status()).isZero();
        Results results = new Results(out);
        assertThat(results.frames())
                .extracting(row -> row.get("source"))
                .hasSize(FRAMES)
                .startsWith("clip.avi#0");
        assertThat(results.frames()).extracting(row -> row.get("capillaries")).doesNotContain("0");
        assertThat(results.files()).contains("overlays/clip-000000.jpg", "overlays/clip-000003.jpg");
    }

    @Test
    void densityOfAVideoIsSmoothedOverItsFrames() throws IOException {
        Fast.run("capillary", video, "--out", out, "--overlays", "none");
        // Each frame is the same, so smoothing changes nothing: MJPEG codes each by itself.
        assertThat(new Results(out).frames())
                .allSatisfy(row -> assertThat(row.get("density_smoothed")).isEqualTo(row.get("density")));
    }

    @Test
    void learntBackgroundTakesInWhatNeverMoves() throws IOException {
        Fast.Result result = Fast.run("capillary", video, "--out", out, "--overlays", "none", "--background", "mog2");
        assertThat(result.status()).isZero();
        assertThat(new Results(out).frames())
                .extracting(row -> row.get("capillaries"))
                .containsOnly("0");
    }

    @Test
    void videosAndImagesMayBeMixed() throws IOException {
        Fast.run("capillary", video, Fast.sample("frame-0001.jpg"), "--out", out, "--overlays", "none");
        assertThat(new Results(out).frames())
                .extracting(row -> row.get("frame") + " " + row.get("source"))
                .hasSize(FRAMES + 1)
                .endsWith("4 frame-0001.jpg");
    }

    @Test
    void truncatedVideoKeepsTheFramesBeforeTheDamage() throws IOException {
        byte[] bytes = Files.readAllBytes(video);
        Path half = Files.write(folder.resolve("half.avi"), Arrays.copyOf(bytes, bytes.length / 2));
        Fast.Result result = Fast.run("capillary", half, "--out", out, "--overlays", "none");
        assertThat(result.status()).isEqualTo(Main.SOME_FAILED);
        assertThat(result.err()).contains("fast: " + half).doesNotContain("\tat ");
        Map<String, String> status = new Results(out).status();
        assertThat(status).containsEntry("half.avi#0", "ok");
        assertThat(status.get("half.avi")).isNotEqualTo("ok");
    }
}
