// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.stream.GeneratorStreamer;
import org.fastpipeline.vision.patch.PatchGenerator;
import org.fastpipeline.vision.patch.PatchStitcher;

/// Pictures are cut, their patches changed, put together again, and tallied in order.
final class Patches implements Workload {
    @Override
    public long run(Trial trial) {
        Reel reel = trial.reel(200);
        int count = trial.between(5, 20);
        GeneratorStreamer<Image> stream = reel.streamer(count);
        PatchGenerator cut = new PatchGenerator();
        cut.width.set(trial.between(24, 80));
        cut.height.set(trial.between(24, 80));
        cut.overlap.set(trial.oneIn(2) ? 0 : 0.125);
        cut.image.from(stream.value);
        Flip flip = new Flip(trial.ledger());
        flip.image.from(cut.patch);
        PatchStitcher stitch = new PatchStitcher();
        stitch.patch.from(flip.flipped);
        Tally tally = new Tally(trial.ledger());
        tally.image.from(stitch.image);
        long place = 0;
        long sum = 0;
        try (Run run = Pipeline.to(tally.sum).start(trial.options())) {
            for (Frame frame : run) {
                // One more comes from the tally's end.
                sum = place == count ? sum : Tally.next(sum, reel.checksum(place, 0xFF));
                WrongResultException.unlessEqual(frame + ", sum", frame.get(tally.sum), sum);
                place++;
            }
        }
        WrongResultException.unlessEqual("frames", place, count + 1L);
        return place;
    }
}
