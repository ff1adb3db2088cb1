// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.lang.System.Logger.Level;
import java.util.Optional;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.measure.Meter;
import org.fastpipeline.core.measure.RunListener;
import org.jspecify.annotations.Nullable;

/// Counts what happens to frames and tells the listener.
///
/// All methods are called under the run's lock.
final class Notices {
    private static final System.Logger LOG = System.getLogger(Notices.class.getName());

    private final Meter meter;
    private final RunListener listener;

    Notices(Meter meter, RunListener listener) {
        this.meter = meter;
        this.listener = listener;
    }

    void retried(WorkPlan work, FrameState frame, Throwable cause) {
        meter.retry();
        tell(() -> listener.retried(work.name, frame.toString(), cause));
    }

    void dropped(FrameState frame) {
        meter.drop();
        tell(() -> listener.frameDropped(frame.toString()));
    }

    void frameDone(FrameState frame, @Nullable FastException failure) {
        meter.frame(System.nanoTime() - frame.admitted, failure != null);
        if (listener != RunListener.NONE) {
            tell(() -> listener.frameDone(frame.toString(), Optional.ofNullable(failure)));
        }
    }

    private static void tell(Runnable notice) {
        try {
            notice.run();
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, "A run listener failed; the run goes on", failure);
        }
    }
}
