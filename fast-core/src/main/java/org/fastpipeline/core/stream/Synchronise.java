// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.stream;

import java.time.Duration;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.graph.Step;
import org.jspecify.annotations.Nullable;

/// Pairs two streams of unlike rate by the [times][Metadata#TIME] of their frames; when frames arrive does not
/// matter.
///
/// A pair is what both streams show at one moment: of each the newest frame until then. There is one for every
/// moment at which a stream has a new frame, once both have begun, until both have ended; so each pair has a new
/// member, and neither stream goes back. If the first stream leads ([#firstLeads]), there is one pair for each of
/// its frames, to its end; before the second stream has begun, that member is skipped. Since a frame is shown
/// until the next one of its stream, a pair is known when that has come.
///
/// A pair has the metadata of both frames, the first one's where they differ, and its own moment as time. A frame
/// without a time, or one before its predecessor's, fails and ends the stream; skipped and failed frames are paired
/// as such.
///
/// @param <A> what the first stream carries
/// @param <B> what the second stream carries
public final class Synchronise<A, B> extends Restream<Synchronise.Sides<A, B>> {
    /// The first stream.
    public final In<A> first;

    /// The second stream.
    public final In<B> second;

    /// What the first stream shows.
    public final Out<A> firstOfPair;

    /// What the second stream shows.
    public final Out<B> secondOfPair;

    /// Whether only frames of the first stream make pairs.
    public final Parameter<Boolean> firstLeads =
            flag("firstLeads", false, "whether there is one pair for each frame of the first stream, and no other");

    /// What both streams show.
    ///
    /// @param <A> what the first stream carries
    /// @param <B> what the second stream carries
    public static final class Sides<A, B> {
        private final Side<A> first;
        private final Side<B> second;

        private Sides(In<A> first, In<B> second) {
            this.first = new Side<>(first);
            this.second = new Side<>(second);
        }
    }

    /// @param firstType what the first stream carries
    /// @param secondType what the second stream carries
    public Synchronise(Class<A> firstType, Class<B> secondType) {
        this.first = in("first", firstType, "the first stream");
        this.second = in("second", secondType, "the second stream");
        this.firstOfPair = out("firstOfPair", firstType, "what the first stream shows");
        this.secondOfPair = out("secondOfPair", secondType, "what the second stream shows");
    }

    @Override
    public Sides<A, B> open() {
        return new Sides<>(first, second);
    }

    @Override
    public boolean next(Sides<A, B> sides, Intake intake, Step step) throws InterruptedException {
        sides.first.look(intake);
        sides.second.look(intake);
        Duration moment = step.get(firstLeads) ? sides.first.nextTime() : moment(sides);
        if (moment == null) {
            return false;
        }
        sides.first.goTo(moment, intake);
        sides.second.goTo(moment, intake);
        sides.second.tag(step);
        sides.first.tag(step);
        step.tag(Metadata.TIME, moment);
        sides.first.pass(step, firstOfPair);
        sides.second.pass(step, secondOfPair);
        return true;
    }

    /// The next moment at which there is something new; before both have begun, the one at which they have.
    private static <A, B> @Nullable Duration moment(Sides<A, B> sides) {
        Duration one = sides.first.nextTime();
        Duration other = sides.second.nextTime();
        boolean begun = sides.first.hasBegun() && sides.second.hasBegun();
        if (one == null || other == null) {
            return !begun ? null : one == null ? other : one;
        }
        return one.compareTo(other) < 0 == begun ? one : other;
    }

    @Override
    public void close(Sides<A, B> sides) {
        sides.first.close();
        sides.second.close();
    }

    @Override
    public int holds() {
        return 2;
    }

    @Override
    public boolean joins() {
        return true;
    }
}
