// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Tasks that wait for the threads of a lane, and the threads that wait for tasks.
///
/// What a thread has just made ready is mostly what comes first, the next node on the same frame: it is kept apart, so
/// that it need not go through a heap. All methods are called under the run's lock.
final class TaskQueue {
    private final PriorityQueue<Task> rest = new PriorityQueue<>();

    /// Comes before all others, if there is one.
    private @Nullable Task front;

    private final Condition filled;
    private int sleeping;

    TaskQueue(Condition filled) {
        this.filled = filled;
    }

    /// Adds a task, and wakes a thread for it if need be.
    ///
    /// @param byItsThread whether a thread of the lane settles what it has done; it takes the next task itself, so
    /// that to wake another for it would be for nothing
    void add(Task task, boolean byItsThread) {
        insert(task);
        if (sleeping > 0 && size() > (byItsThread ? 1 : 0)) {
            filled.signal();
        }
    }

    private void insert(Task task) {
        Task before = front;
        Task first = before == null ? rest.peek() : before;
        if (first != null && first.compareTo(task) <= 0) {
            rest.add(task);
        } else {
            front = task;
            if (before != null) {
                rest.add(before);
            }
        }
    }

    /// Takes the first task out; null if there is none.
    private @Nullable Task poll() {
        Task first = front;
        front = null;
        return first == null ? rest.poll() : first;
    }

    /// Takes out what the thread that has done `done` does next.
    ///
    /// While other threads have nothing to do, a thread stays with work that takes one frame after another, as all
    /// may be waiting for that, and leaves the frame to them.
    @Nullable Task pollAfter(@Nullable Task done) {
        if (done != null && sleeping > 0 && done.work().role.isOrdered()) {
            Task next = rest.stream()
                    .filter(task -> task.work() == done.work() && task.frame().stream == done.frame().stream)
                    .findFirst()
                    .orElse(null);
            if (next != null) {
                rest.remove(next);
                return next;
            }
        }
        return poll();
    }

    /// Waits until a task may have been added.
    @SuppressWarnings("WaitNotInLoop") // the caller loops
    void await() {
        sleeping++;
        filled.awaitUninterruptibly();
        sleeping--;
    }

    /// Ends all waits.
    void stop() {
        clear();
        filled.signalAll();
    }

    boolean isEmpty() {
        return front == null && rest.isEmpty();
    }

    private int size() {
        return rest.size() + (front == null ? 0 : 1);
    }

    private void clear() {
        front = null;
        rest.clear();
    }

    /// All tasks, in any order.
    Stream<Task> all() {
        return Stream.concat(Stream.ofNullable(front), rest.stream());
    }
}
