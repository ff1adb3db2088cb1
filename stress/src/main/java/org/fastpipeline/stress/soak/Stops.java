// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.Mapping;
import org.fastpipeline.core.graph.Overflow;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.core.run.Subscription;
import org.fastpipeline.vision.io.CsvSink;
import org.fastpipeline.vision.io.Rows;
import org.fastpipeline.vision.patch.PatchGenerator;
import org.fastpipeline.vision.patch.PatchStitcher;

/// Runs that would never end are closed, cancelled, aborted, or stopped by a failure, midway and with work at every
/// depth; a table that was being written must be gone.
final class Stops implements Workload {
    private enum Way {
        CLOSE,
        CANCEL,
        ABORT,
        FAILURE
    }

    @Override
    public long run(Trial trial) {
        Way way = Way.values()[trial.between(0, Way.values().length - 1)];
        Reel reel = trial.reel(160);
        int until = trial.between(0, 25);
        Camera camera = new Camera(reel, Long.MAX_VALUE, Overflow.WAIT, 0);
        Flip flip = new Flip(trial.ledger(), 1, way == Way.FAILURE ? until + 1 : 0, 0);
        flip.image.from(camera.image);
        PatchGenerator cut = new PatchGenerator();
        cut.width.set(48);
        cut.height.set(48);
        cut.image.from(flip.flipped);
        PatchStitcher stitch = new PatchStitcher();
        stitch.patch.from(cut.patch);
        Tally tally = new Tally(trial.ledger());
        tally.image.from(stitch.image);
        Mapping<Long, Rows> rows = new Mapping<>(Long.class, Rows.class, sum -> Rows.of(Long.toString(sum)));
        rows.input.from(tally.sum);
        Path table = trial.folder().resolve("sums.csv");
        CsvSink sink = new CsvSink(table, "sum");
        sink.rows.from(rows.output);
        RunOptions options = way == Way.FAILURE ? trial.options().failFast() : trial.options();
        Pipeline pipeline = Pipeline.of(List.of(Subscription.every(stitch.image)), List.of(sink));
        long place = 0;
        try (Run run = pipeline.start(options)) {
            for (; place < until; place++) {
                Optional<Frame> frame = run.next();
                WrongResultException.unless(frame.isPresent(), "frame " + place + " did not come");
                Image image = frame.orElseThrow().get(stitch.image);
                WrongResultException.unlessEqual(
                        "frame " + place + ", checksum", Reel.checksum(image), reel.checksum(place, 0xFF));
            }
            stop(run, way);
        }
        WrongResultException.unless(!Files.exists(table), "a table was committed although the run was stopped");
        return place;
    }

    private static void stop(Run run, Way way) {
        switch (way) {
            case CLOSE -> {}
            case CANCEL -> {
                run.cancel();
                WrongResultException.unless(!isFailing(run), "a cancelled run failed");
            }
            case ABORT -> {
                run.abort("the soak aborts it");
                WrongResultException.unless(isFailing(run), "an aborted run did not say so");
            }
            case FAILURE -> WrongResultException.unless(isFailing(run), "a failing frame did not stop the run");
        }
    }

    /// Whether the run ends with an error; frames that are through already may come before.
    private static boolean isFailing(Run run) {
        try {
            while (run.next().isPresent()) {}
            return false;
        } catch (FastException expected) {
            return true;
        }
    }
}
