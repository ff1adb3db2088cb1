// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import java.util.concurrent.atomic.AtomicInteger;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.graph.Constant;
import org.fastpipeline.core.graph.Mapping;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.stream.GeneratorStreamer;

/// Single frames are asked for: of what is static, which is computed again only after a change, and of a stream, which
/// is left before its end.
final class Pulls implements Workload {
    @Override
    public long run(Trial trial) {
        return fixed(trial) + stream(trial);
    }

    private static long fixed(Trial trial) {
        AtomicInteger computed = new AtomicInteger();
        Constant<Integer> constant = new Constant<>(Integer.class, 0);
        Mapping<Integer, Integer> square = new Mapping<>(Integer.class, Integer.class, value -> {
            computed.incrementAndGet();
            return value * value;
        });
        square.input.from(constant.output);
        int count = trial.between(3, 10);
        try (Pipeline pipeline = Pipeline.to(square.output)) {
            for (int value = 0; value < count; value++) {
                constant.value.set(value);
                for (int again = 0; again < 2; again++) {
                    int met = pipeline.pull().orElseThrow().get(square.output);
                    WrongResultException.unlessEqual("square of " + value, met, value * value);
                }
            }
        }
        WrongResultException.unlessEqual("times that squares were computed", computed.get(), count);
        return 2L * count;
    }

    private static long stream(Trial trial) {
        Reel reel = trial.reel(160);
        int count = trial.between(3, 10);
        GeneratorStreamer<Image> stream = reel.streamer(Long.MAX_VALUE);
        Flip flip = new Flip(trial.ledger());
        flip.image.from(stream.value);
        try (Pipeline pipeline = Pipeline.to(flip.flipped)) {
            for (int place = 0; place < count; place++) {
                flip.mask.set(place);
                Image image = pipeline.pull().orElseThrow().get(flip.flipped);
                WrongResultException.unlessEqual(
                        "pulled frame " + place, Reel.checksum(image), reel.checksum(place, place));
            }
        }
        return count;
    }
}
