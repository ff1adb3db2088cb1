// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.StepException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Reopening;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.TimeSource;
import org.jspecify.annotations.Nullable;

/// Reads one stream of a source, on virtual threads of its own: as there is room, or without a pause and
/// keeping the newest; and opens the source again where that is allowed.
///
/// @param <K> the source's key
final class Reading<K> {
    private final RunCore core;
    private final Stream stream;
    private final WorkPlan open;
    private final Source<K> source;
    private final Reopening policy;
    private final int kept;

    /// The parent's values are needed as long as the source may be opened again.
    private final FrameState parent;

    /// What was read and waits for room; changed under the run's lock.
    private final Deque<Next.Item<K>> waiting = new ArrayDeque<>();

    /// How the reading ended, after what waits; changed under the run's lock.
    private @Nullable Ended ended;

    private int attempts;
    private @Nullable Throwable first;

    private record Ended(@Nullable Throwable failure) {}

    Reading(RunCore core, Stream stream, WorkPlan open, Source<K> source) {
        this.core = core;
        this.stream = stream;
        this.open = open;
        this.source = source;
        this.policy = source.reopening();
        this.kept = source.overflow().kept();
        this.parent = Objects.requireNonNull(stream.parent, "a source opens a stream below a frame");
    }

    /// Begins to read; under the lock.
    ///
    /// @param failure why the source could not be opened
    void begin(@Nullable Throwable failure) {
        parent.holders++;
        first = failure;
        String name = stream.domain.toString();
        if (isLive()) {
            core.lanes.start(name, stream, this::admitAsThereIsRoom);
            core.lanes.start(name, stream, () -> readWithoutPause(failure));
        } else {
            core.lanes.start(name, stream, () -> readAsThereIsRoom(failure));
        }
    }

    /// Whether it reads without a pause and keeps the newest.
    boolean isLive() {
        return kept > 0;
    }

    /// Whether there is nothing to let in, now.
    boolean isDry() {
        return isLive() && waiting.isEmpty() && ended == null;
    }

    private void readAsThereIsRoom(@Nullable Throwable failedToOpen) {
        Throwable before = failedToOpen;
        boolean more = true;
        while (more) {
            if (core.admission.waitFor(stream)) {
                Read<K> read = read(before);
                before = null;
                more = core.lockedAndSettled(() -> admit(read.item, read.failure));
            } else {
                more = core.lockedAndSettled(this::end);
            }
        }
    }

    private void readWithoutPause(@Nullable Throwable failedToOpen) {
        Throwable before = failedToOpen;
        Read<K> read;
        do {
            read = read(before);
            before = null;
        } while (keep(read));
    }

    private void admitAsThereIsRoom() {
        boolean more = true;
        while (more) {
            boolean room = core.admission.waitFor(stream);
            more = core.lockedAndSettled(
                    () -> room ? admit(waiting.poll(), ended == null ? null : ended.failure) : end());
        }
    }

    /// No more frames are let in. Under the lock.
    ///
    /// @return that there is nothing more
    private boolean end() {
        if (!core.isStopping()) {
            core.endings.end(stream);
        }
        discardAll();
        core.leaving.releaseOnce(parent);
        return false;
    }

    private boolean admit(Next.@Nullable Item<K> item, @Nullable Throwable failure) {
        if (item != null) {
            if (core.isStopping()) {
                core.admission.giveUp(stream);
                core.errands.discard(source, item.key());
                return false;
            }
            core.admission.admit(stream, item);
            return true;
        }
        if (failure == null || core.isStopping()) {
            core.admission.giveUp(stream);
        } else {
            core.admission.admitFailed(stream, frame -> failure(frame, failure));
        }
        return end();
    }

    /// Keeps what was read until there is room; drops the oldest where that is too much.
    ///
    /// @return whether there is more to read
    private boolean keep(Read<K> read) {
        return core.lockedAndSettled(() -> {
            Next.Item<K> item = read.item;
            if (item == null) {
                ended = new Ended(read.failure);
            } else {
                waiting.add(item);
                if (isOver()) {
                    discardAll();
                } else if (waiting.size() > kept) {
                    drop(waiting.remove());
                }
            }
            core.admission.signal();
            return item != null && !isOver();
        });
    }

    private boolean isOver() {
        return core.isStopping() || stream.ended;
    }

    private void drop(Next.Item<K> item) {
        core.errands.discard(source, item.key());
        Optional<Long> index = item.metadata().get(Metadata.INDEX);
        core.notices.dropped(open.name + index.map(at -> ", index " + at).orElse(""), open.name);
    }

    /// Gives back what waits when the run has stopped. Under the lock.
    void discardAll() {
        waiting.forEach(item -> core.errands.discard(source, item.key()));
        waiting.clear();
    }

    /// What a read gave: an item, a failure, or neither at the end.
    private record Read<K>(
            Next.@Nullable Item<K> item, @Nullable Throwable failure) {}

    /// Reads the next item, opening the source again as often as its policy allows.
    ///
    /// @param failedToOpen why the source is not open
    private Read<K> read(@Nullable Throwable failedToOpen) {
        Throwable failure = failedToOpen;
        while (true) {
            try {
                if (failure != null) {
                    if (!mayOpenAgain(failure)) {
                        return new Read<>(null, failure);
                    }
                    openAgain(failure);
                    failure = null;
                }
                Read<K> read = next();
                attempts = 0;
                first = null;
                return read;
            } catch (Throwable thrown) {
                failure = thrown;
            }
        }
    }

    @SuppressWarnings("unchecked")
    private Read<K> next() throws Exception {
        Source.Cursor<K> cursor = (Source.Cursor<K>) stream.cursor;
        return switch (cursor == null ? null : cursor.next()) {
            case Next.Item<K> item -> new Read<>(item, null);
            case Next.End<K> _ -> new Read<>(null, null);
            case null ->
                throw new WrongUseException(
                        open.name,
                        cursor == null
                                ? "met null from open; needed a cursor"
                                : "met null from its cursor; needed a Next.Item or a Next.End",
                        "Say the end by a Next.End");
        };
    }

    private boolean mayOpenAgain(Throwable failure) {
        return attempts < policy.attempts() && TaskRunner.isTransient(failure) && !core.isStopping();
    }

    private void openAgain(Throwable failure) throws Exception {
        if (first == null) {
            first = failure;
        }
        core.states.closeCursor(stream);
        core.locked(() -> core.notices.retried(open, stream.domain + "#" + stream.admitted, failure));
        TimeSource clock = core.options.clock();
        clock.sleepUntil(clock.nanoTime() + policy.delay(attempts++).toNanos());
        try (StepRun step = new StepRun(open, parent, core)) {
            stream.cursor = source.open(step);
        }
    }

    /// The failure of the frame that ends the stream.
    private StepException failure(FrameState frame, Throwable last) {
        Throwable begun = first;
        if (attempts == 0 || begun == null) {
            return StepException.of(open.name, frame.toString(), last);
        }
        StepException failure = new StepException(
                open.name,
                frame.toString(),
                "gave up after " + attempts + (attempts == 1 ? " attempt" : " attempts") + " to open it again: "
                        + last.getMessage() + "; it first failed with: " + begun.getMessage(),
                begun);
        if (last != begun) {
            failure.addSuppressed(last);
        }
        return failure;
    }
}
