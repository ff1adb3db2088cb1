// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.AWTException;
import java.awt.Color;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.event.KeyEvent;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;

/// Hands and eyes at a window on the display of this process.
final class RobotHand {
    static final int WIDTH = 640;
    static final int HEIGHT = 360;
    static final WindowOptions OPTIONS =
            WindowOptions.of("Rehearsal").withSize(WIDTH, HEIGHT).withScreenshots(Path.of("target", "drawn"));

    private static final long PATIENCE = 30_000_000_000L;

    private final Robot robot = new Robot();

    RobotHand() throws AWTException {}

    /// What hands do to a window while it is shown.
    interface Hands {
        void use(Run run) throws Exception;
    }

    /// Shows the view until the hands have done their work and pressed Q.
    void rehearse(Controls controls, Hands hands, View... views) throws Exception {
        Pipeline pipeline =
                Pipeline.of(List.of(views).stream().map(View::subscription).toList(), List.of());
        try (Window window = Window.open(OPTIONS, controls, views);
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

    void press(int key) {
        robot.keyPress(key);
        robot.keyRelease(key);
        robot.waitForIdle();
    }

    void await(String what, BooleanSupplier wish) {
        long deadline = System.nanoTime() + PATIENCE;
        while (!wish.getAsBoolean()) {
            assertThat(System.nanoTime()).as("patience for: " + what).isLessThan(deadline);
            robot.delay(20);
        }
    }

    boolean isRed(int x, int y) {
        Color colour = colour(x, y);
        return colour.getRed() > 200 && colour.getGreen() < 60;
    }

    boolean isGreen(int x, int y) {
        Color colour = colour(x, y);
        return colour.getGreen() > 200 && colour.getRed() < 60;
    }

    void drag(int x, int y, int right, int down, int button) {
        robot.mouseMove(x, y);
        robot.mousePress(button);
        robot.mouseMove(x + right, y + down);
        robot.waitForIdle();
        robot.mouseRelease(button);
        robot.waitForIdle();
    }

    /// Moves the pointer.
    void move(int x, int y) {
        robot.mouseMove(x, y);
    }

    void mousePress(int button) {
        robot.mousePress(button);
    }

    void mouseRelease(int button) {
        robot.mouseRelease(button);
    }

    /// Turns the wheel.
    void wheel(int notches) {
        robot.mouseWheel(notches);
        robot.waitForIdle();
    }

    void hold(int key) {
        robot.keyPress(key);
        robot.waitForIdle();
    }

    void letGo(int key) {
        robot.keyRelease(key);
        robot.waitForIdle();
    }

    Color colour(int x, int y) {
        return robot.getPixelColor(x, y);
    }

    /// Keeps what the window shows, to look at.
    void capture(String name) throws IOException {
        BufferedImage seen = robot.createScreenCapture(new Rectangle(WIDTH, HEIGHT));
        Files.createDirectories(OPTIONS.screenshots());
        ImageIO.write(seen, "png", OPTIONS.screenshots().resolve(name + ".png").toFile());
    }

    boolean isGrey(int x, int y, int shade) {
        return colour(x, y).equals(new Color(shade, shade, shade));
    }

    boolean isDark(int x, int y) {
        Color colour = colour(x, y);
        return colour.getRed() < 50 && colour.getGreen() < 50 && colour.getBlue() < 50;
    }
}
