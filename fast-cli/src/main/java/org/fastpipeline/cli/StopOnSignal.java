// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.run.Run;
import org.jspecify.annotations.Nullable;

/// Stops a run when the process is told to end, so that nothing half-written stays.
///
/// The JVM goes on ending once this is closed, which whoever made it does after all its files; it does not wait longer
/// than some seconds for that.
final class StopOnSignal implements AutoCloseable {
    /// Why a run stopped then.
    static final String REASON = "the process was told to end";

    private static final long PATIENCE_SECONDS = 10;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "fast-stop");
    private @Nullable Run run;
    private boolean told;

    StopOnSignal() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// Has `newRun` stopped when the time comes, or at once if it has come.
    synchronized void stops(Run newRun) {
        run = newRun;
        if (told) {
            newRun.cancel();
        }
    }

    /// Whether the process was told to end.
    synchronized boolean told() {
        return told;
    }

    private void stop() {
        synchronized (this) {
            told = true;
            if (run != null) {
                run.cancel();
            }
        }
        try {
            over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The hook has run, or will and finds nothing to wait for.
            return;
        }
    }
}
