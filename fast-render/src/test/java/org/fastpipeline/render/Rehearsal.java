// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.AWTException;
import java.awt.Color;
import java.awt.Rectangle;
import java.awt.Robot;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
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
    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final long PATIENCE = 30_000_000_000L;
    private static final long MEGABYTE = 1 << 20;

    /// Left half red, right half green, as long as it goes on; the blue part tells one frame from the next.
    private final GeneratorStreamer<Image> frames;

    private final View view;
    private final WindowOptions options =
            WindowOptions.of("Rehearsal").withSize(WIDTH, HEIGHT).withScreenshots(Path.of("target", "drawn"));
    private final Robot robot = new Robot();

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
            case "end" -> new Rehearsal(20).end();
            case "close" -> new Rehearsal(Long.MAX_VALUE).close();
            case "slow" -> new Rehearsal(300).slow();
            case "memory" -> new Rehearsal(10_000).memory();
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.exit(0); // AWT's threads may go on
    }

    /// What hands do to a window while it is shown.
    private interface Hands {
        void use(Run run) throws Exception;
    }

    /// Shows the view until the hands have done their work and pressed Q.
    private void rehearse(Controls controls, Hands hands, View... views) throws Exception {
        Pipeline pipeline =
                Pipeline.of(List.of(views).stream().map(View::subscription).toList(), List.of());
        try (Window window = Window.open(options, controls, views);
                Run run = pipeline.start()) {
            CompletableFuture<Void> done = CompletableFuture.runAsync(() -> {
                try {
                    hands.use(run);
                } catch (Exception | AssertionError failure) {
                    throw new CompletionException(failure);
                } finally {
                    press(KeyEvent.VK_Q);
                }
            });
            assertThat(window.show(run, 0)).as("closed by the user").isTrue();
            done.get(10, TimeUnit.SECONDS);
        }
    }

    private void press(int key) {
        robot.keyPress(key);
        robot.keyRelease(key);
        robot.waitForIdle();
    }

    private void await(String what, BooleanSupplier wish) {
        long deadline = System.nanoTime() + PATIENCE;
        while (!wish.getAsBoolean()) {
            assertThat(System.nanoTime()).as("patience for: " + what).isLessThan(deadline);
            robot.delay(20);
        }
    }

    private boolean isRed(int x, int y) {
        Color colour = robot.getPixelColor(x, y);
        return colour.getRed() > 200 && colour.getGreen() < 60;
    }

    private boolean isGreen(int x, int y) {
        Color colour = robot.getPixelColor(x, y);
        return colour.getGreen() > 200 && colour.getRed() < 60;
    }

    private void awaitPicture() {
        await("red on the left, green on the right", () -> isRed(WIDTH / 4, 200) && isGreen(3 * WIDTH / 4, 200));
    }

    private void colours() throws Exception {
        rehearse(
                Controls.NONE,
                _ -> {
                    awaitPicture();
                    BufferedImage seen = robot.createScreenCapture(new Rectangle(WIDTH, HEIGHT));
                    Files.createDirectories(options.screenshots());
                    ImageIO.write(
                            seen,
                            "png",
                            options.screenshots().resolve("window.png").toFile());
                },
                view);
    }

    private void zoom() throws Exception {
        rehearse(
                Controls.NONE,
                _ -> {
                    awaitPicture();
                    // 20 pixels left of the edge between the colours: closer, the edge moves away to the right.
                    int x = WIDTH / 2 - 20;
                    robot.mouseMove(x, 200);
                    for (int i = 0; i < 10; i++) {
                        robot.mouseWheel(-1);
                        robot.waitForIdle();
                    }
                    await("the edge farther right", () -> isRed(x, 200) && isRed(x + 60, 200) && isGreen(x + 110, 200));
                    press(KeyEvent.VK_R);
                    await("all of it again", () -> isGreen(x + 60, 200));
                    robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
                    robot.mouseMove(x + 100, 200);
                    robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
                    await("moved to the right", () -> isRed(x + 100, 200) && isGreen(x + 130, 200));
                },
                view);
    }

    private void keys() throws Exception {
        rehearse(
                Controls.NONE.with(frames),
                _ -> {
                    awaitPicture();
                    press(KeyEvent.VK_SPACE);
                    await("paused", () -> frames.playback().isPaused());
                    frames.playback().seek(10);
                    await("frame 10", () -> robot.getPixelColor(WIDTH / 4, 100).getBlue() == 10);
                    press(KeyEvent.VK_LEFT);
                    await(
                            "the frame before",
                            () -> robot.getPixelColor(WIDTH / 4, 100).getBlue() == 9);
                    press(KeyEvent.VK_S);
                    Path file = options.screenshots().resolve("rehearsal-frame-9.png");
                    Files.createDirectories(options.screenshots());
                    await("a screenshot", () -> readable(file));
                    BufferedImage screenshot = ImageIO.read(file.toFile());
                    assertThat(screenshot.getWidth()).isEqualTo(WIDTH);
                    assertThat(screenshot.getRGB(WIDTH / 4, 100) & 0xFF)
                            .as("the frame that the file is named for")
                            .isEqualTo(9);
                    Files.delete(file);
                    press(KeyEvent.VK_SPACE);
                    await("going on", () -> !frames.playback().isPaused());
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
        rehearse(
                Controls.NONE,
                _ -> await(
                        "two views side by side",
                        () -> isRed(WIDTH / 8, 180)
                                && isGreen(3 * WIDTH / 8, 180)
                                && isRed(5 * WIDTH / 8, 180)
                                && isGreen(7 * WIDTH / 8, 180)),
                view,
                View.of(ImageLayer.of(frames.value)));
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
        rehearse(Controls.NONE, _ -> awaitPicture(), view);
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
