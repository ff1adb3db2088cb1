// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.fastpipeline.core.measure.Measurement;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.vision.io.CsvSink;
import org.fastpipeline.vision.io.EncodedImage;
import org.fastpipeline.vision.io.ImageEncoder;
import org.fastpipeline.vision.io.ImageFileSink;
import org.fastpipeline.vision.io.ImageFileStreamer;

/// Measures the nodes of the capillary job on one worker: `CapillaryMeasurement FRAMES_FOLDER OUT_FOLDER REPEATS`.
final class CapillaryMeasurement {
    private CapillaryMeasurement() {}

    public static void main(String[] arguments) {
        List<String> inputs = new ArrayList<>(Collections.nCopies(Integer.parseInt(arguments[2]), arguments[0]));
        Path out = Path.of(arguments[1]);
        ImageFileStreamer frames = new ImageFileStreamer(inputs.toArray(String[]::new));
        CapillaryPipeline job =
                CapillaryPipeline.of(frames.image, CapillaryPipeline.Background.STILL, 50, AcceptAll::of, 0.5);
        ImageEncoder png = new ImageEncoder(EncodedImage.Encoding.PNG);
        png.image.from(job.overlay());
        ImageEncoder jpeg = new ImageEncoder(EncodedImage.Encoding.JPEG);
        jpeg.image.from(job.overlay());
        ImageFileSink pictures = new ImageFileSink(out.resolve("overlays"));
        pictures.image.from(png.encoded);
        ImageFileSink small = new ImageFileSink(out.resolve("overlays"));
        small.image.from(jpeg.encoded);
        CsvSink frameTable = new CsvSink(out.resolve("frames.csv"), FrameRow.COLUMNS.toArray(String[]::new));
        frameTable.rows.from(job.frameRow());
        CsvSink boxTable = new CsvSink(out.resolve("boxes.csv"), BoxRows.COLUMNS.toArray(String[]::new));
        boxTable.rows.from(job.boxRows());
        Pipeline pipeline = Pipeline.of(List.of(), List.of(frameTable, boxTable, pictures, small));
        long begin = System.nanoTime();
        try (Run run = pipeline.start(RunOptions.standard()
                .withWorkers(Integer.getInteger("workers", 1))
                .withMeasurement(Measurement.all())
                .withValidate(false))) {
            var report = run.finish();
            double seconds = (System.nanoTime() - begin) / 1e9;
            report.nodes().forEach((name, node) -> System.out.printf(Locale.ROOT, "%-36s %s%n", name, node.time()));
            System.out.printf(
                    Locale.ROOT,
                    "%d frames, %.1f ms a frame, peak %d MiB%n",
                    report.frames(),
                    1e3 * seconds / report.frames(),
                    report.peakBytes() >> 20);
        }
    }
}
