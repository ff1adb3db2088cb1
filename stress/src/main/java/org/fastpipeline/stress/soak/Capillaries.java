// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.fastpipeline.core.data.Axis;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Scores;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.graph.Mapping;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.core.stream.GeneratorStreamer;
import org.fastpipeline.vision.capillary.BoxRows;
import org.fastpipeline.vision.capillary.CapillaryPipeline;
import org.fastpipeline.vision.io.CsvSink;
import org.fastpipeline.vision.io.EncodedImage;
import org.fastpipeline.vision.io.ImageEncoder;
import org.fastpipeline.vision.io.ImageFileSink;

/// The capillary job, to tables and pictures; two runs, one of them with a single worker, must write the same files.
final class Capillaries implements Workload {
    private static final int SIDE = 16;

    @Override
    public long run(Trial trial) throws IOException {
        Reel reel = trial.reel(320);
        int count = trial.between(3, 8);
        CapillaryPipeline.Background background =
                trial.oneIn(2) ? CapillaryPipeline.Background.STILL : CapillaryPipeline.Background.MOG2;
        List<String> alone = files(trial, trial.options().withWorkers(1), reel, count, background);
        List<String> together = files(trial, trial.options(), reel, count, background);
        WrongResultException.unlessEqual("files of one worker and of several", together, alone);
        WrongResultException.unlessEqual("number of files", alone.size(), count + 1);
        return 2L * count;
    }

    /// Name and checksum of each file; the files are removed.
    private static List<String> files(
            Trial trial, RunOptions options, Reel reel, int count, CapillaryPipeline.Background background)
            throws IOException {
        GeneratorStreamer<Image> stream = reel.streamer(count);
        CapillaryPipeline job = CapillaryPipeline.of(stream.value, background, SIDE, Capillaries::everything, 0.5);
        ImageEncoder encoder = new ImageEncoder(EncodedImage.Encoding.JPEG);
        encoder.image.from(job.overlay());
        ImageFileSink pictures = new ImageFileSink(trial.folder());
        pictures.image.from(encoder.encoded);
        CsvSink table = new CsvSink(trial.folder().resolve("boxes.csv"), BoxRows.COLUMNS.toArray(String[]::new));
        table.rows.from(job.boxRows());
        try (Run run = Pipeline.to(pictures, table).start(options)) {
            WrongResultException.unlessEqual("frames", run.finish().frames(), (long) count);
        }
        List<String> files = new ArrayList<>();
        try (Stream<Path> written = Files.list(trial.folder())) {
            for (Path file : written.sorted().toList()) {
                CRC32C sum = new CRC32C();
                sum.update(Files.readAllBytes(file));
                files.add(file.getFileName() + " " + sum.getValue());
                Files.delete(file);
            }
        }
        return files;
    }

    private static Out<Scores> everything(Out<Tensor> crops) {
        Mapping<Tensor, Scores> classifier = new Mapping<>(Tensor.class, Scores.class, Capillaries::accept);
        classifier.input.from(crops);
        return classifier.output;
    }

    private static Scores accept(Tensor crops) {
        double[] values = new double[Math.toIntExact(crops.spec().size(Axis.N))];
        Arrays.fill(values, 1);
        return new Scores(ImmutableList.of("capillary"), ImmutableDoubleArray.copyOf(values));
    }
}
