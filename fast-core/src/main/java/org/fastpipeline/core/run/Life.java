// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.RunStoppedException;
import org.fastpipeline.core.error.StuckException;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.graph.TimeSource;

/// The life of a run, on a thread of its own: open the sinks, let frames flow, stop, join, close.
final class Life {
    private static final System.Logger LOG = System.getLogger(Life.class.getName());

    private final RunCore core;
    private final Condition over;
    private final Thread thread;

    /// The threads that did not end in time; set once, under the lock.
    private List<String> stuck = List.of();

    /// Whether nothing of the run is at work any more; under the lock.
    private boolean through;

    /// Whether somebody asked for the memory to be given back; under the lock.
    private boolean closing;

    Life(RunCore core) {
        this.core = core;
        this.over = core.lock.newCondition();
        this.thread = Thread.ofPlatform().daemon().name("fast-run").unstarted(() -> core.locked(this::live));
    }

    void begin() {
        thread.start();
    }

    private void live() {
        Optional<Thread> timer = core.options
                .timeout()
                .map(longest -> Thread.ofVirtual().name("fast-timeout").start(() -> expire(longest)));
        Completion[] outcome = new Completion[1];
        core.errands.run("opening sinks", () -> outcome[0] = core.sinks.open());
        core.sinksOpen(outcome[0]);
        core.errands.runUntilStop();
        timer.ifPresent(Thread::interrupt);
        join();
        core.errands.run("ending workers", core.lanes::awaitEnd);
        closeNodes();
        core.errands.run("closing sinks", () -> outcome[0] = core.sinks.close(core.completion()));
        through = true;
        core.notices.ended(outcome[0]);
        core.end(outcome[0]);
        over.signalAll();
        if (closing && !stuck.isEmpty()) {
            giveBackLate();
        }
    }

    /// Stops the run once it takes longer than it may.
    private void expire(Duration longest) {
        TimeSource clock = core.options.clock();
        try {
            clock.sleepUntil(clock.nanoTime() + longest.toNanos());
        } catch (InterruptedException stop) {
            return;
        }
        core.locked(() -> core.stop(new Completion.Failed(new RunStoppedException(
                "it took longer than " + longest + ". In work: " + core.lanes.inWork() + "; frames not given back: "
                        + core.framesInWork().size(),
                null))));
    }

    /// Ends the threads. Whoever waits is told when some are stuck; they are waited for, so that nothing is freed
    /// under them and all is freed after them.
    private void join() {
        core.lanes.stop();
        core.merging.stop();
        core.admission.signal();
        stuck = core.lanes.join(core.options.stopDeadline());
        if (!stuck.isEmpty()) {
            core.end(core.completion());
            over.signalAll();
            core.lanes.joinAll();
        }
    }

    /// Closes what nodes opened, once no thread is at work any more.
    private void closeNodes() {
        List<Stream> open = new ArrayList<>(List.of(core.roots.stream));
        for (FrameState frame : core.framesInWork()) {
            open.addAll(frame.children);
            core.errands.discardKey(frame);
        }
        for (Stream stream : open) {
            if (stream.reading != null) {
                stream.reading.discardAll();
            }
            core.errands.add("closing " + stream, () -> core.states.closeAll(stream));
        }
        core.errands.run();
    }

    /// Gives memory back that closing had to leave to stuck threads; there is nobody to tell any more.
    private void giveBackLate() {
        try {
            core.giveBack();
        } catch (FastException leak) {
            LOG.log(Level.WARNING, "Memory is still held although the stuck threads have ended", leak);
        }
    }

    /// Stops, joins and closes; waits for it unless it is called by one of the run's own threads, or by a listener.
    /// Under the lock, once more if a listener calls it.
    ///
    /// @throws StuckException if threads did not end in time
    void close() {
        core.stop(new Completion.Cancelled());
        closing = true;
        if (isWithin()) {
            return;
        }
        awaitThrough();
        if (!through) {
            List<String> atWork = core.lanes.stuck();
            throw new StuckException(
                    atWork.isEmpty() ? List.of(thread.getName() + " in " + core.errands.doing()) : atWork,
                    core.pool.used());
        }
        core.giveBack();
    }

    /// Whether the caller is one of the run's own threads, or a listener, which holds the lock already. Under the
    /// lock.
    boolean isWithin() {
        return core.lock.getHoldCount() > 1 || core.lanes.isOwn() || Thread.currentThread() == thread;
    }

    /// Waits until all is closed; no longer than the deadline and a second, nor until threads turn out to be stuck.
    private void awaitThrough() {
        boolean again = !stuck.isEmpty();
        boolean interrupted = false;
        long left = core.options.stopDeadline().plusSeconds(1).toNanos();
        while (!through && left > 0 && (again || stuck.isEmpty())) {
            try {
                left = over.awaitNanos(left);
            } catch (InterruptedException closeAllTheSame) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
