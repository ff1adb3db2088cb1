// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.measure.RunReport;
import org.jspecify.annotations.Nullable;

/// A pipeline at work.
///
/// Iterating gives every frame of the first subscription in order, failed ones too; with fail-fast exactly the frames
/// before the first failing one, then its error. A frame is valid until the iterator's next call. May be closed from
/// any thread, more than once; closing waits for native calls in flight.
public final class Run implements Iterable<Frame>, AutoCloseable {
    /// Whether frames are computed ahead of who takes them, or only when somebody waits for one.
    enum Pace {
        AHEAD,
        ON_DEMAND
    }

    private final RunCore core;
    private final Map<Integer, Frame> handedOut = new HashMap<>();

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
    /// @return nothing after the end, or after the run was closed
    /// @throws org.fastpipeline.core.error.FastException if the run stopped on an error
    public Optional<Frame> next(int position) {
        if (position < 0 || position >= core.deliveries.count()) {
            throw new WrongUseException(
                    "run",
                    "met subscription " + position + "; needed one of " + core.deliveries.count(),
                    "Ask for ports in Pipeline.to(...), or call finish() for a pipeline of sinks");
        }
        Frame before = withdraw(position);
        core.lock.lock();
        try {
            if (before != null) {
                before.giveBack();
            }
            FrameState state = core.deliveries.take(position);
            if (state == null) {
                core.failure().ifPresent(failure -> {
                    throw failure;
                });
                return Optional.empty();
            }
            Frame frame = new Frame(core, state, core.deliveries.work(position));
            synchronized (handedOut) {
                handedOut.put(position, frame);
            }
            return Optional.of(frame);
        } finally {
            core.lock.unlock();
        }
    }

    /// The frame that was handed out last, no longer readable.
    ///
    /// @return none if it has been given back
    private @Nullable Frame withdraw(int position) {
        synchronized (handedOut) {
            Frame frame = handedOut.remove(position);
            return frame != null && frame.closeHandles() ? frame : null;
        }
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
        if (core.deliveries.count() == 0) {
            core.lock.lock();
            try {
                core.awaitEnd();
                core.failure().ifPresent(failure -> {
                    throw failure;
                });
            } finally {
                core.lock.unlock();
            }
        } else {
            while (next().isPresent()) {
                // Each frame is given back by the next call.
            }
        }
        return report();
    }

    /// Whether nothing more will come: the streams are at their end, or the run was stopped, and every frame has been
    /// taken and given back. Never blocks; false before the first frame.
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

    /// Who waits for whom right now, in lines of text: what each thread works on and where it is, which frames wait for
    /// which ports, turns, room or subscribers.
    public String describe() {
        core.lock.lock();
        try {
            return new StateText(core).toString();
        } finally {
            core.lock.unlock();
        }
    }

    /// Asks the run to stop and returns at once.
    public void cancel() {
        core.locked(() -> core.stop(new Completion.Cancelled()));
    }

    /// Stops the run if it goes on, waits for its threads, closes what its nodes opened, and gives its memory back.
    ///
    /// @throws org.fastpipeline.core.error.StuckException if a thread did not end in time; nothing is freed under
    /// it
    /// @throws org.fastpipeline.core.error.LeakException in validate mode, if somebody still holds memory
    @Override
    public void close() {
        synchronized (handedOut) {
            handedOut.values().forEach(Frame::close);
            handedOut.clear();
        }
        core.close();
    }
}
