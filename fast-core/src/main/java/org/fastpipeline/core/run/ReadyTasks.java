// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Tasks that wait for a thread, the first in order at the front.
///
/// What a thread has just made ready is mostly what comes first, the next node on the same frame: it is kept apart, so
/// that it need not go through the queue.
final class ReadyTasks {
    private final PriorityQueue<Task> rest = new PriorityQueue<>();

    /// Comes before all others, if there is one.
    private @Nullable Task front;

    void add(Task task) {
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
    @Nullable Task poll() {
        Task first = front;
        front = null;
        return first == null ? rest.poll() : first;
    }

    boolean isEmpty() {
        return front == null && rest.isEmpty();
    }

    int size() {
        return rest.size() + (front == null ? 0 : 1);
    }

    void clear() {
        front = null;
        rest.clear();
    }

    /// All tasks, in any order.
    Stream<Task> all() {
        return Stream.concat(Stream.ofNullable(front), rest.stream());
    }
}
