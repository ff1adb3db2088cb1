// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.vision.capillary.CapillaryPipeline.Background;
import org.fastpipeline.vision.io.ImageFileStreamer;
import org.junit.jupiter.api.Test;

/// Compares with what an independent program in Python found on real frames, which are not part of the repository.
class RealFramesTest {
    /// What the reference found: all regions, without a classifier.
    private record Expected(String frame, int rois, long pixels, Box first) {
        static Expected parse(String row) {
            List<String> cells = List.of(row.split(",", -1));
            List<Integer> numbers = cells.stream().skip(1).map(Integer::valueOf).toList();
            return new Expected(
                    cells.getFirst(),
                    numbers.get(0),
                    numbers.get(1),
                    new Box(numbers.get(2), numbers.get(3), numbers.get(4), numbers.get(5)));
        }
    }

    private static List<Expected> expected() throws IOException {
        try (InputStream file = RealFramesTest.class.getResourceAsStream("reference.csv");
                BufferedReader rows = new BufferedReader(
                        new InputStreamReader(Objects.requireNonNull(file), StandardCharsets.UTF_8))) {
            return rows.lines().skip(1).map(Expected::parse).toList();
        }
    }

    /// The folder beside the repository, looked for from the module's folder and from the repository's.
    private static Path frames() {
        return Stream.of("../../shared/data/capillary", "../shared/data/capillary")
                .map(Path::of)
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(Path.of("missing"));
    }

    @Test
    void regionsAndContoursAreThoseOfTheReference() throws IOException {
        assumeTrue(Files.isDirectory(frames()), "the real frames are not here");
        List<Expected> all = expected();
        ImageFileStreamer streamer = new ImageFileStreamer(
                all.stream().map(one -> frames().resolve(one.frame)).toList());
        CapillaryPipeline job = CapillaryPipeline.of(streamer.image, Background.STILL, 50, AcceptAll::of, 0.5);
        SsimRoiGenerator generator = (SsimRoiGenerator) job.rois().owner();
        generator.single.set(60); // the reference takes only longer regions apart, and more readily
        generator.prominence.set(1.25);
        try (Run run = Pipeline.to(job.rois(), job.density()).start()) {
            for (Expected one : all) {
                Frame frame = run.next().orElseThrow();
                List<Box> rois = frame.get(job.rois()).boxes();
                assertThat(rois.size()).as(one.frame).isCloseTo(one.rois, within(2));
                assertThat(frame.get(job.density()).capillaryPixels())
                        .as(one.frame)
                        .isCloseTo(one.pixels, within(one.pixels / 100));
                assertThat(rois).as(one.frame).contains(one.first);
            }
        }
    }
}
