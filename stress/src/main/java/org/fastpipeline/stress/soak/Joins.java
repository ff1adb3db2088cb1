// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.stream.GeneratorStreamer;
import org.fastpipeline.core.stream.Interleave;
import org.fastpipeline.core.stream.Synchronise;
import org.fastpipeline.testing.ManualClock;

/// Two streams are put into one by turns; two of unlike rate are paired by time, on a clock that moves by itself.
final class Joins implements Workload {
    private static final double RATE = 100;

    @Override
    public long run(Trial trial) {
        return interleave(trial) + synchronise(trial);
    }

    private static long interleave(Trial trial) {
        Reel left = trial.reel(120);
        Reel right = trial.reel(120);
        int count = trial.between(5, 25);
        GeneratorStreamer<Image> one = left.streamer(count);
        GeneratorStreamer<Image> other = right.streamer(count);
        Interleave<Image> both = new Interleave<>(Image.class);
        both.inputs.from(one.value);
        both.inputs.from(other.value);
        long place = 0;
        try (Run run = Pipeline.to(both.output).start(trial.options())) {
            for (Frame frame : run) {
                Reel turn = place % 2 == 0 ? left : right;
                check(frame + ", interleaved", frame.get(both.output), turn, place / 2);
                place++;
            }
        }
        WrongResultException.unlessEqual("interleaved frames", place, 2L * count);
        return place;
    }

    private static long synchronise(Trial trial) {
        Reel fast = trial.reel(120);
        Reel slow = trial.reel(120);
        int count = trial.between(10, 30);
        int slower = trial.oneIn(2) ? 2 : 4;
        int slowCount = trial.between(1, count / slower);
        GeneratorStreamer<Image> first = fast.streamer(count);
        GeneratorStreamer<Image> second = slow.streamer(slowCount);
        first.rate.set(RATE);
        second.rate.set(RATE / slower);
        Synchronise<Image, Image> pairs = new Synchronise<>(Image.class, Image.class);
        pairs.firstLeads.set(true);
        pairs.first.from(first.value);
        pairs.second.from(second.value);
        long place = 0;
        try (Run run = Pipeline.to(pairs.firstOfPair, pairs.secondOfPair)
                .start(trial.options().withClock(ManualClock.selfAdvancing(1)))) {
            for (Frame frame : run) {
                check(frame + ", first", frame.get(pairs.firstOfPair), fast, place);
                long shown = Math.min(place / slower, slowCount - 1);
                check(frame + ", second", frame.get(pairs.secondOfPair), slow, shown);
                place++;
            }
        }
        WrongResultException.unlessEqual("pairs", place, (long) count);
        return place;
    }

    private static void check(String what, Image image, Reel reel, long place) {
        WrongResultException.unlessEqual(what, Reel.checksum(image), reel.checksum(place, 0));
    }
}
