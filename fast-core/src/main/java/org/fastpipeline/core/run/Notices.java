// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.measure.RunListener;
import org.jspecify.annotations.Nullable;

/// Counts what happens to frames and tells the listener.
///
/// All methods are called under the run's lock.
final class Notices {
    private static final System.Logger LOG = System.getLogger(Notices.class.getName());

    private static final double MILLIS = 1000;

    private final Meter meter;
    private final RunListener listener;

    Notices(Meter meter, RunListener listener) {
        this.meter = meter;
        this.listener = listener;
    }

    /// A node was executed on a frame, for good.
    void executed(WorkPlan work, FrameState frame, @Nullable FastException failure) {
        meter.executed(work, failure != null);
        if (failure != null) {
            tell(() -> listener.failed(work.name, frame.toString(), failure));
        }
    }

    void retried(WorkPlan work, String frame, Throwable cause) {
        meter.retried(work);
        RetryEvent event = new RetryEvent();
        if (event.shouldCommit()) {
            event.node = work.name;
            event.frame = frame;
            event.cause = String.valueOf(cause.getMessage());
            event.commit();
        }
        tell(() -> listener.retried(work.name, frame, cause));
    }

    /// @param dropper the source or subscription that dropped it
    void dropped(String frame, String dropper) {
        meter.dropped(dropper);
        DropEvent event = new DropEvent();
        if (event.shouldCommit()) {
            event.frame = frame;
            event.dropper = dropper;
            event.commit();
        }
        tell(() -> listener.frameDropped(frame, dropper));
    }

    void frameDone(FrameState frame, @Nullable FastException failure) {
        meter.frame(frame.admitted, failure != null);
        if (listener != RunListener.NONE) {
            tell(() -> listener.frameDone(frame.toString(), Optional.ofNullable(failure)));
        }
    }

    void stalled(Duration since, String state) {
        LOG.log(Level.WARNING, "The run has made no progress for " + since.toMillis() / MILLIS + " s\n" + state);
        tell(() -> listener.stalled(since, state));
    }

    void ended(Completion completion) {
        tell(() -> listener.ended(completion));
    }

    /// No listener stops a run: not by an error either, were it a stack too deep or an assertion of a test.
    private static void tell(Runnable notice) {
        try {
            notice.run();
        } catch (Throwable failure) {
            LOG.log(Level.WARNING, "A run listener failed; the run goes on", failure);
        }
    }
}
