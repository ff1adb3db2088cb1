// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A real window on a virtual display, used by a robot.
class WindowTest {
    private static VirtualDisplay display;

    @BeforeAll
    static void beginDisplay() {
        display = VirtualDisplay.begin();
    }

    @AfterAll
    static void endDisplay() {
        if (display != null) {
            display.close();
        }
    }

    @Test
    void aWindowShowsTheColoursOfTheStream() throws Exception {
        rehearse("colours");
    }

    @Test
    @Tag("behaviour-200")
    void theWheelZoomsAboutThePointerTheMousePansAndRRecentres() throws Exception {
        rehearse("zoom");
    }

    @Test
    @Tag("behaviour-200")
    void aDragTurnsASpaceShiftAndTheRightButtonMoveItTheWheelZooms() throws Exception {
        rehearse("space");
    }

    @Test
    @Tag("behaviour-201")
    void threeSlicesAndTheirVolumeStandInAGridAndKeysGoThroughSlices() throws Exception {
        rehearse("slicer");
    }

    @Test
    void theHelpCanBeReadOverAnyPicture() throws Exception {
        rehearse("help");
    }

    @Test
    void keysPauseStepAndTakeScreenshotsOfTheFrameThatIsShown() throws Exception {
        rehearse("keys");
    }

    @Test
    @Tag("behaviour-201")
    void twoViewsStandSideBySide() throws Exception {
        rehearse("grid");
    }

    @Test
    @Tag("behaviour-201")
    void aWindowThatClosesAtTheEndClosesWithTheLastFrame() throws Exception {
        rehearse("end");
    }

    @Test
    void closingTheWindowStopsTheRun() throws Exception {
        rehearse("close");
    }

    @Test
    void aSlowDisplayDropsFramesAndCountsThem() throws Exception {
        rehearse("slow");
    }

    @Test
    void tenThousandFramesLeaveNoMemoryBehind() throws Exception {
        rehearse("memory");
    }

    private static void rehearse(String name) throws IOException, InterruptedException {
        Path said = Files.createTempFile("rehearsal", ".txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xms64m",
                "-Xmx64m",
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty("java.class.path"),
                Rehearsal.class.getName(),
                name));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().put("DISPLAY", display.name());
        builder.environment().remove("WAYLAND_DISPLAY");
        Process process = builder.start();
        boolean ended = process.waitFor(3, TimeUnit.MINUTES);
        process.destroyForcibly();
        String text = Files.readString(said);
        Files.delete(said);
        assertThat(ended).as("ended within three minutes; it said: %s", text).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        assertThat(text).as("what it said").isEmpty();
    }
}
