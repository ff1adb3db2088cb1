// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.RunStoppedException;
import org.fastpipeline.core.error.WaitInterruptedException;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.memory.MemoryPool;
import org.jspecify.annotations.Nullable;

/// A run's parts, and what all of them know of it.
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
    final Relief relief;
    final Merging merging;
    final Leaving leaving;
    final Demand demand;
    final Deliveries deliveries;
    final Snapshots snapshots;
    final Lanes lanes;
    final Roots roots;

    final Watchdog watchdog;
    final Errands errands;
    private final Life life;

    /// Counts what was done, for the watchdog.
    long progress;

    private final Condition ending = lock.newCondition();

    private @Nullable Completion completion;
    private boolean sinksAreOpen;
    private boolean begun;

    /// Whether somebody waited for a frame before the sinks were open.
    private boolean asked;

    /// Whether nobody takes frames any more.
    private boolean finishing;

    /// Whether whoever waits for frames is told that there are no more.
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
        this.relief = new Relief(this);
        this.merging = new Merging(this);
        this.lanes = new Lanes(this);
        this.sinks = new Sinks(plan);
        this.groups = new Groups(lanes);
        this.leaving = new Leaving(this);
        this.demand = new Demand(this);
        this.deliveries = new Deliveries(this);
        this.snapshots = new Snapshots(this);
        this.roots = new Roots(this);
        this.watchdog = new Watchdog(this);
        this.errands = new Errands(this);
        this.life = new Life(this);
    }

    void start() {
        life.begin();
    }

    /// Sinks are open, so that frames may come. Under the lock.
    ///
    /// @param failure how the run ends if one could not be opened
    void sinksOpen(@Nullable Completion failure) {
        sinksAreOpen = true;
        if (failure != null) {
            stop(failure);
        } else if (asked || pace == Run.Pace.AHEAD || deliveries.count() == 0) {
            settle(this::begin);
        }
    }

    private void begin() {
        asked = true;
        if (!begun && sinksAreOpen && completion == null) {
            begun = true;
            roots.begin();
        }
        if (begun && (pace == Run.Pace.AHEAD || finishing || !plan.root.isDelivered())) {
            endings.end(roots.stream);
        }
    }

    /// A new frame holds the one above it. Under the lock.
    void hold(FrameState frame) {
        if (frame.parent != null) {
            frame.parent.holders++;
        }
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

    /// All frames are through. Under the lock.
    void complete() {
        stop(new Completion.Completed());
    }

    /// Ends the run; the first reason counts. Under the lock.
    void stop(Completion reason) {
        if (completion == null) {
            completion = reason;
            errands.signal();
        }
    }

    boolean isStopping() {
        return completion != null;
    }

    Completion completion() {
        return Objects.requireNonNull(completion, "asked for when the run has stopped");
    }

    /// Tells whoever waits that no more frames come. Under the lock.
    void end(Completion outcome) {
        completion = outcome;
        ended = true;
        deliveries.signal();
        ending.signalAll();
    }

    boolean isEnded() {
        return ended;
    }

    /// Somebody waits for a frame. Under the lock.
    void ask(WorkPlan delivery) {
        if (pace == Run.Pace.ON_DEMAND && completion == null) {
            settle(() -> {
                if (delivery.domain.isRoot() && begun) {
                    roots.ask(delivery);
                }
                begin();
                admission.signal();
            });
        }
    }

    /// Goes on to the end without anybody who takes frames. Under the lock.
    void finish() {
        finishing = true;
        settle(() -> {
            deliveries.dropAll();
            begin();
        });
    }

    boolean isFinishing() {
        return finishing;
    }

    /// Waits until the run has ended. Under the lock.
    ///
    /// @throws WaitInterruptedException if the waiting thread is interrupted
    void awaitEnd() {
        try {
            while (!ended) {
                ending.await();
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new WaitInterruptedException("the end of the run", interruption);
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
            relief.consider();
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

    void close() {
        locked(life::close);
    }

    /// Hands out no frame any more; but nothing changes if the caller is one of the run's own threads, or a listener,
    /// as it cannot wait for the run.
    ///
    /// @return whether those that were handed out are to be given back
    boolean shut() {
        lock.lock();
        try {
            boolean outside = !life.isWithin();
            if (outside) {
                deliveries.shut();
            }
            return outside;
        } finally {
            lock.unlock();
        }
    }

    /// Gives the run's memory back. Under the lock.
    void giveBack() {
        deliveries.closeAll();
        framesInWork().forEach(FrameState::giveBackAll);
        pool.close();
    }
}
