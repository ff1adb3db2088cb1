// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VideoSinkTest {
    @TempDir
    private Path folder;

    private static Image grey(NodeRun run, int width, int level) {
        Image image = Image.allocate(ImageSpec.of(width, 64, ChannelOrder.BGR, ElementType.U8), run.memory());
        image.fill(level);
        return image;
    }

    @ParameterizedTest
    @ValueSource(strings = {"avi", "mp4"})
    void framesAreReadBackInOrder(String extension) {
        Path file = folder.resolve("made/clip." + extension);
        VideoSink sink = new VideoSink(file);
        try (NodeRun run = NodeRun.of(sink)) {
            for (int level = 20; level <= 200; level += 60) {
                run.with(sink.image, grey(run, 96, level)).execute();
            }
            assertThat(file).doesNotExist();
            run.end();
        }
        VideoStreamer video = new VideoStreamer(file);
        List<Integer> levels = new ArrayList<>();
        try (Run run = Pipeline.to(video.image).start()) {
            for (Frame frame : run) {
                Image image = frame.get(video.image);
                levels.add(
                        image.pixels().get(ValueLayout.JAVA_BYTE, image.spec().offset(48, 32, 0)) & 0xFF);
            }
        }
        assertThat(levels).hasSize(4);
        for (int i = 0; i < 4; i++) {
            assertThat(levels.get(i)).isCloseTo(20 + 60 * i, within(2));
        }
        assertThat(file.getParent())
                .isDirectoryContaining("glob:**." + extension)
                .isDirectoryNotContaining("glob:**.part*");
    }

    @Test
    void frameOfAnotherSizeIsRefused() {
        VideoSink sink = new VideoSink(folder.resolve("clip.avi"));
        try (NodeRun run = NodeRun.of(sink)) {
            run.with(sink.image, grey(run, 96, 20)).execute();
            assertThatThrownBy(() -> run.with(sink.image, grey(run, 80, 20)).execute())
                    .hasStackTraceContaining("needed 96 x 64 as the first frame had");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"avi", "mp4"})
    void videoOfARunThatWasCancelledDoesNotAppear(String extension) {
        VideoSink sink = new VideoSink(folder.resolve("clip." + extension));
        try (NodeRun run = NodeRun.of(sink)) {
            run.with(sink.image, grey(run, 96, 20)).execute();
            run.end(new Completion.Cancelled());
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void ofAnOddNumberOfColumnsH264LeavesOutTheLast() {
        Path file = folder.resolve("clip.mp4");
        VideoSink sink = new VideoSink(file);
        try (NodeRun run = NodeRun.of(sink)) {
            run.with(sink.image, grey(run, 97, 120)).execute();
            run.end();
        }
        VideoStreamer video = new VideoStreamer(file);
        try (Run run = Pipeline.to(video.image).start();
                Frame frame = run.next().orElseThrow()) {
            assertThat(frame.get(video.image).width()).isEqualTo(96);
        }
    }

    @Test
    void onlyNamesThatEndInMp4OrAviAreTaken() {
        VideoSink sink = new VideoSink(folder.resolve("clip.mkv"));
        assertThatThrownBy(() -> {
                    try (NodeRun run = NodeRun.of(sink)) {
                        run.with(sink.image, grey(run, 96, 20)).execute();
                    }
                })
                .hasStackTraceContaining("needed one that ends in .mp4 or .avi");
    }
}
