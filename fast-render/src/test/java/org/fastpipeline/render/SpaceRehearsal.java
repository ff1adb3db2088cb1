// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.AWTException;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.graph.Out;

/// As [Rehearsal], with volumes.
final class SpaceRehearsal {
    private static final int WIDTH = RobotHand.WIDTH;
    private static final int HEIGHT = RobotHand.HEIGHT;

    private final RobotHand robot = new RobotHand();

    SpaceRehearsal() throws AWTException {}

    /// A block that is red in front, towards the reader, and green behind.
    private static Out<Image> block() {
        return Phantom.volume(Phantom.spec(16, 16, 16, ElementType.U8), (_, y, _) -> y < 8 ? 100 : 200);
    }

    void space() throws Exception {
        View turning = View.of(VolumeLayer.of(
                block(), TransferFunction.of(149, Colour.of(0xFF0000)).with(151, Colour.of(0x00FF00))));
        robot.rehearse(
                Controls.NONE,
                _ -> {
                    int x = WIDTH / 2;
                    int y = HEIGHT / 2;
                    robot.await("the front", () -> robot.isRed(x, y));
                    robot.drag(x, y, HEIGHT, 0, InputEvent.BUTTON1_DOWN_MASK);
                    robot.await("the back after half a turn", () -> robot.isGreen(x, y));
                    robot.press(KeyEvent.VK_R);
                    robot.await("the front again", () -> robot.isRed(x, y));
                    assertThat(robot.isRed(x - 150, y)).as("beside the block").isFalse();
                    robot.move(x, y);
                    for (int i = 0; i < 6; i++) {
                        robot.wheel(-1);
                    }
                    robot.await("larger", () -> robot.isRed(x - 150, y) && robot.isRed(x + 150, y));
                    robot.hold(KeyEvent.VK_SHIFT);
                    robot.drag(x, y, 180, 0, InputEvent.BUTTON1_DOWN_MASK);
                    robot.letGo(KeyEvent.VK_SHIFT);
                    robot.await(
                            "moved to the right",
                            () -> !robot.isRed(x - 150, y) && robot.isRed(x - 50, y) && robot.isRed(x + 250, y));
                    robot.drag(x, y, -180, 0, InputEvent.BUTTON3_DOWN_MASK);
                    robot.await(
                            "moved back",
                            () -> robot.isRed(x - 150, y) && robot.isRed(x + 150, y) && !robot.isRed(x + 250, y));
                },
                turning);
    }

    /// Three slices of one volume and the volume; each slice across y has a shade of its own.
    void slicer() throws Exception {
        Out<Image> volume = Phantom.volume(Phantom.spec(16, 16, 16, ElementType.U8), (_, y, _) -> 10 * y);
        robot.rehearse(
                Controls.NONE,
                _ -> {
                    int x = 3 * WIDTH / 4;
                    int y = HEIGHT / 4;
                    robot.await("slice 8 across y, on the upper right", () -> robot.isGrey(x, y, 80));
                    robot.await("the greatest, on the lower right", () -> robot.isGrey(x, 3 * y, 150));
                    robot.move(x, y);
                    robot.press(KeyEvent.VK_UP);
                    robot.press(KeyEvent.VK_UP);
                    robot.await("two slices on", () -> robot.isGrey(x, y, 100));
                    robot.press(KeyEvent.VK_DOWN);
                    robot.await("one back", () -> robot.isGrey(x, y, 90));
                    robot.capture("window-slicer");
                },
                View.of(SliceLayer.of(volume, SliceAxis.X)),
                View.of(SliceLayer.of(volume, SliceAxis.Y)),
                View.of(SliceLayer.of(volume, SliceAxis.Z)),
                View.of(VolumeLayer.of(volume)));
    }
}
