// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.fastpipeline.core.error.RunStoppedException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.measure.RunReport;
import org.jspecify.annotations.Nullable;

/// A pipeline at work.
///
/// Iterating gives every frame of the first subscription in order, failed ones too; with fail-fast exactly the
/// frames before the first failing one, then its error. A frame is valid until the iterator's next call. May be
/// closed from any thread, more than once; closing waits for native calls in flight.
public final class Run implements Iterable<Frame>, AutoCloseable {
    /// Whether frames are computed ahead of who takes them, or only when somebody waits for one.
    enum Pace {
        AHEAD,
        ON_DEMAND
    }

    private final RunCore core;

    /// The frames that are with subscribers, by subscription: one for each thread that waited there at the same time.
    private final ListMultimap<Integer, Frame> handedOut = ArrayListMultimap.create();

    Run(Plan plan, RunOptions options, Pace pace) {
        this.core = new RunCore(plan, options, pace);
        core.start();
    }

    /// The next frame of the first subscription; the one before becomes invalid. Blocks until it is through.
    ///
    /// @return nothing after the end, or after the run was closed
    /// @throws org.fastpipeline.core.error.FastException if the run stopped on an error
    public Optional<Frame> next() {
        return next(0);
    }

    /// The next frame of the subscription at `position` in the pipeline's list.
    ///
    /// Several threads may wait, also at one subscription; each frame is for one of them, and valid until any of
    /// them asks for the next.
    ///
    /// @return nothing after the end, after the run was closed, and when the subscription was left or not
    /// joined yet
    /// @throws org.fastpipeline.core.error.FastException if the run stopped on an error
    /// @throws org.fastpipeline.core.error.WaitInterruptedException if the thread is interrupted while it waits
    public Optional<Frame> next(int position) {
        check(position);
        List<Frame> before = withdraw(position);
        core.lock.lock();
        try {
            before.forEach(Frame::giveBack);
            Desk.Pick pick = core.deliveries.take(position);
            if (pick == null) {
                core.failure().ifPresent(failure -> {
                    throw failure;
                });
                return Optional.empty();
            }
            Frame frame = new Frame(core, pick, core.deliveries.desk(position).work);
            synchronized (handedOut) {
                handedOut.put(position, frame);
            }
            return Optional.of(frame);
        } finally {
            core.lock.unlock();
        }
    }

    private void check(int position) {
        if (position < 0 || position >= core.deliveries.count()) {
            throw new WrongUseException(
                    "run",
                    "met subscription " + position + "; needed one of " + core.deliveries.count(),
                    "Ask for ports in Pipeline.to(...), or call finish() for a pipeline of sinks");
        }
    }

    /// The frames that were handed out for the subscription, no longer readable, as far as they are to be given back.
    private List<Frame> withdraw(int position) {
        synchronized (handedOut) {
            return unreadable(handedOut.removeAll(position));
        }
    }

    private void giveFramesBack() {
        List<Frame> frames;
        synchronized (handedOut) {
            frames = unreadable(handedOut.values());
            handedOut.clear();
        }
        core.locked(() -> frames.forEach(Frame::giveBack));
    }

    /// Ends the reading of frames before anybody else can find that they were handed out.
    private static List<Frame> unreadable(Collection<Frame> frames) {
        return frames.stream().filter(Frame::closeHandles).toList();
    }

    /// Takes part, from the next frame that comes in on, in the frames of a subscription that is
    /// [late][Subscription#late] or that was left. What is static, and for the newest-only the frame that is there,
    /// is shown at once. Nothing happens if it takes part already. Any thread may call it.
    public void join(int position) {
        check(position);
        core.settleLocked(() -> core.deliveries.join(position));
    }

    /// Takes part no longer: nothing is computed or held back for the subscription until somebody joins again. Its
    /// last frame becomes invalid, and whoever waits for the next gets nothing. Any thread may call it, more than
    /// once.
    public void leave(int position) {
        check(position);
        List<Frame> before = withdraw(position);
        core.settleLocked(() -> {
            before.forEach(Frame::giveBack);
            core.deliveries.leave(position);
        });
    }

    @Override
    public Iterator<Frame> iterator() {
        return frames(0).iterator();
    }

    /// The frames of the subscription at `position` in the pipeline's list.
    public Iterable<Frame> frames(int position) {
        return () -> new Iterator<>() {
            private @Nullable Frame ahead;
            private boolean over;

            @Override
            public boolean hasNext() {
                if (ahead == null && !over) {
                    ahead = Run.this.next(position).orElse(null);
                    over = ahead == null;
                }
                return ahead != null;
            }

            @Override
            public Frame next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("the run has no more frames");
                }
                Frame frame = Objects.requireNonNull(ahead);
                ahead = null;
                return frame;
            }
        };
    }

    /// Runs to the end, dropping what is delivered.
    ///
    /// @return what was done
    /// @throws org.fastpipeline.core.error.FastException if the run stopped on an error
    public RunReport finish() {
        giveFramesBack();
        core.lock.lock();
        try {
            core.finish();
            core.awaitEnd();
            core.failure().ifPresent(failure -> {
                throw failure;
            });
        } finally {
            core.lock.unlock();
        }
        return report();
    }

    /// Whether nothing more will come: the streams are at their end, or the run was stopped, and every frame
    /// has been taken and given back. Never blocks; false before the first frame.
    public boolean isEnded() {
        core.lock.lock();
        try {
            return core.isEnded() && core.deliveries.isEmpty();
        } finally {
            core.lock.unlock();
        }
    }

    /// What was done so far.
    public RunReport report() {
        core.lock.lock();
        try {
            return core.meter.report(core.pool.peak());
        } finally {
            core.lock.unlock();
        }
    }

    /// Who waits for whom right now, in lines of text: what each thread works on and where it is, which frames
    /// wait for which ports, turns, room or subscribers.
    public String describe() {
        core.lock.lock();
        try {
            return new StateText(core).toString();
        } finally {
            core.lock.unlock();
        }
    }

    /// Asks the run to stop as failed and returns at once: whoever waits for a frame gets a `RunStoppedException`,
    /// and sinks discard what they wrote. Any thread may call it.
    ///
    /// @param reason said in the error
    public void abort(String reason) {
        core.locked(() -> core.stop(new Completion.Failed(new RunStoppedException(reason, null))));
    }

    /// Asks the run to stop and returns at once: whoever waits for a frame gets nothing. Any thread may call
    /// it, one of the run's own too.
    public void cancel() {
        core.locked(() -> core.stop(new Completion.Cancelled()));
    }

    /// Stops the run if it goes on, waits for its threads, closes what its nodes opened, and gives its memory
    /// back.
    ///
    /// Called from a node, a source, a sink or a listener, it only asks the run to stop. An interrupted caller
    /// closes all the same.
    ///
    /// @throws org.fastpipeline.core.error.StuckException if a thread did not end by the stop deadline and a
    /// second; nothing is freed under it, and all is given back once it has ended
    /// @throws org.fastpipeline.core.error.LeakException in validate mode, if somebody still holds memory
    @Override
    public void close() {
        if (core.shut()) {
            giveFramesBack();
        }
        core.close();
    }
}
