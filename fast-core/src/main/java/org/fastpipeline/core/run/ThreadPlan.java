// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import org.fastpipeline.core.error.WrongUseException;

/// How the cores are shared out, once, among all who want threads.
///
/// @param workers threads that execute nodes
/// @param sessionThreads threads of one inference session; results may depend on it, so it is 1 unless asked otherwise
/// @param visionThreads threads within one image operation
public record ThreadPlan(int workers, int sessionThreads, int visionThreads) {
    public ThreadPlan {
        if (workers < 1 || sessionThreads < 1 || visionThreads < 1) {
            throw new WrongUseException(
                    "thread plan",
                    "met " + workers + " workers, " + sessionThreads + " session and " + visionThreads
                            + " vision threads; needed 1 or more of each",
                    "Raise them");
        }
    }

    /// One worker per core that the JVM may use, and one thread within each worker's native calls.
    public static ThreadPlan ofCores() {
        return new ThreadPlan(Runtime.getRuntime().availableProcessors(), 1, 1);
    }

    /// This plan with another number of workers.
    public ThreadPlan withWorkers(int number) {
        return new ThreadPlan(number, sessionThreads, visionThreads);
    }

    @Override
    public String toString() {
        return counted(workers, "worker") + ", " + counted(sessionThreads, "thread") + " per inference session, "
                + counted(visionThreads, "thread") + " per image operation";
    }

    private static String counted(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
