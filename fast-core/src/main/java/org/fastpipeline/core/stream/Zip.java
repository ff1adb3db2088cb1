// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.stream;

import java.util.Optional;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.graph.Step;

/// Pairs two streams frame by frame, to the end of the shorter: what reads both outputs sees one stream.
///
/// Skipped and failed frames are paired like others. A pair has the metadata of both frames; where they differ, the
/// first one's.
///
/// @param <A> what the first stream carries
/// @param <B> what the second stream carries
public final class Zip<A, B> extends Restream<Boolean> {
    /// The first stream.
    public final In<A> first;

    /// The second stream.
    public final In<B> second;

    /// Frames of the first stream, in pairs.
    public final Out<A> firstOfPair;

    /// Frames of the second stream, in pairs.
    public final Out<B> secondOfPair;

    /// @param firstType what the first stream carries
    /// @param secondType what the second stream carries
    public Zip(Class<A> firstType, Class<B> secondType) {
        this.first = in("first", firstType, "the first stream");
        this.second = in("second", secondType, "the second stream");
        this.firstOfPair = out("firstOfPair", firstType, "frames of the first stream, in pairs");
        this.secondOfPair = out("secondOfPair", secondType, "frames of the second stream, in pairs");
    }

    /// It has nothing to remember.
    @Override
    public Boolean open() {
        return true;
    }

    @Override
    public boolean next(Boolean state, Intake intake, Step step) throws InterruptedException {
        Optional<Arrival> one = intake.take(first);
        if (one.isEmpty()) {
            return false;
        }
        try (Arrival left = one.get()) {
            Optional<Arrival> other = intake.take(second);
            if (other.isEmpty()) {
                return false;
            }
            try (Arrival right = other.get()) {
                step.tag(right.metadata());
                step.tag(left.metadata());
                Passing.pass(step, firstOfPair, left.outcome(first));
                Passing.pass(step, secondOfPair, right.outcome(second));
                return true;
            }
        }
    }

    @Override
    public int holds() {
        return 1;
    }

    @Override
    public boolean joins() {
        return true;
    }
}
