// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.RunStoppedException;
import org.fastpipeline.core.error.StuckException;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.memory.MemoryPool;
import org.jspecify.annotations.Nullable;

/// A run's parts and its life: open the sinks, let frames flow, stop, join, close.
///
/// One lock guards all bookkeeping; nodes are always called without it.
final class RunCore {
    private static final System.Logger LOG = System.getLogger(RunCore.class.getName());

    final Plan plan;
    final RunOptions options;
    final Run.Pace pace;
    final ReentrantLock lock = new ReentrantLock();
    final MemoryPool pool;
    final Meter meter;
    final States states = new States();
    final Notices notices;
    final Sinks sinks;
    final Groups groups;
    final TaskRunner runner;
    final Scheduler scheduler;
    final Endings endings;
    final Admission admission;
    final Merging merging;
    final Leaving leaving;
    final Deliveries deliveries;
    final Lanes lanes;
    final Roots roots;

    final Watchdog watchdog;

    /// Counts what was done, for the watchdog.
    long progress;

    private final Condition woken = lock.newCondition();
    private final Deque<Stream> toClose = new ArrayDeque<>();
    private final Thread thread;
    private @Nullable Completion completion;
    private List<String> stuck = List.of();
    private boolean sinksOpen;
    private boolean begun;
    private boolean ended;

    RunCore(Plan plan, RunOptions options, Run.Pace pace) {
        this.plan = plan;
        this.options = options;
        this.pace = pace;
        this.pool = new MemoryPool(options.memoryCap(), options.validate());
        this.meter = new Meter(plan, options);
        this.notices = new Notices(meter, options.listener());
        this.runner = new TaskRunner(this);
        this.scheduler = new Scheduler(this);
        this.endings = new Endings(this);
        this.admission = new Admission(this);
        this.merging = new Merging(this);
        this.lanes = new Lanes(this);
        this.sinks = new Sinks(plan);
        this.groups = new Groups(lanes);
        this.leaving = new Leaving(this);
        this.deliveries = new Deliveries(this);
        this.roots = new Roots(this);
        this.watchdog = new Watchdog(this);
        this.thread = Thread.ofPlatform().daemon().name("fast-run").unstarted(this::live);
    }

    void start() {
        thread.start();
    }

    /// The life of the run, on its own thread.
    private void live() {
        Completion outcome = sinks.open();
        lock.lock();
        try {
            if (outcome != null) {
                stop(outcome);
            } else {
                sinksOpen = true;
                if (pace == Run.Pace.AHEAD || deliveries.count() == 0 || deliveries.isAnyWaiting()) {
                    begin();
                    scheduler.settle();
                }
            }
            while (completion == null) {
                closeStreams();
                watchdog.awaitWhile(() -> completion == null && toClose.isEmpty(), woken);
            }
            lanes.stop();
            merging.stop();
            admission.signal();
            stuck = lanes.join(options.stopDeadline());
            outcome = completion;
        } finally {
            lock.unlock();
        }
        if (stuck.isEmpty()) {
            lanes.awaitEnd();
            openStreams().forEach(states::closeAll);
            outcome = sinks.close(outcome);
        }
        end(outcome);
    }

    private void end(Completion outcome) {
        lock.lock();
        try {
            completion = outcome;
            ended = true;
            notices.ended(outcome);
            deliveries.signal();
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void begin() {
        if (!begun) {
            begun = true;
            roots.begin();
            if (pace == Run.Pace.AHEAD || plan.root.works.stream().noneMatch(work -> work.role == Role.DELIVER)) {
                endings.end(roots.stream);
            }
        }
    }

    private List<Stream> openStreams() {
        List<Stream> open = new ArrayList<>();
        locked(() -> {
            open.addAll(toClose);
            toClose.clear();
            open.add(roots.stream);
            framesInWork().forEach(frame -> open.addAll(frame.children));
        });
        return open;
    }

    /// All frames that are not given back; each holds the one above it, so they are a tree. Under the lock.
    List<FrameState> framesInWork() {
        List<FrameState> all = new ArrayList<>(roots.stream.live.values());
        for (int i = 0; i < all.size(); i++) {
            for (Stream child : all.get(i).children) {
                all.addAll(child.live.values());
            }
        }
        return all;
    }

    private void closeStreams() {
        for (Stream stream = toClose.poll(); stream != null; stream = toClose.poll()) {
            lock.unlock();
            try {
                states.closeThrough(stream);
            } finally {
                lock.lock();
            }
        }
    }

    /// A stream is through: what its nodes opened is given back, on the run's own thread. Under the lock.
    void closeLater(Stream stream) {
        if (stream.cursor != null || stream.hasStates()) {
            toClose.add(stream);
            woken.signalAll();
        }
    }

    /// A new frame holds the one above it. Under the lock.
    void hold(FrameState frame) {
        if (frame.parent != null) {
            frame.parent.holders++;
        }
    }

    /// All frames are through. Under the lock.
    void complete() {
        stop(new Completion.Completed());
    }

    /// Ends the run; the first reason counts. Under the lock.
    void stop(Completion reason) {
        if (completion == null) {
            completion = reason;
            woken.signalAll();
        }
    }

    boolean isStopping() {
        return completion != null;
    }

    boolean isEnded() {
        return ended;
    }

    /// Somebody waits for a frame. Under the lock.
    void demand(WorkPlan work) {
        if (pace == Run.Pace.ON_DEMAND && completion == null && sinksOpen) {
            if (work.domain.isRoot() && begun) {
                roots.ask();
            }
            begin();
            admission.signal();
            scheduler.settle();
        }
    }

    /// Waits until the run has ended. Under the lock.
    void awaitEnd() {
        while (!ended) {
            woken.awaitUninterruptibly();
        }
    }

    /// Why the run ended before its stream did, once it has.
    Optional<FastException> failure() {
        return completion instanceof Completion.Failed(FastException cause) ? Optional.of(cause) : Optional.empty();
    }

    void settle(Runnable outcome) {
        try {
            progress++;
            outcome.run();
            scheduler.settle();
        } catch (RuntimeException | Error broken) {
            LOG.log(Level.ERROR, "The executor failed; this is a defect of the framework", broken);
            stop(new Completion.Failed(new RunStoppedException("the executor failed: " + broken, broken)));
        }
    }

    void settleLocked(Runnable outcome) {
        locked(() -> settle(outcome));
    }

    boolean lockedAndSettled(BooleanSupplier outcome) {
        boolean[] result = new boolean[1];
        locked(() -> settle(() -> result[0] = outcome.getAsBoolean()));
        return result[0];
    }

    void locked(Runnable body) {
        lock.lock();
        try {
            body.run();
        } finally {
            lock.unlock();
        }
    }

    /// Stops, joins and closes; waits for it unless it is called by one of the run's own threads.
    ///
    /// @throws StuckException if threads did not end in time
    void close() {
        lock.lock();
        try {
            stop(new Completion.Cancelled());
            if (lanes.isOwn() || Thread.currentThread() == thread) {
                return;
            }
            awaitEnd();
            if (!stuck.isEmpty()) {
                throw new StuckException(stuck, pool.used());
            }
            framesInWork().forEach(FrameState::giveBackAll);
        } finally {
            lock.unlock();
        }
        pool.close();
    }
}
