// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Images;
import org.fastpipeline.core.graph.Mapping;
import org.fastpipeline.core.graph.Overflow;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.Subscription;
import org.fastpipeline.core.stream.SlidingWindow;
import org.fastpipeline.vision.patch.PatchGenerator;
import org.fastpipeline.vision.patch.PatchStitcher;

/// One run that lasts as long as the soak, through every kind of node, watched by a viewer that comes and goes. It is a
/// workload that ends when it is told to.
final class LongRun implements Workload {
    private static final int VIEWER = 1;
    private static final int MASK_EVERY = 50;
    private static final int VIEWER_EVERY = 40;
    private static final int RETRIED = 97;
    private static final int PATCH = 64;
    private static final int WINDOW = 3;

    private final Pacer pacer;
    private volatile boolean over;

    LongRun(Pacer pacer) {
        this.pacer = pacer;
    }

    /// Has it come to its end, which takes some frames more.
    void end() {
        over = true;
    }

    @Override
    public long run(Trial trial) throws Exception {
        Reel reel = trial.reel(200);
        Camera camera = new Camera(reel, Long.MAX_VALUE, Overflow.WAIT, RETRIED);
        Flip first = new Flip(trial.ledger(), 2, 0, RETRIED);
        first.image.from(camera.image);
        PatchGenerator cut = new PatchGenerator();
        cut.width.set(PATCH);
        cut.height.set(PATCH);
        cut.image.from(first.flipped);
        Flip second = new Flip(trial.ledger());
        second.image.from(cut.patch);
        PatchStitcher stitch = new PatchStitcher();
        stitch.patch.from(second.flipped);
        Tally tally = new Tally(trial.ledger());
        tally.image.from(stitch.image);
        SlidingWindow<Image, Images> window = new SlidingWindow<>(Image.class, WINDOW, Images.class, Images::of);
        window.frames.from(stitch.image);
        Mapping<Images, Integer> size = new Mapping<>(Images.class, Integer.class, Images::size);
        size.input.from(window.window);
        Pipeline pipeline = Pipeline.of(
                List.of(
                        Subscription.every(tally.sum, first.used),
                        Subscription.newest(size.output).late()),
                List.of());
        try (ExecutorService viewers = Executors.newSingleThreadExecutor()) {
            Future<?> viewer;
            long frames;
            try (Run run = pipeline.start(trial.options())) {
                viewer = viewers.submit(() -> view(run, size));
                frames = take(trial, run, camera, first, tally, reel);
                over = true;
                run.leave(VIEWER);
            }
            viewer.get();
            return frames;
        }
    }

    private long take(Trial trial, Run run, Camera camera, Flip first, Tally tally, Reel reel) throws Exception {
        long place = 0;
        long sum = 0;
        for (Frame frame : run) {
            if (place == camera.taken()) { // one more, from the tally's end
                WrongResultException.unlessEqual("last sum of the long run", frame.get(tally.sum), sum);
                break;
            }
            sum = Tally.next(sum, reel.checksum(place, 0xFF ^ frame.get(first.used)));
            WrongResultException.unlessEqual(frame + " of the long run, sum", frame.get(tally.sum), sum);
            place++;
            pacer.passed(1);
            if (place % MASK_EVERY == 0) {
                first.mask.set(trial.between(0, 0xFF));
            }
            if (over) {
                camera.end();
            }
        }
        WrongResultException.unlessEqual("frames of the long run", place, camera.taken());
        return place;
    }

    /// Comes, looks at some frames, and goes.
    private void view(Run run, Mapping<Images, Integer> size) {
        while (!over) {
            run.join(VIEWER);
            for (int i = 0; i < VIEWER_EVERY && !over; i++) {
                Optional<Frame> frame = run.next(VIEWER);
                if (frame.isEmpty()) {
                    return;
                }
                WrongResultException.unlessEqual(
                        "window of the long run", frame.get().get(size.output), WINDOW);
            }
            run.leave(VIEWER);
        }
    }
}
