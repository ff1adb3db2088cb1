// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.function.Function;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Parameter;

/// Lets frames in: in order, bounded in number and in bytes.
///
/// The oldest stream may always have the few frames that the graph needs to move, so nothing can starve.
final class Admission {
    /// Frames let in before it is known how much memory one takes.
    private static final int FIRST_AHEAD = 4;

    private final RunCore core;

    /// Streams whose threads wait for room, each with what wakes its thread.
    private final Map<Stream, Condition> waiting = new LinkedHashMap<>();

    private final Map<DomainPlan, Long> footprints = new HashMap<>();
    private long reserved;
    private List<Object> snapshot = List.of();

    Admission(RunCore core) {
        this.core = core;
    }

    /// Lets the frame of an item in, for which [#waitFor] has made room. Under the lock.
    void admit(Stream stream, Next.Item<?> item) {
        FrameState frame = newFrame(stream);
        frame.key = item.key();
        frame.sourceMetadata = item.metadata();
        core.scheduler.admit(frame, Map.of());
    }

    /// Room that [#waitFor] has made is not needed. Under the lock.
    void giveUp(Stream stream) {
        stream.inFlight--;
        signal();
    }

    /// One failed frame is all that comes of a stream that could not be opened. Under the lock.
    void fail(Stream stream, FastException failure) {
        stream.inFlight++;
        admitFailed(stream, _ -> failure);
        core.endings.end(stream);
    }

    /// Lets a failed frame in, for which [#waitFor] has made room. Under the lock.
    void admitFailed(Stream stream, Function<FrameState, FastException> failure) {
        FrameState frame = newFrame(stream);
        Outcome<?> outcome = new Outcome.Failed<>(failure.apply(frame));
        Map<WorkPlan, Attempt> done = new HashMap<>();
        for (WorkPlan work : stream.domain.works) {
            if (work.role == Role.LOAD || work.role == Role.MERGE) {
                done.put(work, Attempt.passed(work, outcome));
            }
        }
        core.scheduler.admit(frame, done);
    }

    /// The next frame of `stream`, stamped with the parameters as they are now. Under the lock.
    FrameState newFrame(Stream stream) {
        FrameState above = Objects.requireNonNull(stream.parent);
        FrameState parent = parentOf(above);
        FrameState frame = new FrameState(stream, parent, stream.admitted++, parametersBelow(above));
        core.hold(frame);
        frame.admitted = core.meter.now();
        frame.reserved = footprints.getOrDefault(stream.domain, 0L);
        reserved += frame.reserved;
        return frame;
    }

    /// The frame that a new one in a stream below `above` reads enclosing values from: at the top, the static
    /// values of the parameters as they are now. Under the lock.
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
    /// @return false if no more frames are to come in
    boolean waitFor(Stream stream) {
        core.lock.lock();
        try {
            awaitRoom(stream);
            if (isOver(stream)) {
                return false;
            }
            stream.inFlight++;
            return true;
        } finally {
            core.lock.unlock();
        }
    }

    private void awaitRoom(Stream stream) {
        if (goesOn(stream)) {
            return;
        }
        WaitEvent wait = WaitEvent.recorded();
        Condition room = core.lock.newCondition();
        waiting.put(stream, room);
        stream.waitsFor = new Wait.Room();
        try {
            core.relief.consider();
            while (!goesOn(stream)) {
                room.awaitUninterruptibly();
            }
        } finally {
            stream.waitsFor = null;
            waiting.remove(stream);
        }
        WaitEvent.end(wait, stream.domain.toString(), stream + "#" + stream.admitted, WaitEvent.ROOM);
    }

    /// The fewest frames of `stream` that must be in flight for the graph to move.
    private int least(Stream stream) {
        return stream.domain.least() + stream.relief + (core.demand.isUndecided(stream) ? 1 : 0);
    }

    /// Whether nothing but the bounds on frames and bytes keep a frame of `stream`, whose thread waits for room, from
    /// coming in. Under the lock.
    boolean isHeldBack(Stream stream) {
        return stream.waitsFor instanceof Wait.Room && isAwaited(stream) && (fits(stream) || stream.isOldest());
    }

    /// Whether the thread that waits for room for a frame of `stream` need wait no longer. Under the lock.
    boolean goesOn(Stream stream) {
        return isOver(stream) || mayEnter(stream);
    }

    /// Lets a frame of a stream in that is held back. Under the lock.
    void letOneMoreIn(Stream stream) {
        stream.relief += stream.inFlight + 1 - least(stream);
        signal();
    }

    /// How many frames of `stream` may be in flight.
    private int bound(Stream stream) {
        int least = least(stream);
        if (core.pace == Run.Pace.ON_DEMAND) {
            return least;
        }
        boolean first = !footprints.containsKey(stream.domain);
        return Math.max(first ? Math.min(core.options.ahead(), FIRST_AHEAD) : core.options.ahead(), least);
    }

    /// Whether no more frames are to come in: a stream that nobody asks for outlives none that somebody did.
    private boolean isOver(Stream stream) {
        return core.isStopping()
                || stream.abandoned
                || (!core.demand.isAsked(stream) && (core.isFinishing() || core.roots.isAllThrough()));
    }

    /// Whether there is a frame to let in, and somebody who wants it.
    private boolean isAwaited(Stream stream) {
        boolean dry = stream.reading != null && stream.reading.isDry();
        boolean early = core.pace == Run.Pace.ON_DEMAND && !core.deliveries.isAnyWaiting();
        return !dry && !early && core.demand.isAsked(stream);
    }

    private boolean mayEnter(Stream stream) {
        if (!isAwaited(stream) || stream.inFlight >= bound(stream)) {
            return false;
        }
        return fits(stream) || (stream.inFlight < least(stream) && stream.isOldest());
    }

    /// Whether there is memory for one more frame of `stream`, as far as is known; frames that take none need none.
    private boolean fits(Stream stream) {
        Long footprint = footprints.get(stream.domain);
        return footprint == null
                ? core.pool.used() + reserved <= core.options.memoryCap() / 2
                : footprint == 0 || core.pool.used() + reserved + footprint <= core.options.memoryCap() / 2;
    }

    /// Why no frame of `stream` may come in, in words. Under the lock.
    String obstacle(Stream stream) {
        boolean onDemand = core.pace == Run.Pace.ON_DEMAND && !core.deliveries.isAnyWaiting();
        if (onDemand || !core.demand.isAsked(stream)) {
            return "until somebody asks for a frame";
        }
        if (stream.reading != null && stream.reading.isDry()) {
            return "for the next frame of a live source";
        }
        if (stream.inFlight >= bound(stream)) {
            return "for room: " + stream.inFlight + " frames of it are in work, as many as may be";
        }
        return "for memory: " + core.pool.used() + " bytes in use and " + reserved + " expected leave too little of "
                + core.options.memoryCap() / 2 + " for " + footprints.getOrDefault(stream.domain, 0L) + " more";
    }

    /// Something changed that admission may have waited for. Under the lock.
    ///
    /// To wake a thread costs more than to let a frame in, so it is done for several frames at once while there is
    /// work enough.
    void signal() {
        waiting.forEach((stream, room) -> {
            if (isOver(stream) || (mayEnter(stream) && isWorthWaking(stream))) {
                room.signal();
            }
        });
    }

    private boolean isWorthWaking(Stream stream) {
        int bound = bound(stream);
        return bound - stream.inFlight >= bound / 2
                || stream.inFlight < least(stream)
                || !core.lanes.hasReady()
                || (stream.reading != null && stream.reading.isLive());
    }

    /// A thread has nothing to do: whoever may let a frame in does so. Under the lock.
    ///
    /// @return whether anybody does
    boolean wake() {
        boolean any = false;
        for (Map.Entry<Stream, Condition> entry : waiting.entrySet()) {
            if (goesOn(entry.getKey())) {
                entry.getValue().signal();
                any = true;
            }
        }
        return any;
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

    /// A frame is given back, or held by those only whom computing does not wait for. Under the lock.
    void released(FrameState frame) {
        frame.stream.inFlight--;
        signal();
    }
}
