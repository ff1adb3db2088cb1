// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Run;
import org.jspecify.annotations.Nullable;

/// Waits for the frames of one view on a thread of its own, so that the window's never does: a frame is asked for when
/// the window is ready to draw it, and is the newest then.
final class Feed implements AutoCloseable {
    private final Run run;
    private final int position;
    private final Runnable arrival;
    private final Thread waiter;
    private boolean wanted;
    private @Nullable Frame frame;
    private @Nullable FastException failure;
    private boolean over;
    private boolean closed;

    /// @param arrival told, on the feed's thread, that there is something to look at
    Feed(Run run, int position, Runnable arrival) {
        this.run = run;
        this.position = position;
        this.arrival = arrival;
        this.waiter = Thread.ofVirtual().name("fast-window-feed").start(this::work);
    }

    private void work() {
        try {
            while (awaitWish()) {
                Optional<Frame> next = run.next(position);
                settle(next.orElse(null), null);
                arrival.run();
                if (next.isEmpty() || !awaitTaken()) {
                    return;
                }
            }
        } catch (FastException stopped) {
            settle(null, stopped);
            arrival.run();
        }
    }

    private synchronized boolean awaitWish() {
        return await(() -> !wanted);
    }

    private synchronized boolean awaitTaken() {
        return await(() -> frame != null);
    }

    /// @return false if it was closed meanwhile
    private boolean await(BooleanSupplier waiting) {
        while (waiting.getAsBoolean() && !closed) {
            try {
                wait();
            } catch (InterruptedException stop) {
                return false;
            }
        }
        return !closed;
    }

    private synchronized void settle(@Nullable Frame next, @Nullable FastException reason) {
        wanted = false;
        frame = next;
        failure = reason;
        over = next == null;
    }

    /// Asks for the newest frame, if none is on its way. Never waits.
    synchronized void want() {
        if (!wanted && frame == null && !over) {
            wanted = true;
            notifyAll();
        }
    }

    /// Lets `taker` see the frame that has come, if one has; it is gone when that returns.
    ///
    /// @return whether there was one
    synchronized boolean take(Consumer<Frame> taker) {
        Frame come = frame;
        if (come == null) {
            return false;
        }
        try {
            taker.accept(come);
        } finally {
            frame = null;
            notifyAll();
        }
        return true;
    }

    /// Whether no more frames will come.
    synchronized boolean isOver() {
        return over;
    }

    /// Why no more will come, if it is not that the run came to its end.
    synchronized Optional<FastException> failure() {
        return Optional.ofNullable(failure);
    }

    /// Takes part in the run no longer.
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        run.leave(position);
        boolean interrupted = false;
        while (waiter.isAlive()) {
            try {
                waiter.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
