// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.measure.RunListener;

/// What happened, in order, as strings; tests wait for events here and never for time.
///
/// As a run's listener it records `done F`, `failed F: message`, `dropped F by D`, `failed N on F: message`,
/// `retried N on F: message`, `stalled` and `ended Completed`, for a frame F and a node N; the text of the last stall
/// is kept beside.
///
/// Thread-safe. Waiting ends as soon as the condition holds; the limit only keeps a broken test from hanging.
public final class EventRecorder implements RunListener {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Duration limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition recorded = lock.newCondition();
    private final List<String> events = new ArrayList<>();
    private String stall = "";

    /// A recorder that waits for at most 30 s.
    public EventRecorder() {
        this(LIMIT);
    }

    /// @param limit after which waiting fails
    public EventRecorder(Duration limit) {
        this.limit = limit;
    }

    /// Adds an event. Does not wait.
    public void record(String event) {
        lock.lock();
        try {
            events.add(event);
            recorded.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void frameDone(String frame, Optional<FastException> failure) {
        record(failure.map(cause -> "failed " + frame + ": " + cause.getMessage())
                .orElse("done " + frame));
    }

    @Override
    public void frameDropped(String frame, String dropper) {
        record("dropped " + frame + " by " + dropper);
    }

    @Override
    public void failed(String node, String frame, FastException cause) {
        record("failed " + node + " on " + frame + ": " + cause.getMessage());
    }

    @Override
    public void retried(String node, String frame, Throwable cause) {
        record("retried " + node + " on " + frame + ": " + cause.getMessage());
    }

    @Override
    public void stalled(Duration since, String state) {
        lock.lock();
        try {
            stall = state;
            record("stalled");
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void ended(Completion completion) {
        record("ended " + completion.getClass().getSimpleName());
    }

    /// Who waited for whom in the last stall; empty if there was none.
    public String stall() {
        lock.lock();
        try {
            return stall;
        } finally {
            lock.unlock();
        }
    }

    /// All events so far, in order.
    public List<String> events() {
        lock.lock();
        try {
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }

    /// How often `event` was recorded so far.
    public int count(String event) {
        return (int) events().stream().filter(event::equals).count();
    }

    /// Waits until `event` was recorded.
    ///
    /// @return all events at that moment
    /// @throws AssertionError at the limit; it shows the events
    public List<String> await(String event) throws InterruptedException {
        return await("'" + event + "'", seen -> seen.contains(event));
    }

    /// Waits until `count` events were recorded.
    ///
    /// @return all events at that moment
    /// @throws AssertionError at the limit; it shows the events
    public List<String> await(int count) throws InterruptedException {
        return await(count + " events", seen -> seen.size() >= count);
    }

    /// Waits until `condition` holds for the events so far.
    ///
    /// @param what the condition in words, for the error
    /// @param condition looked at after each event, by the waiting thread
    /// @return all events at that moment
    /// @throws AssertionError at the limit; it shows the events
    public List<String> await(String what, Predicate<List<String>> condition) throws InterruptedException {
        long left = limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (!condition.test(List.copyOf(events))) {
                if (left <= 0) {
                    throw new AssertionError("waited " + limit.toMillis() + " ms for " + what + "; met " + events
                            + ". Look what stopped it.");
                }
                left = recorded.awaitNanos(left);
            }
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return events().toString();
    }
}
