// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.fastpipeline.core.graph.TimeSource;

/// A clock that stands until a test moves it, so that what takes hours is tested in an instant.
///
/// ```java
/// var clock = new ManualClock();
/// try (Run run = pipeline.start(RunOptions.standard().withClock(clock))) {
///     clock.awaitSleepers(1);              // the source keeps a rate and waits for its next frame
///     clock.advance(Duration.ofMillis(40));
/// ```
///
/// A [self-advancing][#selfAdvancing] one needs no hand: as soon as all who sleep on it do, its time is that of the
/// first to wake up. It begins at zero. Thread-safe.
public final class ManualClock implements TimeSource {
    /// How often a sleeper of a self-advancing clock looks whether another one's thread has ended.
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(5);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Map<Thread, Long> sleepers = new LinkedHashMap<>();
    private final Set<Thread> known = new HashSet<>();
    private final int together;
    private long now;

    /// A clock that stands until [#advance].
    public ManualClock() {
        this(Integer.MAX_VALUE);
    }

    private ManualClock(int together) {
        this.together = together;
    }

    /// A clock that moves on to the earliest wake-up whenever `sleepers` threads sleep on it; threads that slept on it
    /// and have ended are no longer waited for.
    ///
    /// With the number of sources that keep a rate, a run with rates takes no time and does the same every time.
    ///
    /// @param sleepers how many threads sleep at the same time when nothing else is left to do, 1 or more
    public static ManualClock selfAdvancing(int sleepers) {
        if (sleepers < 1) {
            throw new IllegalArgumentException("met " + sleepers + " sleepers; needed 1 or more");
        }
        return new ManualClock(sleepers);
    }

    @Override
    public long nanoTime() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }

    /// How far the clock has been moved.
    public Duration elapsed() {
        return Duration.ofNanos(nanoTime());
    }

    /// Moves the time on and wakes those whose time has come. Does not wait for them.
    ///
    /// @param by zero or more
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("met " + by + "; needed a duration that is not negative");
        }
        lock.lock();
        try {
            moveTo(now + by.toNanos());
        } finally {
            lock.unlock();
        }
    }

    private void moveTo(long time) {
        now = time;
        sleepers.values().removeIf(until -> until <= now);
        moved.signalAll();
    }

    /// Waits until at least `count` threads sleep, so that a test knows where they are before it moves the time.
    ///
    /// @throws InterruptedException if the waiting thread is interrupted
    public void awaitSleepers(int count) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (sleepers.size() < count) {
                moved.await();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void sleepUntil(long nanoTime) throws InterruptedException {
        Thread self = Thread.currentThread();
        lock.lockInterruptibly();
        try {
            known.add(self);
            if (nanoTime <= now) {
                return;
            }
            sleepers.put(self, nanoTime);
            moved.signalAll();
            while (now < nanoTime) {
                if (together == Integer.MAX_VALUE) {
                    moved.await();
                } else if (!moveIfAllSleep()) {
                    moved.awaitNanos(LOOK);
                }
            }
        } finally {
            sleepers.remove(self);
            lock.unlock();
        }
    }

    private boolean moveIfAllSleep() {
        long ended = known.stream().filter(thread -> !thread.isAlive()).count();
        if (sleepers.size() + ended < together) {
            return false;
        }
        moveTo(sleepers.values().stream().mapToLong(Long::longValue).min().orElse(now));
        return true;
    }

    @Override
    public String toString() {
        return "manual clock at " + elapsed();
    }
}
