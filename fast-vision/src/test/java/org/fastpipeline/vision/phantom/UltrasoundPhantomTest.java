// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.core.run.ThreadPlan;
import org.junit.jupiter.api.Test;

class UltrasoundPhantomTest {
    private static final int SIDE = UltrasoundPhantom.SIDE;

    private final UltrasoundPhantom phantom = new UltrasoundPhantom();

    /// A frame and its truth.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Shown(byte[] image, byte[] labels, DrawnVessels truth, Metadata metadata, double spacing) {
        int digest() {
            return Arrays.hashCode(image) * 31 + Arrays.hashCode(labels);
        }

        /// Mean grey level where a label is.
        double mean(int label) {
            double sum = 0;
            int count = 0;
            for (int at = 0; at < image.length; at++) {
                if (labels[at] == label) {
                    sum += image[at] & 0xFF;
                    count++;
                }
            }
            return sum / count;
        }
    }

    private List<Shown> shown(int first, int count, int workers) {
        phantom.start.set(first);
        phantom.maximum.set(count);
        List<Shown> all = new ArrayList<>();
        RunOptions options = RunOptions.of(ThreadPlan.ofCores().withWorkers(workers));
        try (Run run = Pipeline.to(phantom.image, phantom.labels, phantom.truth).start(options)) {
            for (Frame frame : run) {
                all.add(new Shown(
                        frame.get(phantom.image).pixels().toArray(ValueLayout.JAVA_BYTE),
                        frame.get(phantom.labels).pixels().toArray(ValueLayout.JAVA_BYTE),
                        frame.get(phantom.truth),
                        frame.metadata(phantom.image),
                        frame.get(phantom.image).spec().geometry().spacing().x()));
            }
        }
        return all;
    }

    private static List<Integer> digests(List<Shown> frames) {
        return frames.stream().map(Shown::digest).toList();
    }

    @Test
    void framesAreTheSameForAnyNumberOfWorkers() {
        List<Integer> one = digests(shown(0, 4, 1));
        assertThat(digests(shown(0, 4, 2))).isEqualTo(one);
        assertThat(one).doesNotHaveDuplicates();
    }

    @Test
    void aFrameDoesNotHangOnThoseBeforeItNorOnHowManyThereAre() {
        assertThat(digests(shown(2, 1, 1))).isEqualTo(digests(shown(0, 3, 1)).subList(2, 3));
    }

    @Test
    void aSeedGivesTheSameBytesOnEveryMachine() {
        assertThat(shown(0, 1, 1).getFirst().digest()).isEqualTo(1734182469);
    }

    @Test
    void anotherSeedAndAnotherSceneGiveOtherFrames() {
        int one = shown(0, 1, 1).getFirst().digest();
        phantom.seed.set(2);
        assertThat(shown(0, 1, 1).getFirst().digest()).isNotEqualTo(one);
        phantom.seed.set(1);
        phantom.sceneFrames.set(1);
        List<Shown> scenes = shown(0, 2, 1);
        assertThat(scenes.getFirst().digest()).isEqualTo(one);
        assertThat(scenes.getFirst().spacing()).isNotEqualTo(scenes.getLast().spacing());
    }

    @Test
    void framesAreNamedAsFilesAreAndTimedAsAStreamIs() {
        phantom.file.set("neck.mhd");
        List<Shown> frames = shown(0, 2, 1);
        assertThat(frames)
                .extracting(frame -> frame.metadata().get(Metadata.ORIGIN).orElse(""))
                .containsExactly("neck-0001.mhd", "neck-0002.mhd");
        assertThat(frames.getLast().metadata().get(Metadata.TIME)).contains(Duration.ofMillis(40));
    }

    @Test
    void theTruthIsWhatTheLabelsCover() {
        Shown frame = shown(0, 1, 1).getFirst();
        long artery = count(frame, 1);
        assertThat(frame.truth().arteryPixels()).isEqualTo(artery).isPositive();
        assertThat(frame.truth().veinPixels()).isEqualTo(count(frame, 2)).isPositive();
        assertThat(frame.truth().arteryArea()).isCloseTo(artery * frame.spacing() * frame.spacing(), within(1e-9));
        assertThat(frame.truth().arteryArea()).isBetween(8.0, 75.0); // mm2: 3 to 10 mm across
    }

    private static long count(Shown frame, int label) {
        long count = 0;
        for (byte one : frame.labels()) {
            count += one == label ? 1 : 0;
        }
        return count;
    }

    @Test
    void bloodIsDarkerThanTissueInNearlyEveryScene() {
        phantom.sceneFrames.set(1);
        List<Shown> scenes = shown(0, 20, 2);
        assertThat(scenes)
                .filteredOn(frame -> count(frame, 1) > 0)
                .hasSizeGreaterThan(14)
                .allSatisfy(frame -> assertThat(frame.mean(1)).isLessThan(0.8 * frame.mean(0)));
    }

    @Test
    void theArteryBeatsAndTheVeinBreathesInAScene() {
        phantom.seed.set(21);
        List<Shown> frames = new ArrayList<>();
        for (int second = 0; second < 12; second++) {
            frames.addAll(shown(7 * second, 1, 1));
        }
        assertThat(spread(frames, 1)).isBetween(0.03, 0.3);
        assertThat(spread(frames, 2)).isGreaterThan(0.3);
    }

    /// How much a label's area varies, as a share of its largest.
    private static double spread(List<Shown> frames, int label) {
        long most =
                frames.stream().mapToLong(frame -> count(frame, label)).max().orElseThrow();
        long least =
                frames.stream().mapToLong(frame -> count(frame, label)).min().orElseThrow();
        return (double) (most - least) / most;
    }

    @Test
    void speckleIsThatOfTissueAndMovesWithIt() {
        phantom.seed.set(21);
        List<Shown> frames = shown(0, 2, 1);
        assertThat(correlation(frames, 0)).isGreaterThan(0.6);
        assertThat(correlation(frames, 1)).isLessThan(0.5); // blood runs on
    }

    /// How alike the differences between neighbours are in two frames, deep inside a label: the rims of vessels and
    /// the echoes between probe and skin, which stay, are no part of it.
    private static double correlation(List<Shown> frames, int label) {
        double[] sums = new double[6];
        byte[] one = frames.getFirst().image();
        byte[] other = frames.getLast().image();
        for (int row = 12; row < SIDE - 12; row++) {
            for (int column = 12; column < SIDE - 30; column++) {
                int at = row * SIDE + column;
                if (frames.stream().allMatch(frame -> isDeep(frame, at, label))) {
                    double x = (one[at] & 0xFF) - (one[at + 8] & 0xFF);
                    double y = (other[at] & 0xFF) - (other[at + 8] & 0xFF);
                    double[] more = {1, x, y, x * x, y * y, x * y};
                    for (int i = 0; i < sums.length; i++) {
                        sums[i] += more[i];
                    }
                }
            }
        }
        double n = sums[0];
        double covariance = sums[5] / n - sums[1] / n * sums[2] / n;
        double square = sums[3] / n - sums[1] / n * sums[1] / n;
        return covariance / Math.sqrt(square * (sums[4] / n - sums[2] / n * sums[2] / n));
    }

    private static boolean isDeep(Shown frame, int at, int label) {
        for (int down = -10; down <= 10; down += 10) {
            for (int right : new int[] {-10, 18}) {
                if (frame.labels()[at + down * SIDE + right] != label) {
                    return false;
                }
            }
        }
        return true;
    }
}
