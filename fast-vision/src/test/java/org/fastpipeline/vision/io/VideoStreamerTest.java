// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_videoio.VideoWriter;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.testing.NodeResult;
import org.fastpipeline.testing.NodeRun;
import org.fastpipeline.vision.TestImages;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoStreamerTest {
    private static final int WIDTH = 70;
    private static final int HEIGHT = 40;

    @TempDir
    Path folder;

    /// An AVI file of motion JPEG, 10 frames a second; frame i is grey 20 i + 10.
    private Path video(int frames) {
        Path file = folder.resolve("clip.avi");
        try (VideoWriter writer = new VideoWriter(
                        file.toString(),
                        VideoWriter.fourcc((byte) 'M', (byte) 'J', (byte) 'P', (byte) 'G'),
                        10,
                        new Size(WIDTH, HEIGHT));
                Mat picture = new Mat(HEIGHT, WIDTH, opencv_core.CV_8UC3)) {
            assertThat(writer.isOpened()).isTrue();
            for (int i = 0; i < frames; i++) {
                int grey = 20 * i + 10;
                picture.put(new Scalar(grey, grey, grey, 0));
                writer.write(picture);
            }
            writer.release();
        }
        return file;
    }

    private static int green(Image image) {
        return image.pixels().get(ValueLayout.JAVA_BYTE, image.spec().offset(WIDTH - 1, HEIGHT - 1, 0) + 1) & 0xFF;
    }

    @Test
    void framesComeInOrderAsBgrInOurMemory() {
        VideoStreamer streamer = new VideoStreamer(video(8));
        try (NodeRun run = NodeRun.of(streamer)) {
            List<NodeResult> frames = run.all();

            assertThat(frames).hasSize(8);
            for (int i = 0; i < 8; i++) {
                Image image = frames.get(i).get(streamer.image);
                assertThat(image.spec().with(ChannelOrder.BGR))
                        .isEqualTo(ImageSpec.of(WIDTH, HEIGHT, ChannelOrder.BGR, ElementType.U8));
                assertThat(green(image)).isBetween(20 * i + 7, 20 * i + 13);
            }
        }
    }

    @Test
    @Tag("behaviour-77")
    void framesTellTheirIndexTimeCountAndOrigin() {
        Path file = video(3);
        try (NodeRun run = NodeRun.of(new VideoStreamer(file))) {
            Metadata metadata = run.all().get(2).metadata();

            assertThat(metadata.get(Metadata.INDEX)).contains(2L);
            assertThat(metadata.get(Metadata.COUNT)).contains(3L);
            assertThat(metadata.get(Metadata.TIME)).contains(Duration.ofMillis(200));
            assertThat(metadata.get(Metadata.ORIGIN)).contains(file + "#2");
        }
    }

    @Test
    void framesThatAreNotLoadedAreLetGo() throws Exception {
        VideoStreamer streamer = new VideoStreamer(video(8));
        try (Run run = Pipeline.to(streamer.image).start(RunOptions.standard())) {
            assertThat(run.next()).isPresent();
        }
    }

    @Test
    void orderIsKeptWithSeveralWorkers() {
        VideoStreamer streamer = new VideoStreamer(video(12));
        List<Integer> greens = new ArrayList<>();
        try (Run run = Pipeline.to(streamer.image).start(RunOptions.standard().withWorkers(4))) {
            for (Frame frame : run) {
                greens.add(green(frame.get(streamer.image)));
            }
        }
        assertThat(greens).hasSize(12).isSorted();
    }

    @Test
    void truncatedVideoGivesItsWholeFramesAndThenAnErrorThatNamesIt() throws IOException {
        Path file = video(8);
        byte[] content = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(content, content.length * 2 / 3));
        VideoStreamer streamer = new VideoStreamer(file);
        try (NodeRun run = NodeRun.of(streamer)) {
            int whole = 0;
            try {
                for (Optional<NodeResult> frame = run.next(); frame.isPresent(); frame = run.next()) {
                    whole++;
                }
                throw new AssertionError("was read to its end");
            } catch (InputException truncated) {
                assertThat(truncated)
                        .hasMessageStartingWith(
                                file + ": the file is truncated: it ends after " + whole + " of 8 pictures");
            }
            assertThat(whole).isBetween(1, 7);
        }
    }

    @Test
    void fileThatIsNoVideoIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("text.avi"), "no video in here");
        try (NodeRun run = NodeRun.of(new VideoStreamer(file))) {
            assertThatThrownBy(run::next)
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith(file + ": not a video file in a format that is read");
        }
    }

    @Test
    void playlistIsNotFollowed() throws IOException {
        Path file = Files.writeString(
                folder.resolve("list.m3u8"),
                "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n" + video(3) + "\n#EXT-X-ENDLIST\n");
        try (NodeRun run = NodeRun.of(new VideoStreamer(file))) {
            assertThatThrownBy(run::next).isInstanceOf(InputException.class).hasMessageContaining("not a video file");
        }
    }

    @Test
    void missingVideoIsRefused() {
        try (NodeRun run = NodeRun.of(new VideoStreamer(folder.resolve("missing.avi")))) {
            assertThatThrownBy(run::next).hasMessageContaining("missing.avi: there is no such file");
        }
    }

    @Test
    void videoOfTooLargeFramesIsRefused() {
        VideoStreamer streamer = new VideoStreamer(video(2));
        try (NodeRun run = NodeRun.of(streamer).with(streamer.pixelLimit, 100)) {
            assertThatThrownBy(run::next)
                    .hasMessageContaining("its pictures have 70 x 40 pixels; at most 100 pixels are read");
        }
    }

    @Test
    void kindOfAnInputIsSeenFromItsContentBeforeItsName() throws IOException {
        Path video = video(1);
        Path renamed = Files.copy(video, folder.resolve("renamed.png"));
        Path image = Files.write(folder.resolve("image.avi"), TestImages.encode(TestImages.colour(4, 4), "png"));
        Path stream = Files.write(folder.resolve("stream.mpg"), new byte[] {0, 0, 1, 0x42});

        assertThat(MediaKind.of(video.toString())).isEqualTo(MediaKind.VIDEO);
        assertThat(MediaKind.of(renamed.toString())).isEqualTo(MediaKind.VIDEO);
        assertThat(MediaKind.of(stream.toString())).isEqualTo(MediaKind.VIDEO);
        assertThat(MediaKind.of(image.toString())).isEqualTo(MediaKind.IMAGES);
        assertThat(MediaKind.of(folder.toString())).isEqualTo(MediaKind.IMAGES);
        assertThat(MediaKind.of(folder + "/*.avi")).isEqualTo(MediaKind.IMAGES);
    }

    /// The grey levels of the frames of a run, in steps of 20, until the end or `most` frames.
    private static List<Integer> shown(VideoStreamer streamer, int most) {
        List<Integer> shown = new ArrayList<>();
        try (Run run = Pipeline.to(streamer.image).start(RunOptions.standard().withValidate(true))) {
            for (Frame frame : run) {
                shown.add(green(frame.get(streamer.image)) / 20);
                if (shown.size() == most) {
                    break;
                }
            }
        }
        return shown;
    }

    @Test
    @Tag("behaviour-51")
    void videoIsPlayedInALoop() {
        VideoStreamer streamer = new VideoStreamer(video(3));
        streamer.loop.set(true);
        assertThat(shown(streamer, 7)).containsExactly(0, 1, 2, 0, 1, 2, 0);
    }

    @Test
    @Tag("behaviour-48")
    void someFramesOfAVideoArePlayed() {
        VideoStreamer streamer = new VideoStreamer(video(9));
        streamer.start.set(2);
        streamer.stepSize.set(3);
        streamer.replays.set(1);
        assertThat(shown(streamer, 100)).containsExactly(2, 2, 5, 5, 8, 8);
    }

    @Test
    @Tag("behaviour-58")
    void framesOfAPausedVideoAreSoughtForwardsAndBackwards() {
        VideoStreamer streamer = new VideoStreamer(video(9));
        streamer.playback().pause();
        try (Run run = Pipeline.to(streamer.image).start(RunOptions.standard())) {
            for (int sought : new int[] {4, 7, 7, 1}) {
                streamer.playback().seek(sought);
                Frame frame = run.next().orElseThrow();
                assertThat(green(frame.get(streamer.image)) / 20).isEqualTo(sought);
                assertThat(frame.metadata(streamer.image).get(Metadata.INDEX)).contains((long) sought);
            }
            streamer.playback().resume();
            assertThat(green(run.next().orElseThrow().get(streamer.image)) / 20).isEqualTo(2);
        }
    }
}
