// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.TimeSource;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.vision.TestImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class FolderStreamerTest {
    @TempDir
    Path folder;

    private final Deque<Deed> script = new ArrayDeque<>();
    private final byte[] png = TestImages.encode(TestImages.colour(4, 3), "png");

    /// What happens in the folder between two looks.
    private interface Deed {
        void happen() throws IOException;
    }

    private final CountDownLatch firstFrame = new CountDownLatch(1);

    /// Time passes only when the streamer waits; then what the script says happens first.
    private final class ScriptedClock implements TimeSource {
        private long now;

        @Override
        public synchronized long nanoTime() {
            return now;
        }

        @Override
        public synchronized void sleepUntil(long nanoTime) {
            now = Math.max(now, nanoTime);
            Deed deed = script.poll();
            try {
                if (deed != null) {
                    deed.happen();
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private void write(String name, byte[] content, int second) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000L + second * 1000L));
    }

    private List<String> read(FolderStreamer streamer) {
        List<String> read = new ArrayList<>();
        RunOptions options = RunOptions.standard().withClock(new ScriptedClock());
        try (Run run = Pipeline.to(streamer.image).start(options)) {
            for (Frame frame : run) {
                Metadata metadata = frame.metadata(streamer.image);
                read.add(metadata.get(Metadata.ORIGIN)
                                .map(origin -> String.valueOf(Path.of(origin).getFileName()))
                                .orElse("")
                        + (frame.failure().isPresent() ? " failed" : ""));
                firstFrame.countDown();
            }
        }
        return read;
    }

    private void awaitFirstFrame() {
        try {
            firstFrame.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private FolderStreamer untilTheEndFile() {
        FolderStreamer streamer = new FolderStreamer(folder);
        streamer.endFile.set("done");
        return streamer;
    }

    @Test
    void filesComeAsTheyAreWrittenEachOnceUntilTheEndFileIsThere() throws IOException {
        write("there.png", png, 0);
        script.add(() -> {});
        script.add(() -> {});
        script.add(() -> write("b.png", png, 1));
        script.add(() -> {});
        script.add(() -> write("a.png", png, 2));
        script.add(() -> Files.createFile(folder.resolve("done")));
        assertThat(read(untilTheEndFile())).containsExactly("there.png", "b.png", "a.png");
    }

    @Test
    void fileThatStillGrowsIsNotTaken() throws IOException {
        Path file = folder.resolve("slow.png");
        int half = png.length / 2;
        script.add(() -> Files.write(file, Arrays.copyOf(png, 1)));
        script.add(() -> Files.write(file, Arrays.copyOf(png, half)));
        script.add(() -> {
            Files.write(file, Arrays.copyOf(png, half + 1));
            write("quick.png", png, 5);
        });
        script.add(() -> Files.write(file, png));
        script.add(() -> Files.createFile(folder.resolve("done")));
        assertThat(read(untilTheEndFile())).containsExactly("quick.png", "slow.png");
    }

    @Test
    void filesOfOneLookComeByTimeThenByName() throws IOException {
        write("c.png", png, 1);
        write("b.png", png, 2);
        write("a.png", png, 2);
        script.add(() -> Files.createFile(folder.resolve("done")));
        assertThat(read(untilTheEndFile())).containsExactly("c.png", "a.png", "b.png");
    }

    @Test
    void unfinishedNamesAreLeftAloneUntilTheyAreRenamed() throws IOException {
        write(".a.png", png, 0);
        write("b.png.part", png, 0);
        write("notes.txt", png, 0);
        script.add(() -> {});
        script.add(() -> {});
        script.add(() -> Files.move(folder.resolve(".a.png"), folder.resolve("a.png")));
        script.add(() -> Files.createFile(folder.resolve("done")));
        assertThat(read(untilTheEndFile())).containsExactly("a.png");
    }

    @Test
    void streamEndsWhenNothingHasChangedForTheIdleTime() throws IOException {
        FolderStreamer streamer = new FolderStreamer(folder);
        streamer.settle.set(1.0);
        streamer.idle.set(5.0);
        script.add(() -> {});
        script.add(() -> {});
        script.add(() -> {});
        script.add(() -> write("a.png", png, 0));
        for (int i = 0; i < 3; i++) {
            script.add(() -> {});
        }
        script.add(() -> write("b.png", png, 0));
        assertThat(read(streamer)).containsExactly("a.png", "b.png");
    }

    @Test
    void emptyFileWaitsForItsContentAndIsNotLostAtTheEnd() throws IOException {
        Files.createFile(folder.resolve("empty.png"));
        script.add(() -> {});
        script.add(() -> {});
        script.add(() -> write("a.png", png, 0));
        script.add(() -> {});
        script.add(() -> Files.createFile(folder.resolve("done")));
        assertThat(read(untilTheEndFile())).containsExactly("a.png", "empty.png failed");
    }

    @Test
    void fileThatWasRemovedAndWrittenAgainIsANewOne() throws IOException {
        write("a.png", png, 0);
        script.add(() -> {});
        script.add(() -> {});
        script.add(() -> {
            awaitFirstFrame();
            Files.delete(folder.resolve("a.png"));
        });
        script.add(() -> write("a.png", png, 9));
        script.add(() -> Files.createFile(folder.resolve("done")));
        assertThat(read(untilTheEndFile())).containsExactly("a.png", "a.png");
    }

    @Test
    void missingFolderReachesTheConsumer() {
        FolderStreamer streamer = new FolderStreamer(folder.resolve("none"));
        try (Run run = Pipeline.to(streamer.image).start()) {
            assertThat(run.next().orElseThrow().failure().orElseThrow())
                    .hasMessageContaining("there is no such folder");
            assertThat(run.next()).isEmpty();
        }
    }

    @Test
    void stoppingTheRunEndsTheWatch() throws IOException {
        write("a.png", png, 0);
        FolderStreamer streamer = new FolderStreamer(folder);
        streamer.settle.set(0.001);
        try (Run run = Pipeline.to(streamer.image).start()) {
            assertThat(run.next().orElseThrow().get(streamer.image).width()).isEqualTo(4);
        }
    }
}
