// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.StepException;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Parameter;
import org.jspecify.annotations.Nullable;

/// Lets frames in: in order, bounded in number and in bytes.
///
/// The oldest stream may always have the few frames that the graph needs to move, so nothing can starve.
final class Admission {
    /// Frames let in before it is known how much memory one takes.
    private static final int FIRST_AHEAD = 4;

    private final RunCore core;
    private final Condition changed;
    private final Map<DomainPlan, Long> footprints = new HashMap<>();
    private long reserved;
    private List<Object> snapshot = List.of();

    Admission(RunCore core) {
        this.core = core;
        this.changed = core.lock.newCondition();
    }

    /// Begins to let frames of an opened stream in; one failed frame if it could not be opened. Under the lock.
    void begin(Stream stream, @Nullable FastException failure) {
        if (failure != null) {
            stream.inFlight++;
            admitFailed(stream, failure);
            core.endings.end(stream);
        } else {
            core.lanes.start(stream.domain.toString(), stream, () -> read(stream));
        }
    }

    /// Reads the source to its end; on a virtual thread of its own, without the lock.
    private void read(Stream stream) {
        boolean more = true;
        while (more && waitFor(stream)) {
            Next<?> next = null;
            Throwable failure = null;
            try {
                next = Objects.requireNonNull(stream.cursor).next();
            } catch (Throwable thrown) {
                failure = thrown;
            }
            more = core.lockedAndSettled(taken(stream, next, failure));
        }
        if (more) {
            core.lockedAndSettled(() -> {
                if (!core.isStopping()) {
                    core.endings.end(stream);
                }
                return false;
            });
        }
    }

    private BooleanSupplier taken(Stream stream, @Nullable Next<?> next, @Nullable Throwable failure) {
        return () -> {
            if (core.isStopping()) {
                stream.inFlight--;
                return false;
            }
            switch (next) {
                case Next.Item<?>(Object key, Metadata metadata) -> {
                    FrameState frame = newFrame(stream);
                    frame.key = key;
                    frame.sourceMetadata = metadata;
                    core.scheduler.admit(frame, Map.of());
                    return true;
                }
                case Next.End<?> _ -> stream.inFlight--;
                case null ->
                    admitFailed(
                            stream,
                            StepException.of(
                                    stream.domain.toString(),
                                    stream.domain + "#" + stream.admitted,
                                    Objects.requireNonNull(failure)));
            }
            core.endings.end(stream);
            return false;
        };
    }

    private void admitFailed(Stream stream, FastException failure) {
        FrameState frame = newFrame(stream);
        Map<WorkPlan, Attempt> done = new HashMap<>();
        for (WorkPlan work : stream.domain.works) {
            if (work.role == Role.LOAD || work.role == Role.MERGE) {
                done.put(work, Attempt.passed(work, new Outcome.Failed<>(failure)));
            }
        }
        core.scheduler.admit(frame, done);
    }

    /// The next frame of `stream`, stamped with the parameters as they are now. Under the lock.
    FrameState newFrame(Stream stream) {
        FrameState above = Objects.requireNonNull(stream.parent);
        FrameState parent = parentOf(above);
        FrameState frame = new FrameState(stream, parent, stream.admitted++, parametersBelow(above));
        frame.unwanted.or(above.unwanted);
        core.hold(frame);
        frame.admitted = core.meter.now();
        frame.reserved = footprints.getOrDefault(stream.domain, 0L);
        reserved += frame.reserved;
        return frame;
    }

    /// The frame that a new one in a stream below `above` reads enclosing values from: at the top, the static values of
    /// the parameters as they are now. Under the lock.
    FrameState parentOf(FrameState above) {
        return above.domain.isRoot() ? core.roots.at(parameters()) : above;
    }

    /// The parameters for a frame whose parent was just asked for. Under the lock.
    List<Object> parametersBelow(FrameState above) {
        return above.domain.isRoot() ? snapshot : above.parameters;
    }

    /// Takes back a new frame that comes to nothing. Under the lock.
    void withdraw(FrameState frame) {
        reserved -= frame.reserved;
        frame.stream.admitted--;
        frame.stream.inFlight--;
        core.leaving.releaseOnce(Objects.requireNonNull(frame.parent));
        signal();
    }

    /// All parameters as they are now. Under the lock.
    List<Object> parameters() {
        List<Object> now = Parameter.readAll(core.plan.parameters);
        if (!now.equals(snapshot)) {
            snapshot = now;
        }
        return snapshot;
    }

    /// Waits until one more frame of `stream` may come in, and counts it. Takes the lock.
    ///
    /// @return false if the run is stopping
    boolean waitFor(Stream stream) {
        core.lock.lock();
        try {
            awaitRoom(stream);
            if (core.isStopping() || stream.abandoned) {
                return false;
            }
            stream.inFlight++;
            return true;
        } finally {
            core.lock.unlock();
        }
    }

    private void awaitRoom(Stream stream) {
        if (core.isStopping() || stream.abandoned || mayEnter(stream)) {
            return;
        }
        WaitEvent wait = WaitEvent.recorded();
        stream.waitsFor = this;
        while (!core.isStopping() && !stream.abandoned && !mayEnter(stream)) {
            changed.awaitUninterruptibly();
        }
        stream.waitsFor = null;
        WaitEvent.end(wait, stream.domain.toString(), stream + "#" + stream.admitted, WaitEvent.ROOM);
    }

    /// How many frames of `stream` may be in flight.
    private int bound(Stream stream) {
        int least = stream.domain.least();
        if (core.pace == Run.Pace.ON_DEMAND) {
            return least;
        }
        boolean first = !footprints.containsKey(stream.domain);
        return Math.max(first ? Math.min(core.options.ahead(), FIRST_AHEAD) : core.options.ahead(), least);
    }

    private boolean mayEnter(Stream stream) {
        int least = stream.domain.least();
        boolean onDemand = core.pace == Run.Pace.ON_DEMAND;
        if (onDemand && !core.deliveries.isAnyWaiting()) {
            return false;
        }
        Long footprint = footprints.get(stream.domain);
        if (stream.inFlight >= bound(stream)) {
            return false;
        }
        boolean fits =
                core.pool.used() + reserved + (footprint == null ? 0 : footprint) <= core.options.memoryCap() / 2;
        return fits || (stream.inFlight < least && stream.isOldest());
    }

    /// Why no frame of `stream` may come in, in words. Under the lock.
    String obstacle(Stream stream) {
        if (core.pace == Run.Pace.ON_DEMAND && !core.deliveries.isAnyWaiting()) {
            return "until somebody asks for a frame";
        }
        if (stream.inFlight >= bound(stream)) {
            return "for room: " + stream.inFlight + " frames of it are in work, as many as may be";
        }
        return "for memory: " + core.pool.used() + " bytes in use and " + reserved + " expected leave too little of "
                + core.options.memoryCap() / 2 + " for " + footprints.getOrDefault(stream.domain, 0L) + " more";
    }

    /// Something changed that admission may have waited for. Under the lock.
    void signal() {
        changed.signalAll();
    }

    /// A step of `frame` took memory: it is no longer merely expected. Under the lock.
    void account(FrameState frame, long taken) {
        frame.taken += taken;
        long now = Math.min(frame.reserved, taken);
        frame.reserved -= now;
        reserved -= now;
    }

    /// All work on a frame is done: what it took is what the next one is expected to take. Under the lock.
    void completed(FrameState frame) {
        reserved -= frame.reserved;
        frame.reserved = 0;
        if (footprints.put(frame.domain, frame.taken) == null) {
            signal();
        }
    }

    /// A frame is given back. Under the lock.
    void released(FrameState frame) {
        frame.stream.inFlight--;
        signal();
    }
}
