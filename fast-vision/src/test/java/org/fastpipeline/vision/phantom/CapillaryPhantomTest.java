// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.core.run.ThreadPlan;
import org.fastpipeline.vision.phantom.DrawnCapillaries.DrawnCapillary;
import org.junit.jupiter.api.Test;

class CapillaryPhantomTest {
    private static final long SEED = 5;

    private final CapillaryPhantom phantom = new CapillaryPhantom();

    /// What one frame shows, without its pixels.
    private record Shown(String image, String mask, DrawnCapillaries truth, String origin) {}

    private List<Shown> shown(int first, int count, int workers) {
        phantom.seed.set((int) SEED);
        phantom.start.set(first);
        phantom.maximum.set(count);
        List<Shown> all = new ArrayList<>();
        RunOptions options = RunOptions.of(ThreadPlan.ofCores().withWorkers(workers));
        try (Run run = Pipeline.to(phantom.image, phantom.mask, phantom.truth).start(options)) {
            for (Frame frame : run) {
                all.add(new Shown(
                        digest(frame.get(phantom.image)),
                        digest(frame.get(phantom.mask)),
                        frame.get(phantom.truth),
                        frame.metadata(phantom.image).get(Metadata.ORIGIN).orElse("")));
            }
        }
        return all;
    }

    private static String digest(Image image) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(image.pixels().asByteBuffer());
            return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void framesAreTheSameForAnyNumberOfWorkers() {
        List<Shown> one = shown(0, 3, 1);
        assertThat(shown(0, 3, 2)).isEqualTo(one);
        assertThat(one.stream().map(Shown::image).distinct()).hasSize(3);
    }

    @Test
    void aFrameDoesNotHangOnThoseBeforeItNorOnHowManyThereAre() {
        assertThat(shown(2, 1, 1)).isEqualTo(shown(0, 3, 1).subList(2, 3));
    }

    @Test
    void aSeedGivesTheSameBytesOnEveryMachine() {
        assertThat(shown(0, 1, 1).getFirst().image()).isEqualTo("d10e95f917b4cf3e");
    }

    @Test
    void anotherSeedGivesOtherFrames() {
        String one = shown(0, 1, 1).getFirst().image();
        phantom.seed.set(6);
        phantom.maximum.set(1);
        try (Run run = Pipeline.to(phantom.image).start()) {
            assertThat(digest(run.next().orElseThrow().get(phantom.image))).isNotEqualTo(one);
        }
    }

    @Test
    void framesAreNamedAsFilesAre() {
        phantom.file.set("skin.jpg");
        assertThat(shown(0, 2, 1)).extracting(Shown::origin).containsExactly("skin-0001.jpg", "skin-0002.jpg");
        phantom.moving.set(true);
        assertThat(shown(0, 2, 1)).extracting(Shown::origin).containsExactly("skin.jpg#0", "skin.jpg#1");
    }

    @Test
    void clearCapillariesCoverTheMaskAndAreDarkerThanTheirSurroundings() {
        phantom.maximum.set(1);
        try (Run run = Pipeline.to(phantom.image, phantom.mask, phantom.truth).start()) {
            Frame frame = run.next().orElseThrow();
            DrawnCapillaries truth = frame.get(phantom.truth);
            MemorySegment mask = frame.get(phantom.mask).pixels();
            MemorySegment image = frame.get(phantom.image).pixels();
            assertThat(truth.clear()).isBetween(1L, (long) truth.capillaries().size());
            assertThat(covered(mask, new Box(0, 0, CapillaryPhantom.WIDTH, CapillaryPhantom.HEIGHT)))
                    .isEqualTo(truth.clearPixels());
            for (DrawnCapillary one : truth.capillaries()) {
                if (one.clear()) {
                    assertThat(covered(mask, one.box())).isPositive();
                    assertThat(green(image, mask, one.box(), true))
                            .as(one.toString())
                            .isLessThan(0.95 * green(image, mask, one.box(), false));
                }
            }
        }
    }

    private static long covered(MemorySegment mask, Box box) {
        long covered = 0;
        for (int y = box.y(); y < box.y() + box.height(); y++) {
            for (int x = box.x(); x < box.x() + box.width(); x++) {
                covered += mask.get(ValueLayout.JAVA_BYTE, (long) y * CapillaryPhantom.WIDTH + x) == 0 ? 0 : 1;
            }
        }
        return covered;
    }

    /// Mean of green in a box and 15 pixels around it, on the mask or beside it.
    private static double green(MemorySegment image, MemorySegment mask, Box box, boolean on) {
        double sum = 0;
        int count = 0;
        for (int y = Math.max(0, box.y() - 15);
                y < Math.min(CapillaryPhantom.HEIGHT, box.y() + box.height() + 15);
                y++) {
            for (int x = Math.max(0, box.x() - 15);
                    x < Math.min(CapillaryPhantom.WIDTH, box.x() + box.width() + 15);
                    x++) {
                long at = (long) y * CapillaryPhantom.WIDTH + x;
                if (mask.get(ValueLayout.JAVA_BYTE, at) != 0 == on) {
                    sum += image.get(ValueLayout.JAVA_BYTE, 3 * at + 1) & 0xFF;
                    count++;
                }
            }
        }
        return sum / count;
    }

    @Test
    void aMovingSceneKeepsItsCapillariesAndDrifts() {
        phantom.moving.set(true);
        List<Shown> film = shown(0, 12, 2);
        List<DrawnCapillary> first = film.getFirst().truth().capillaries();
        List<DrawnCapillary> last = film.getLast().truth().capillaries();
        long kept = first.stream()
                .filter(one -> last.stream()
                        .anyMatch(other ->
                                Math.hypot(one.centreX() - other.centreX(), one.centreY() - other.centreY()) < 12))
                .count();
        assertThat(kept).isGreaterThan(first.size() * 9L / 10);
        assertThat(film.stream().map(Shown::image).distinct()).hasSize(12);
        assertThat(film.stream().map(Shown::mask).distinct()).hasSize(12);
    }
}
