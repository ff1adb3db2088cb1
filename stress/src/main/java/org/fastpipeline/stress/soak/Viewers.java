// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.Subscription;
import org.fastpipeline.core.stream.GeneratorStreamer;

/// While every frame is taken, a viewer of the newest comes and goes, and another one watches a fold gather.
final class Viewers implements Workload {
    private static final int VIEWER = 1;
    private static final int WATCHER = 2;

    @Override
    public long run(Trial trial) throws InterruptedException, ExecutionException {
        Reel reel = trial.reel(120);
        int count = trial.between(30, 80);
        GeneratorStreamer<Image> stream = reel.streamer(count);
        Flip flip = new Flip(trial.ledger());
        flip.image.from(stream.value);
        Total total = new Total(trial.ledger());
        total.image.from(flip.flipped);
        Pipeline pipeline = Pipeline.of(
                List.of(
                        Subscription.every(flip.flipped, flip.used),
                        Subscription.newest(flip.flipped, flip.used).late(),
                        Subscription.snapshots(total.sum)),
                List.of());
        int visit = trial.between(1, 5);
        long place = 0;
        try (ExecutorService viewers = Executors.newFixedThreadPool(2)) {
            Future<Void> viewer;
            Future<Set<Long>> watcher;
            Set<Long> sums = new HashSet<>();
            long sum = 0;
            try (Run run = pipeline.start(trial.options())) {
                viewer = viewers.submit(() -> view(run, reel, flip, visit));
                watcher = viewers.submit(() -> watch(run, total));
                for (Frame frame : run) {
                    long checksum = checked(frame, reel, flip, place++);
                    sum = Tally.next(sum, checksum);
                    sums.add(sum);
                }
                viewer.get();
                watcher.get();
            }
            sums.add(0L);
            WrongResultException.unless(sums.containsAll(watcher.get()), "a snapshot shows what never was");
            WrongResultException.unless(watcher.get().contains(sum), "the watcher did not see the whole sum");
        }
        WrongResultException.unlessEqual("frames", place, (long) count);
        return place;
    }

    private static long checked(Frame frame, Reel reel, Flip flip, long place) {
        long checksum = Reel.checksum(frame.get(flip.flipped));
        WrongResultException.unlessEqual(frame + ", checksum", checksum, reel.checksum(place, frame.get(flip.used)));
        return checksum;
    }

    /// Stays for some frames, goes, and comes again, until the stream is over.
    private static Void view(Run run, Reel reel, Flip flip, int visit) {
        long last = -1;
        while (true) {
            run.join(VIEWER);
            for (int i = 0; i < visit; i++) {
                Optional<Frame> frame = run.next(VIEWER);
                if (frame.isEmpty()) {
                    return null;
                }
                long place = frame.get().id().sequence();
                WrongResultException.unless(place >= last, "the viewer went back to frame " + place);
                last = place;
                checked(frame.get(), reel, flip, place);
            }
            run.leave(VIEWER);
        }
    }

    private static Set<Long> watch(Run run, Total total) {
        Set<Long> seen = new HashSet<>();
        for (Frame frame : run.frames(WATCHER)) {
            seen.add(frame.get(total.sum));
        }
        return seen;
    }
}
