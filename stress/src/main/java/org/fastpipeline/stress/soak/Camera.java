// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.TransientException;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Overflow;
import org.fastpipeline.core.graph.Reopening;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Step;

/// A live source: shows the pictures of a reel one after another until it is told to end, and has a loose cable.
final class Camera extends Source<Camera.Shot> {
    final Out<Image> image = out("image", Image.class);

    private final Reel reel;
    private final long count;
    private final Overflow overflow;
    private final int breaks;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicLong place = new AtomicLong();
    private final AtomicLong broken = new AtomicLong(-1);

    /// A picture that was taken and not yet developed: counted as a state until it is loaded or discarded.
    record Shot(long place) {}

    /// @param count how many pictures there are
    /// @param overflow what becomes of those that nobody takes in time
    /// @param breaks before every so many pictures the cable breaks once; 0 for never
    Camera(Reel reel, long count, Overflow overflow, int breaks) {
        this.reel = reel;
        this.count = count;
        this.overflow = overflow;
        this.breaks = breaks;
    }

    /// Has the stream end, at the next picture.
    void end() {
        ended.set(true);
    }

    /// How many pictures were taken.
    long taken() {
        return place.get();
    }

    @Override
    public Cursor<Shot> open(Step step) {
        reel.ledger().cursorOpened();
        return new Cursor<>() {
            @Override
            public Next<Shot> next() {
                long now = place.get();
                if (ended.get() || now == count) {
                    return new Next.End<>();
                }
                if (breaks > 0 && now % breaks == breaks - 1 && broken.getAndSet(now) != now) {
                    throw new TransientException("the soak pulls the cable before picture " + now, null);
                }
                place.set(now + 1);
                reel.ledger().stateOpened();
                return new Next.Item<>(new Shot(now), Metadata.EMPTY.with(Metadata.INDEX, now));
            }

            @Override
            public void close() {
                reel.ledger().cursorClosed();
            }
        };
    }

    @Override
    public void load(Shot shot, Step step) {
        reel.ledger().stateClosed();
        step.put(image, reel.make(shot.place(), step));
    }

    @Override
    public void discard(Shot shot) {
        reel.ledger().stateClosed();
    }

    @Override
    public Overflow overflow() {
        return overflow;
    }

    @Override
    public Reopening reopening() {
        return breaks == 0 ? Reopening.NEVER : new Reopening(3, Duration.ofMillis(1), 1);
    }
}
