// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.Overflow;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;

/// A camera that is too fast, so that frames are dropped, or whose cable comes loose now and then.
final class LiveSource implements Workload {
    @Override
    public long run(Trial trial) {
        Reel reel = trial.reel(160);
        int count = trial.between(40, 150);
        boolean drops = trial.oneIn(2);
        Camera camera = new Camera(
                reel,
                count,
                drops ? Overflow.keepNewest(trial.between(1, 3)) : Overflow.WAIT,
                drops ? 0 : trial.between(5, 15));
        Flip flip = new Flip(trial.ledger());
        flip.image.from(camera.image);
        long delivered = 0;
        long last = -1;
        try (Run run = Pipeline.to(flip.flipped).start(trial.options())) {
            for (Frame frame : run) {
                long place = frame.metadata(flip.flipped).get(Metadata.INDEX).orElseThrow();
                WrongResultException.unless(place > last, "picture " + place + " came after picture " + last);
                WrongResultException.unlessEqual(
                        frame + ", checksum", Reel.checksum(frame.get(flip.flipped)), reel.checksum(place, 0xFF));
                last = place;
                delivered++;
            }
            WrongResultException.unlessEqual(
                    "pictures delivered and dropped", delivered + run.report().dropped(), (long) count);
        }
        WrongResultException.unless(drops || delivered == count, "a source that waits has lost pictures");
        return delivered;
    }
}
