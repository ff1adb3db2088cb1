// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.fastpipeline.core.graph.Lane;
import org.jspecify.annotations.Nullable;

/// The threads of a run: workers for computing, virtual threads for waiting, one thread for each other lane.
///
/// All methods are called under the run's lock, but for the threads' own loops.
final class Lanes {
    private final RunCore core;
    private final Map<Lane, Queue> queues = new HashMap<>();
    private final Map<Thread, Object> busy = new LinkedHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Condition idle;
    private boolean stopping;

    /// The queue whose worker is settling what it has done.
    private @Nullable Queue settling;

    private static final class Queue {
        private final PriorityQueue<Task> tasks = new PriorityQueue<>();
        private final Condition filled;
        private int sleeping;

        Queue(Condition filled) {
            this.filled = filled;
        }
    }

    Lanes(RunCore core) {
        this.core = core;
        this.idle = core.lock.newCondition();
    }

    /// Hands `task` to a thread of its lane.
    void submit(Task task) {
        if (stopping) {
            return;
        }
        Lane lane = task.work().lane;
        if (lane.equals(Lane.IO)) {
            start(task.work().name, () -> core.settleLocked(core.runner.run(task)));
            return;
        }
        Queue queue = queues.get(lane);
        if (queue == null) {
            queue = open(lane);
        }
        queue.tasks.add(task);
        // A worker that settles its last task takes the next one itself; waking another for it would be for nothing.
        int ownShare = queue == settling ? 1 : 0;
        if (queue.sleeping > 0 && queue.tasks.size() > ownShare) {
            queue.filled.signal();
        }
    }

    private Queue open(Lane lane) {
        Queue queue = new Queue(core.lock.newCondition());
        queues.put(lane, queue);
        int count = lane.equals(Lane.CPU) ? core.options.threads().workers() : 1;
        for (int i = 1; i <= count; i++) {
            threads.add(Thread.ofPlatform()
                    .daemon()
                    .name("fast-" + lane.name() + (count > 1 ? "-" + i : ""))
                    .start(() -> work(queue)));
        }
        return queue;
    }

    /// Runs `body` on a virtual thread that is waited for when the run stops.
    void start(String name, Runnable body) {
        if (stopping) {
            return;
        }
        Thread thread = Thread.ofVirtual().name("fast-io-" + name).unstarted(() -> {
            try {
                body.run();
            } finally {
                core.locked(() -> leave(Thread.currentThread()));
            }
        });
        busy.put(thread, name);
        thread.start();
    }

    private void work(Queue queue) {
        core.lock.lock();
        try {
            while (!stopping) {
                Task task = queue.tasks.poll();
                if (task == null) {
                    queue.sleeping++;
                    queue.filled.awaitUninterruptibly();
                    queue.sleeping--;
                } else {
                    busy.put(Thread.currentThread(), task);
                    core.lock.unlock();
                    Runnable outcome;
                    try {
                        outcome = core.runner.run(task);
                    } finally {
                        core.lock.lock();
                    }
                    settling = queue;
                    core.settle(outcome);
                    settling = null;
                    leave(Thread.currentThread());
                }
            }
        } finally {
            core.lock.unlock();
        }
    }

    private void leave(Thread thread) {
        busy.remove(thread);
        if (busy.isEmpty()) {
            idle.signalAll();
        }
    }

    /// Whether the current thread is one of the run's own.
    boolean isOwn() {
        return busy.containsKey(Thread.currentThread());
    }

    /// Ends all threads: no task is begun any more, waiting ones are interrupted.
    void stop() {
        stopping = true;
        queues.values().forEach(queue -> {
            queue.tasks.clear();
            queue.filled.signalAll();
        });
        busy.keySet().stream().filter(Thread::isVirtual).forEach(Thread::interrupt);
    }

    /// Waits until no thread is at work any more.
    ///
    /// @return what the threads are doing that did not end in time; empty if all did
    List<String> join(Duration deadline) {
        long left = deadline.toNanos();
        boolean interrupted = false;
        while (!busy.isEmpty() && left > 0) {
            try {
                left = idle.awaitNanos(left);
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        List<String> stuck = new ArrayList<>();
        busy.forEach((thread, work) -> stuck.add(thread.getName() + " in " + work));
        return stuck;
    }

    /// Waits until the worker threads have ended; without the run's lock, after [#join].
    void awaitEnd() {
        for (Thread thread : threads) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(1));
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
