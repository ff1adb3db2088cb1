// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.fastpipeline.core.graph.Lane;
import org.jspecify.annotations.Nullable;

/// The threads of a run: workers for computing, virtual threads for waiting, one thread for each other lane.
///
/// All methods are called under the run's lock, but for the threads' own loops.
final class Lanes {
    private final RunCore core;
    private final Map<Lane, TaskQueue> queues = new HashMap<>();
    private final List<Worker> workers = new ArrayList<>();

    /// Virtual threads, with what they do.
    private final Map<Thread, Object> waiting = new LinkedHashMap<>();

    private final Condition idle;
    private int busyWorkers;
    private boolean stopping;

    /// The queue whose worker is settling what it has done.
    private @Nullable TaskQueue settling;

    Lanes(RunCore core) {
        this.core = core;
        this.idle = core.lock.newCondition();
    }

    /// Hands `ready` to a thread of its lane.
    void submit(Task ready) {
        if (stopping) {
            return;
        }
        Task task = core.meter.ready(ready);
        Lane lane = task.work().lane;
        if (lane.equals(Lane.IO)) {
            start(task.work().name, task, () -> core.settleLocked(run(task)));
            return;
        }
        TaskQueue queue = queues.get(lane);
        if (queue == null) {
            queue = open(lane);
        }
        queue.add(task, queue == settling);
    }

    private TaskQueue open(Lane lane) {
        TaskQueue queue = new TaskQueue(core.lock.newCondition());
        queues.put(lane, queue);
        int count = lane.equals(Lane.CPU) ? core.options.threads().workers() : 1;
        for (int i = 1; i <= count; i++) {
            Worker worker = new Worker(queue, "fast-" + lane.name() + (count > 1 ? "-" + i : ""));
            workers.add(worker);
            worker.thread.start();
        }
        return queue;
    }

    private Runnable run(Task task) {
        try {
            core.meter.taken(task);
            return core.runner.run(task);
        } catch (Throwable broken) {
            return () -> {
                throw broken(task, broken);
            };
        }
    }

    private static IllegalStateException broken(Object work, Throwable cause) {
        return new IllegalStateException(work + " was not brought to its end", cause);
    }

    /// Runs `body` on a virtual thread that is waited for when the run stops.
    ///
    /// @param what what it works on, a task or a stream
    void start(String name, Object what, Runnable body) {
        if (stopping) {
            return;
        }
        Thread thread = Thread.ofVirtual().name("fast-io-" + name).unstarted(() -> {
            try {
                body.run();
            } catch (Throwable broken) {
                core.settleLocked(() -> {
                    throw broken(name, broken);
                });
            } finally {
                core.locked(() -> {
                    waiting.remove(Thread.currentThread());
                    core.relief.consider();
                    signalIfIdle();
                });
            }
        });
        waiting.put(thread, what);
        thread.start();
    }

    /// A thread that works off a queue.
    private final class Worker {
        private final TaskQueue queue;
        private final Thread thread;

        /// What it is at; changed under the run's lock.
        private @Nullable Task task;

        Worker(TaskQueue queue, String name) {
            this.queue = queue;
            this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::work);
        }

        private void work() {
            core.lock.lock();
            try {
                Task done = null;
                while (!stopping) {
                    Task next = queue.pollAfter(done);
                    if (next == null) {
                        core.admission.wake();
                        queue.await();
                    } else {
                        execute(next);
                    }
                    done = next;
                }
            } finally {
                core.lock.unlock();
            }
        }

        private void execute(Task next) {
            task = next;
            busyWorkers++;
            core.lock.unlock();
            Runnable outcome;
            try {
                outcome = run(next);
            } finally {
                core.lock.lock();
            }
            // An interruption is of the node that it was left by, not of the next.
            Thread.interrupted();
            settling = queue;
            busyWorkers--;
            core.settle(outcome);
            settling = null;
            task = null;
            signalIfIdle();
        }
    }

    private void signalIfIdle() {
        if (isIdle()) {
            idle.signalAll();
        }
    }

    /// Whether a task waits for a thread.
    boolean hasReady() {
        for (TaskQueue queue : queues.values()) {
            if (!queue.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /// Whether no task is in work or ready.
    boolean isQuiet() {
        return busyWorkers == 0 && !hasReady() && waiting.values().stream().noneMatch(Task.class::isInstance);
    }

    /// The streams that virtual threads make frames of.
    List<Stream> waitingStreams() {
        return waiting.values().stream()
                .filter(Stream.class::isInstance)
                .map(Stream.class::cast)
                .toList();
    }

    private boolean isIdle() {
        return busyWorkers == 0 && waiting.isEmpty();
    }

    /// Whether the current thread is one of the run's own.
    boolean isOwn() {
        Thread current = Thread.currentThread();
        return waiting.containsKey(current) || workers.stream().anyMatch(worker -> worker.thread == current);
    }

    /// The threads at work, each with its task, or with the stream that it makes the frames of.
    Map<Thread, Object> atWork() {
        Map<Thread, Object> all = new LinkedHashMap<>();
        for (Worker worker : workers) {
            if (worker.task != null) {
                all.put(worker.thread, worker.task);
            }
        }
        all.putAll(waiting);
        return all;
    }

    /// The tasks that wait for a thread, those to be taken first at the front.
    List<Task> ready() {
        return queues.values().stream().flatMap(queue -> queue.all()).sorted().toList();
    }

    /// Ends all threads: no task is begun any more, and who is at work is interrupted.
    void stop() {
        stopping = true;
        queues.values().forEach(TaskQueue::stop);
        waiting.keySet().forEach(Thread::interrupt);
        workers.stream().filter(worker -> worker.task != null).forEach(worker -> worker.thread.interrupt());
    }

    /// Waits until no thread is at work any more.
    ///
    /// @return what the threads are doing that did not end in time; empty if all did
    List<String> join(Duration deadline) {
        long left = deadline.toNanos();
        boolean interrupted = false;
        while (!isIdle() && left > 0) {
            try {
                left = idle.awaitNanos(left);
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return stuck();
    }

    /// Waits until no thread is at work any more, however long that takes.
    void joinAll() {
        while (!isIdle()) {
            idle.awaitUninterruptibly();
        }
    }

    /// The threads at work, each with what it does, in words.
    List<String> stuck() {
        List<String> stuck = new ArrayList<>();
        atWork().forEach((thread, what) -> stuck.add(thread.getName() + " in " + what));
        return stuck;
    }

    /// What nodes are working on, in words.
    String inWork() {
        List<String> tasks = atWork().values().stream()
                .filter(Task.class::isInstance)
                .map(Object::toString)
                .toList();
        return tasks.isEmpty() ? "no node" : String.join(", ", tasks);
    }

    /// Waits until the worker threads have ended; without the run's lock, after [#join].
    void awaitEnd() {
        for (Worker worker : workers) {
            try {
                worker.thread.join(TimeUnit.SECONDS.toMillis(1));
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
