// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_videoio.VideoWriter;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.vision.TestImages;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaStreamerTest {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;

    @TempDir
    Path folder;

    private String picture = "";

    @BeforeEach
    void onePicture() throws IOException {
        byte[] png = TestImages.encode(TestImages.of(BufferedImage.TYPE_BYTE_GRAY, 20, 10), "png");
        picture = Files.write(folder.resolve("picture.png"), png).toString();
    }

    @Test
    void picturesAndVideosComeInTheOrderTheyWereGivenWithOneIndexOverAll() {
        MediaStreamer streamer = new MediaStreamer(picture, video("a.avi", 3), picture, video("b.avi", 2));
        assertThat(read(streamer))
                .containsExactly(
                        "0 picture.png 20",
                        "1 a.avi#0 64",
                        "2 a.avi#1 64",
                        "3 a.avi#2 64",
                        "4 picture.png 20",
                        "5 b.avi#0 64",
                        "6 b.avi#1 64");
    }

    @Test
    void patternsMatchVideosToo() {
        video("a.avi", 1);
        video("b.avi", 1);
        assertThat(read(new MediaStreamer(folder + "/*.avi"))).containsExactly("0 a.avi#0 64", "1 b.avi#0 64");
    }

    @Test
    void videoThatCannotBeReadFailsOneFrameAndTheNextInputFollows() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.avi"), "RIFF    AVI and nothing that a video has");
        assertThat(read(new MediaStreamer(bad.toString(), picture)))
                .containsExactly("0 bad.avi failed", "1 picture.png 20");
    }

    @Test
    void truncatedVideoGivesTheFramesBeforeTheDamageAndTheNextInputFollows() throws IOException {
        Path whole = Path.of(video("whole.avi", 20));
        byte[] bytes = Files.readAllBytes(whole);
        Path half = Files.write(folder.resolve("half.avi"), Arrays.copyOf(bytes, bytes.length / 2));
        List<String> frames = read(new MediaStreamer(half.toString(), picture));
        assertThat(frames).hasSizeBetween(3, 20).startsWith("0 half.avi#0 64");
        assertThat(frames.get(frames.size() - 2)).endsWith("half.avi failed");
        assertThat(frames.getLast()).endsWith("picture.png 20");
    }

    @Test
    void countIsKnownWithoutVideos() {
        assertThat(new MediaStreamer(picture, picture).count()).hasValue(2);
        assertThat(new MediaStreamer(picture, video("a.avi", 1)).count()).isEmpty();
    }

    @Test
    void countFailsWhereThereIsNothingToRead() {
        assertThatThrownBy(() -> new MediaStreamer(folder + "/*.tif").count())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no file matches the pattern");
    }

    @Test
    void folderSaysWhatItLeavesOut() throws IOException {
        Path mixed = folder.resolve("mixed");
        Files.createDirectories(mixed.resolve("b.png/c"));
        Files.writeString(mixed.resolve("clip.avi"), "not looked into");
        assertThat(new MediaStreamer(mixed.toString()).leftOut())
                .containsExactly(mixed + ": 1 video (clip.avi) and 1 folder (b.png) are left out");

        for (String name : List.of("clip.MP4", "scan.dcm", "notes.txt", ".hidden.dcm", "a.png")) {
            Files.writeString(mixed.resolve(name), "not looked into");
        }
        Path one = Files.createDirectory(folder.resolve("one"));
        Files.writeString(one.resolve("scan.dcm"), "no picture");
        assertThat(new MediaStreamer(picture, mixed.toString(), one.toString(), "missing").leftOut())
                .containsExactly(
                        mixed
                                + ": 2 videos (clip.MP4, clip.avi), 1 folder (b.png) and 1 other file (scan.dcm) are left out",
                        one + ": 1 other file (scan.dcm) is left out");
    }

    @Test
    void ofManyOnlySomeAreNamedAndOfAFolderThatIsGivenTwiceOnce() throws IOException {
        Path many = Files.createDirectory(folder.resolve("many"));
        for (String name : List.of("4.dcm", "2.dcm", "1.dcm", "3.dcm")) {
            Files.writeString(many.resolve(name), "no picture");
        }
        assertThat(new MediaStreamer(many.toString(), many.toString()).leftOut())
                .containsExactly(many + ": 4 other files (1.dcm, 2.dcm, 3.dcm and more) are left out");
    }

    @Test
    void folderThatIsReadWholeLeavesNothingOut() {
        assertThat(new MediaStreamer(folder.toString(), folder + "/*.png").leftOut())
                .isEmpty();
    }

    /// Index, origin and width of each frame.
    private static List<String> read(MediaStreamer streamer) {
        List<String> frames = new ArrayList<>();
        try (Run run = Pipeline.to(streamer.image).start()) {
            for (Frame frame : run) {
                Metadata metadata = frame.metadata(streamer.image);
                String origin = metadata.get(Metadata.ORIGIN).orElse("?");
                frames.add(metadata.get(Metadata.INDEX).orElse(-1L) + " "
                        + Path.of(origin).getFileName() + " "
                        + (frame.failure().isPresent()
                                ? "failed"
                                : frame.get(streamer.image).width()));
            }
        }
        return frames;
    }

    /// A video of grey frames.
    private String video(String name, int frames) {
        Path file = folder.resolve(name);
        byte[] code = {'M', 'J', 'P', 'G'};
        int format = VideoWriter.fourcc(code[0], code[1], code[2], code[3]);
        try (VideoWriter writer = new VideoWriter(file.toString(), format, 10, new Size(WIDTH, HEIGHT));
                Mat grey = new Mat(HEIGHT, WIDTH, opencv_core.CV_8UC3)) {
            for (int i = 0; i < frames; i++) {
                grey.put(new Scalar(i, i, i, 0));
                writer.write(grey);
            }
            writer.release();
        }
        return file.toString();
    }
}
