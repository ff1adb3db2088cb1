// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.stream.GeneratorStreamer;

/// Some frames fail, some are tried again, frames are worked on alone or several at once, and a parameter changes while
/// the run goes on.
final class FaultyFrames implements Workload {
    @Override
    public long run(Trial trial) {
        Reel reel = trial.reel(200);
        int count = trial.between(20, 60);
        Flip flip = new Flip(trial.ledger(), trial.oneIn(2) ? 4 : 1, trial.between(5, 9), trial.between(3, 7));
        GeneratorStreamer<Image> stream = reel.streamer(count);
        flip.image.from(stream.value);
        long place = 0;
        try (Run run = Pipeline.to(flip.flipped, flip.used).start(trial.options())) {
            for (Frame frame : run) {
                if (place % 7 == 3) {
                    flip.mask.set(trial.between(0, 0xFF));
                }
                if (flip.fails(place)) {
                    WrongResultException.unless(frame.failure().isPresent(), frame + " did not fail");
                } else {
                    WrongResultException.unlessEqual(
                            frame + ", checksum",
                            Reel.checksum(frame.get(flip.flipped)),
                            reel.checksum(place, frame.get(flip.used)));
                }
                place++;
            }
        }
        WrongResultException.unlessEqual("frames", place, (long) count);
        return place;
    }
}
