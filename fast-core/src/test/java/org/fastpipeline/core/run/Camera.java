// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Overflow;
import org.fastpipeline.core.graph.Reopening;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Step;

/// A device whose pictures the test makes, or whose cable it pulls. A picture holds a buffer until it is loaded or
/// discarded.
final class Camera extends Source<Camera.Picture> {
    final Out<Long> number = out("number", Long.class);
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    final List<Long> loaded = new CopyOnWriteArrayList<>();
    final List<Long> discarded = new CopyOnWriteArrayList<>();

    /// What the device does next: a number is a picture, an exception is thrown, nothing ends the stream.
    private final Deque<Optional<Object>> events = new ArrayDeque<>();

    private boolean isWaiting;

    private final List<RuntimeException> openFailures = Collections.synchronizedList(new ArrayList<>());
    private final Overflow overflow;
    private final Reopening reopening;
    volatile boolean givesNull;

    record Picture(long number) {}

    Camera(Overflow overflow, Reopening reopening) {
        this.overflow = overflow;
        this.reopening = reopening;
    }

    static Camera keeping(int frames) {
        return new Camera(Overflow.keepNewest(frames), Reopening.NEVER);
    }

    static Camera reopening(Reopening reopening) {
        return new Camera(Overflow.WAIT, reopening);
    }

    Camera shows(long from, long to) {
        for (long number = from; number <= to; number++) {
            add(Optional.of(number));
        }
        return this;
    }

    Camera breaks(RuntimeException failure) {
        add(Optional.of(failure));
        return this;
    }

    Camera cannotBeOpened(RuntimeException failure) {
        openFailures.add(failure);
        return this;
    }

    Camera ends() {
        add(Optional.empty());
        return this;
    }

    /// How many pictures were read.
    int taken() {
        return taken.get();
    }

    private synchronized void add(Optional<Object> event) {
        events.add(event);
        isWaiting = false;
        notifyAll();
    }

    private synchronized Optional<Object> take() throws InterruptedException {
        while (events.isEmpty()) {
            isWaiting = true;
            notifyAll();
            wait();
        }
        return events.remove();
    }

    /// Waits until all that was shown has been read, and the reader asks for more.
    synchronized void awaitRead() throws InterruptedException {
        while (!isWaiting) {
            wait();
        }
    }

    @Override
    public Cursor<Picture> open(Step step) {
        opened.incrementAndGet();
        if (!openFailures.isEmpty()) {
            throw openFailures.removeFirst();
        }
        return new Cursor<>() {
            @Override
            @SuppressWarnings("NullAway")
            public Next<Picture> next() throws InterruptedException {
                if (givesNull) {
                    return null;
                }
                Optional<Object> event = take();
                if (event.isEmpty()) {
                    return new Next.End<>();
                }
                if (event.get() instanceof RuntimeException failure) {
                    throw failure;
                }
                long number = (Long) event.get();
                taken.incrementAndGet();
                return new Next.Item<>(new Picture(number), Metadata.EMPTY.with(Metadata.INDEX, number));
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    @Override
    public void load(Picture key, Step step) {
        loaded.add(key.number());
        step.put(number, key.number());
    }

    @Override
    public void discard(Picture key) {
        discarded.add(key.number());
    }

    @Override
    public Overflow overflow() {
        return overflow;
    }

    @Override
    public Reopening reopening() {
        return reopening;
    }
}
