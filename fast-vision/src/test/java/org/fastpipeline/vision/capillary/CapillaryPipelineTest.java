// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.testing.NodeRun;
import org.fastpipeline.vision.capillary.CapillaryPipeline.Background;
import org.fastpipeline.vision.io.CsvSink;
import org.fastpipeline.vision.io.ImageEncoder;
import org.fastpipeline.vision.io.ImageFileSink;
import org.fastpipeline.vision.io.ImageFileStreamer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapillaryPipelineTest {
    @TempDir
    Path folder;

    private Path input;

    @BeforeEach
    void writeFrames() {
        input = folder.resolve("in");
        ImageEncoder encoder = new ImageEncoder();
        ImageFileSink sink = new ImageFileSink(input);
        try (NodeRun encoding = NodeRun.of(encoder);
                NodeRun writing = NodeRun.of(sink)) {
            for (int i = 0; i < 6; i++) {
                List<Box> vessels = List.of(new Box(60 + 20 * i, 40, 10, 30), new Box(60, 120, 8, 24));
                encoding.with(encoder.image, Tissue.frame(encoding.memory(), 320 + 40 * i, 200, vessels));
                writing.with(sink.image, encoding.execute().get(encoder.encoded))
                        .with(Metadata.ORIGIN, "frame-" + i)
                        .execute();
            }
        }
    }

    private Path run(Background background, int workers) {
        Path out = folder.resolve("out-" + workers);
        ImageFileStreamer frames = new ImageFileStreamer(input.toString());
        CapillaryPipeline job = CapillaryPipeline.of(frames.image, background, 50, AcceptAll::of, 0.5);
        ImageEncoder encoder = new ImageEncoder();
        encoder.image.from(job.overlay());
        ImageFileSink pictures = new ImageFileSink(out);
        pictures.image.from(encoder.encoded);
        CsvSink frameTable = new CsvSink(out.resolve("frames.csv"), FrameRow.COLUMNS.toArray(String[]::new));
        frameTable.rows.from(job.frameRow());
        CsvSink boxTable = new CsvSink(out.resolve("boxes.csv"), BoxRows.COLUMNS.toArray(String[]::new));
        boxTable.rows.from(job.boxRows());
        List<Sink<?>> sinks = List.of(frameTable, boxTable, pictures);
        try (Run run = Pipeline.of(List.of(), sinks).start(RunOptions.standard().withWorkers(workers))) {
            run.finish();
        }
        return out;
    }

    /// All files with their content; the column of milliseconds is left out.
    private static String content(Path out) throws IOException {
        StringBuilder all = new StringBuilder();
        try (var files = Files.list(out)) {
            for (Path file : files.sorted().toList()) {
                all.append(file.getFileName()).append('\n');
                all.append(
                        file.toString().endsWith(".csv")
                                ? Files.readString(file).replaceAll("(?m),[0-9.]*,([^,\n]*)$", ",$1")
                                : Arrays.hashCode(Files.readAllBytes(file)));
                all.append('\n');
            }
        }
        return all.toString();
    }

    private static String names(Path out) throws IOException {
        try (var files = Files.list(out)) {
            return files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.joining(" "));
        }
    }

    @Test
    void allFilesAreTheSameForAnyNumberOfWorkers() throws IOException {
        for (Background background : Background.values()) {
            String one = content(run(background, 1));

            assertThat(one).contains("frame-0.png", "frame-5.png");
            assertThat(content(run(background, 2))).isEqualTo(one);
            assertThat(content(run(background, 4))).isEqualTo(one);
        }
    }

    @Test
    void everyFrameHasARowInOrderAndBadOnesSayWhatIsWrong() throws IOException {
        Files.write(input.resolve("frame-2.png"), new byte[0]);
        Files.writeString(input.resolve("frame-4.png"), "no image");
        Path out = run(Background.STILL, 2);

        List<String> rows = Files.readAllLines(out.resolve("frames.csv"));
        assertThat(rows).hasSize(7);
        assertThat(rows.get(0))
                .isEqualTo("frame,source,width,height,rois,capillaries,capillary_pixels,density,"
                        + "capillaries_per_mm2,density_smoothed,milliseconds,status");
        assertThat(rows.get(1)).matches("0,frame-0\\.png,320,200,2,2,\\d+,0\\.0\\d{5},,,\\d+\\.\\d,ok");
        assertThat(rows.get(3)).matches("2,frame-2\\.png,,,,,,,,,[0-9.]*,the file is empty");
        assertThat(rows.get(5)).matches("4,frame-4\\.png,,,,,,,,,[0-9.]*,not an image in a format that is read.*");
        assertThat(rows.get(6)).startsWith("5,frame-5.png,520,200,2,2,").endsWith(",ok");
        assertThat(Files.readAllLines(out.resolve("boxes.csv")).stream()
                        .map(row -> row.substring(0, row.indexOf(',')))
                        .distinct())
                .containsExactly("frame", "0", "1", "3", "5");
        assertThat(names(out)).isEqualTo("boxes.csv frame-0.png frame-1.png frame-3.png frame-5.png frames.csv");
    }

    @Test
    void densityIsHadWithoutThePictures() {
        ImageFileStreamer frames = new ImageFileStreamer(input.toString());
        CapillaryPipeline job = CapillaryPipeline.of(frames.image, Background.STILL, 50, AcceptAll::of, 0.5);
        Pipeline pipeline = Pipeline.to(job.density());
        try (Run run = pipeline.start()) {
            for (Frame frame : run) {
                assertThat(frame.get(job.density()).value()).isBetween(0.001, 0.05);
            }
            assertThat(run.report().nodes()).doesNotContainKey("capillary.capillaryOverlay");
        }
    }
}
