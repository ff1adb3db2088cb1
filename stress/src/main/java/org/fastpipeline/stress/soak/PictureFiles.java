// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.graph.Mapping;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.stream.GeneratorStreamer;
import org.fastpipeline.vision.io.CsvSink;
import org.fastpipeline.vision.io.ImageEncoder;
import org.fastpipeline.vision.io.ImageFileSink;
import org.fastpipeline.vision.io.ImageFileStreamer;
import org.fastpipeline.vision.io.Rows;

/// Pictures are written to PNG files and their checksums to a table; then one file is cut short, and all are read.
final class PictureFiles implements Workload {
    @Override
    public long run(Trial trial) throws IOException {
        Reel reel = trial.reel(300);
        int count = trial.between(6, 20);
        Path pictures = trial.folder().resolve("pictures");
        Path table = trial.folder().resolve("sums.csv");
        write(trial, reel, count, pictures, table);
        String sums = LongStream.range(0, count)
                .mapToObj(place -> reel.checksum(place, 0) + "\n")
                .collect(Collectors.joining("", "sum\n", ""));
        WrongResultException.unlessEqual("table", Files.readString(table), sums);
        int damaged = trial.between(0, count - 1);
        cutShort(pictures.resolve("frame-%06d.png".formatted(damaged)));
        read(trial, reel, count, pictures, damaged);
        Files.delete(table);
        for (int place = 0; place < count; place++) {
            Files.delete(pictures.resolve("frame-%06d.png".formatted(place)));
        }
        Files.delete(pictures);
        return 2L * count;
    }

    private static void write(Trial trial, Reel reel, int count, Path pictures, Path table) {
        GeneratorStreamer<Image> stream = reel.streamer(count);
        ImageEncoder encoder = new ImageEncoder();
        encoder.pngLevel.set(trial.between(0, 3));
        encoder.image.from(stream.value);
        ImageFileSink files = new ImageFileSink(pictures);
        files.image.from(encoder.encoded);
        Mapping<Image, Rows> rows =
                new Mapping<>(Image.class, Rows.class, image -> Rows.of(Long.toString(Reel.checksum(image))));
        rows.input.from(stream.value);
        CsvSink sums = new CsvSink(table, "sum");
        sums.rows.from(rows.output);
        try (Run run = Pipeline.to(files, sums).start(trial.options())) {
            WrongResultException.unlessEqual("frames written", run.finish().frames(), (long) count);
        }
    }

    private static void cutShort(Path file) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    }

    private static void read(Trial trial, Reel reel, int count, Path pictures, int damaged) {
        ImageFileStreamer stream = new ImageFileStreamer(pictures.toString());
        long place = 0;
        try (Run run = Pipeline.to(stream.image).start(trial.options())) {
            for (Frame frame : run) {
                if (place == damaged) {
                    WrongResultException.unless(frame.failure().isPresent(), frame + " is cut short and did not fail");
                } else {
                    WrongResultException.unlessEqual(
                            frame + ", checksum", Reel.checksum(frame.get(stream.image)), reel.checksum(place, 0));
                }
                place++;
            }
        }
        WrongResultException.unlessEqual("frames read", place, (long) count);
    }
}
