// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.AWTException;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.stream.GeneratorStreamer;

/// Programs that open a real window, and hands that use it: each runs in a process of its own, on a display that
/// [WindowTest] gives it, and fails with the exit status 1.
final class Rehearsal {
    private static final int WIDTH = RobotHand.WIDTH;
    private static final int HEIGHT = RobotHand.HEIGHT;
    private static final long MEGABYTE = 1 << 20;

    /// Left half red, right half green, as long as it goes on; the blue part tells one frame from the next.
    private final GeneratorStreamer<Image> frames;

    private final View view;
    private final WindowOptions options = RobotHand.OPTIONS;
    private final RobotHand robot = new RobotHand();

    private Rehearsal(long count) throws AWTException {
        ImageSpec spec = ImageSpec.of(WIDTH, HEIGHT, ChannelOrder.RGB, ElementType.U8);
        frames = new GeneratorStreamer<>(Image.class, count, (place, step) -> {
            Image image = Image.allocate(spec, step.memory());
            byte[] row = new byte[3 * WIDTH];
            for (int x = 0; x < WIDTH; x++) {
                row[3 * x + (x < WIDTH / 2 ? 0 : 1)] = (byte) 255;
                row[3 * x + 2] = (byte) (place % 50);
            }
            for (int y = 0; y < HEIGHT; y++) {
                MemorySegment.copy(
                        row, 0, image.writablePixels(), ValueLayout.JAVA_BYTE, (long) y * row.length, row.length);
            }
            return image;
        });
        frames.rate.set(100.0);
        view = View.of(ImageLayer.of(frames.value));
    }

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "colours" -> new Rehearsal(Long.MAX_VALUE).colours();
            case "zoom" -> new Rehearsal(Long.MAX_VALUE).zoom();
            case "keys" -> new Rehearsal(Long.MAX_VALUE).keys();
            case "grid" -> new Rehearsal(Long.MAX_VALUE).grid();
            case "space" -> new SpaceRehearsal().space();
            case "slicer" -> new SpaceRehearsal().slicer();
            case "help" -> new Rehearsal(Long.MAX_VALUE).help();
            case "end" -> new Rehearsal(20).end();
            case "close" -> new Rehearsal(Long.MAX_VALUE).close();
            case "slow" -> new Rehearsal(300).slow();
            case "memory" -> new Rehearsal(10_000).memory();
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.exit(0); // AWT's threads may go on
    }

    private void awaitPicture() {
        robot.await(
                "red on the left, green on the right",
                () -> robot.isRed(WIDTH / 4, 200) && robot.isGreen(3 * WIDTH / 4, 200));
    }

    private void colours() throws Exception {
        robot.rehearse(
                Controls.NONE,
                _ -> {
                    awaitPicture();
                    robot.capture("window");
                },
                view);
    }

    private void zoom() throws Exception {
        robot.rehearse(
                Controls.NONE,
                _ -> {
                    awaitPicture();
                    // 20 pixels left of the edge between the colours: closer, the edge moves away to the right.
                    int x = WIDTH / 2 - 20;
                    robot.move(x, 200);
                    for (int i = 0; i < 10; i++) {
                        robot.wheel(-1);
                    }
                    robot.await(
                            "the edge farther right",
                            () -> robot.isRed(x, 200) && robot.isRed(x + 60, 200) && robot.isGreen(x + 110, 200));
                    robot.press(KeyEvent.VK_R);
                    robot.await("all of it again", () -> robot.isGreen(x + 60, 200));
                    robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
                    robot.move(x + 100, 200);
                    robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
                    robot.await("moved to the right", () -> robot.isRed(x + 100, 200) && robot.isGreen(x + 130, 200));
                },
                view);
    }

    private void keys() throws Exception {
        robot.rehearse(
                Controls.NONE.with(frames),
                _ -> {
                    awaitPicture();
                    robot.press(KeyEvent.VK_SPACE);
                    robot.await("paused", () -> frames.playback().isPaused());
                    frames.playback().seek(10);
                    robot.await("frame 10", () -> robot.colour(WIDTH / 4, 100).getBlue() == 10);
                    robot.press(KeyEvent.VK_LEFT);
                    robot.await(
                            "the frame before",
                            () -> robot.colour(WIDTH / 4, 100).getBlue() == 9);
                    robot.press(KeyEvent.VK_S);
                    Path file = options.screenshots().resolve("rehearsal-frame-9.png");
                    Files.createDirectories(options.screenshots());
                    robot.await("a screenshot", () -> readable(file));
                    BufferedImage screenshot = ImageIO.read(file.toFile());
                    assertThat(screenshot.getWidth()).isEqualTo(WIDTH);
                    assertThat(screenshot.getRGB(WIDTH / 4, 100) & 0xFF)
                            .as("the frame that the file is named for")
                            .isEqualTo(9);
                    Files.delete(file);
                    robot.press(KeyEvent.VK_SPACE);
                    robot.await("going on", () -> !frames.playback().isPaused());
                },
                view);
    }

    private static boolean readable(Path file) {
        try {
            return Files.exists(file) && ImageIO.read(file.toFile()) != null;
        } catch (IOException unfinished) {
            return false;
        }
    }

    private void grid() throws Exception {
        robot.rehearse(
                Controls.NONE,
                _ -> robot.await(
                        "two views side by side",
                        () -> robot.isRed(WIDTH / 8, 180)
                                && robot.isGreen(3 * WIDTH / 8, 180)
                                && robot.isRed(5 * WIDTH / 8, 180)
                                && robot.isGreen(7 * WIDTH / 8, 180)),
                view,
                View.of(ImageLayer.of(frames.value)));
    }

    private void help() throws Exception {
        robot.rehearse(
                Controls.NONE.with(frames),
                _ -> {
                    awaitPicture();
                    robot.press(KeyEvent.VK_H);
                    robot.await(
                            "a dark board that hides the picture",
                            () -> robot.isDark(WIDTH / 2 - 60, HEIGHT / 2 - 140));
                    robot.capture("window-help");
                    robot.press(KeyEvent.VK_H);
                    awaitPicture();
                },
                view);
    }

    private void end() {
        long[] last = new long[1];
        View counting = view.with(new Probe(frames.value, place -> last[0] = place));
        Pipeline pipeline = Pipeline.of(List.of(counting.subscription()), List.of());
        try (Window window = Window.open(options.closingAfter(Duration.ZERO), Controls.NONE, counting);
                Run run = pipeline.start()) {
            assertThat(window.show(run, 0)).as("closed by the user").isFalse();
            assertThat(run.isEnded()).isTrue();
            assertThat(last[0]).as("the frame shown last").isEqualTo(19);
        }
    }

    private void close() throws Exception {
        robot.rehearse(Controls.NONE, _ -> awaitPicture(), view);
    }

    /// A window that draws ten frames a second at least, over a stream of a hundred.
    private void slow() {
        frames.rate.set(0.0);
        Pipeline pipeline = Pipeline.of(List.of(view.subscription()), List.of());
        try (Window window = Window.open(options.closingAfter(Duration.ZERO), Controls.NONE, view);
                Run run = pipeline.start()) {
            window.show(run, 0);
            assertThat(run.report().frames()).isEqualTo(300);
            assertThat(run.report().dropped()).isBetween(1L, 299L);
        }
    }

    private void memory() {
        frames.rate.set(1000.0);
        long[] begun = new long[1];
        View counting = view.with(new Probe(frames.value, place -> {
            if (place >= 4000 && begun[0] == 0) {
                begun[0] = residentBytes();
            }
        }));
        Pipeline pipeline = Pipeline.of(List.of(counting.subscription()), List.of());
        try (Window window = Window.open(options.closingAfter(Duration.ZERO), Controls.NONE, counting);
                Run run = pipeline.start()) {
            window.show(run, 0);
            assertThat(run.report().frames()).isEqualTo(10_000);
            assertThat(residentBytes() - begun[0])
                    .as("bytes that 6,000 frames left behind")
                    .isLessThan(16 * MEGABYTE);
        }
    }

    private static long residentBytes() {
        try {
            String line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(text -> text.startsWith("VmRSS:"))
                    .findFirst()
                    .orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        } catch (IOException noSuchFile) {
            throw new UncheckedIOException(noSuchFile);
        }
    }
}
