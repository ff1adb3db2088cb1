// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// What happened, in order, as strings; tests wait for events here and never for time.
///
/// Thread-safe. Waiting ends as soon as the condition holds; the limit only keeps a broken test from hanging.
public final class EventRecorder {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Duration limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition recorded = lock.newCondition();
    private final List<String> events = new ArrayList<>();

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
