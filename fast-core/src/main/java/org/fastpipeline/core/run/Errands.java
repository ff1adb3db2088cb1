// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import org.fastpipeline.core.graph.Source;

/// Calls that give back what nodes hold, for the run's own thread.
///
/// All methods are called under the run's lock; the calls are made without it.
final class Errands {
    private final RunCore core;
    private final Condition changed;
    private final Deque<Errand> waiting = new ArrayDeque<>();
    private String doing = "nothing";

    private record Errand(String name, Runnable call) {}

    Errands(RunCore core) {
        this.core = core;
        this.changed = core.lock.newCondition();
    }

    void add(String name, Runnable call) {
        waiting.add(new Errand(name, call));
        changed.signalAll();
    }

    /// A stream is through: what its nodes opened is given back.
    void close(Stream stream) {
        if (stream.cursor != null || stream.hasStates()) {
            add("closing " + stream, () -> core.states.closeThrough(stream));
        }
    }

    /// A frame's key is not loaded: it goes back to its source.
    void discardKey(FrameState frame) {
        Object key = frame.keyTaken ? null : frame.key;
        frame.keyTaken = true;
        if (key != null) {
            frame.domain.works.stream()
                    .filter(work -> work.role == Role.LOAD)
                    .forEach(work -> discard((Source<?>) Objects.requireNonNull(work.node), key));
        }
    }

    /// Hands a key back to its source.
    void discard(Source<?> source, Object key) {
        add("discarding a frame of " + source.name(), () -> core.states.discard(source, key));
    }

    /// Makes the calls as they come, until the run stops.
    void runUntilStop() {
        while (!core.isStopping()) {
            core.watchdog.awaitWhile(() -> waiting.isEmpty() && !core.isStopping(), changed);
            run();
        }
    }

    /// Makes the calls that wait.
    void run() {
        for (Errand errand = waiting.poll(); errand != null; errand = waiting.poll()) {
            run(errand.name, errand.call);
        }
    }

    /// Makes a call at once.
    void run(String name, Runnable call) {
        doing = name;
        core.lock.unlock();
        try {
            call.run();
        } finally {
            core.lock.lock();
            doing = "nothing";
        }
    }

    /// What the run's own thread is doing.
    String doing() {
        return doing;
    }

    void signal() {
        changed.signalAll();
    }
}
