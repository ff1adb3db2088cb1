// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.MissingValueException;
import org.fastpipeline.core.error.StepException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.FrameId;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.memory.Leased;
import org.jspecify.annotations.Nullable;

/// Runs restreams: each on a virtual thread that takes frames from its input streams in the order it chooses.
final class Merging {
    private final RunCore core;
    private final Condition changed;

    Merging(RunCore core) {
        this.core = core;
        this.changed = core.lock.newCondition();
    }

    /// Begins a restream's stream. Under the lock.
    void begin(Stream stream, Restream<?> node) {
        core.lanes.start(stream.domain.toString(), stream, () -> run(stream, node));
    }

    private <S> void run(Stream stream, Restream<S> node) {
        WorkPlan work = stream.domain.works.stream()
                .filter(candidate -> candidate.role == Role.MERGE)
                .findFirst()
                .orElseThrow();
        S state;
        try {
            state = node.open();
        } catch (Exception thrown) {
            FastException failure = StepException.of(work.name, stream.toString(), thrown);
            core.lockedAndSettled(() -> {
                core.admission.begin(stream, failure);
                abandon(stream);
                return false;
            });
            return;
        }
        Taking taking = new Taking(stream, work);
        boolean more = true;
        while (more && core.admission.waitFor(stream)) {
            more = next(stream, node, state, work, taking);
        }
        try {
            node.close(state);
        } catch (Exception failure) {
            System.getLogger(Merging.class.getName())
                    .log(System.Logger.Level.WARNING, "Closing the state of " + work.name + " failed", failure);
        }
        taking.closeAll();
    }

    private <S> boolean next(Stream stream, Restream<S> node, S state, WorkPlan work, Taking taking) {
        FrameState[] made = new FrameState[1];
        core.locked(() -> made[0] = core.admission.newFrame(stream));
        FrameState frame = made[0];
        StepEvent event = core.meter.begin(work);
        boolean more = false;
        StepRun step = new StepRun(work, frame, core);
        try {
            step.begin();
            more = node.next(state, taking, step);
        } catch (Exception thrown) {
            step.fail(StepException.of(work.name, frame.toString(), thrown));
        } finally {
            step.close();
        }
        boolean goOn = more;
        if (goOn || step.failure() != null) {
            core.meter.end(event, step);
        }
        return core.lockedAndSettled(() -> {
            if (core.isStopping() || (!goOn && step.failure() == null)) {
                step.discard();
                core.admission.withdraw(frame);
            } else {
                core.scheduler.admit(frame, Map.of(work, step));
            }
            if (!goOn) {
                abandon(stream);
                core.endings.end(stream);
            }
            return goOn;
        });
    }

    /// A frame of an input stream may be taken, now or later. Under the lock.
    ///
    /// @param over whether it has nothing for the restream because its stream has ended
    void offer(FrameState frame, WorkPlan work, boolean over) {
        Stream target = target(frame.stream, work);
        core.scheduler.pass(frame.stream, work, frame.stream.turns[work.index]);
        if (over || target.abandoned || target.ended) {
            core.scheduler.finishWork(frame, work);
        } else {
            // Held, but done as far as the order of leaving goes: the restream may want more frames before it lets go,
            // and theirs may wait for this one to leave.
            frame.holders++;
            frame.heldBack++;
            target.intake(frame.domain).arrivals.add(frame);
            core.scheduler.closeOne(frame);
            changed.signalAll();
        }
    }

    /// The restream needs a frame no longer. Under the lock.
    private void letGo(FrameState frame, WorkPlan work) {
        frame.heldBack--;
        core.scheduler.doneReading(frame, work);
        core.leaving.releaseOnce(frame);
    }

    /// All frames of an input stream have been offered. Under the lock.
    void endIntake(Stream from, WorkPlan work) {
        target(from, work).intake(from.domain).ended = true;
        changed.signalAll();
    }

    /// Lets go of what `stream` could still take: it takes no more. Under the lock.
    void abandon(Stream stream) {
        stream.abandoned = true;
        stream.intakes.forEach((from, intake) -> {
            WorkPlan take = take(from, stream.domain);
            List<FrameState> left = new ArrayList<>(intake.arrivals);
            intake.arrivals.clear();
            left.forEach(frame -> letGo(frame, take));
        });
    }

    void stop() {
        changed.signalAll();
    }

    private static Stream target(Stream from, WorkPlan work) {
        return Objects.requireNonNull(from.parent).children.get(Objects.requireNonNull(work.other).index);
    }

    private static WorkPlan take(DomainPlan from, DomainPlan to) {
        return from.works.stream()
                .filter(work -> work.role == Role.TAKE && work.other == to)
                .findFirst()
                .orElseThrow();
    }

    /// What a restream takes frames through.
    private final class Taking implements Restream.Intake {
        private final Stream stream;
        private final WorkPlan work;
        private final List<Taken> open = new ArrayList<>();

        Taking(Stream stream, WorkPlan work) {
            this.stream = stream;
            this.work = work;
        }

        @Override
        public Optional<Restream.Arrival> take(In<?> in) throws InterruptedException {
            if (!in.owner().equals(work.node)) {
                throw new WrongUseException(
                        work.name,
                        "met port " + in + " of another node; needed one of its own",
                        "Take from own ports only");
            }
            DomainPlan from = core.plan.slot(in.feeds().getFirst()).domain;
            if (from.parent != stream.domain.parent) {
                throw new WrongUseException(
                        in.toString(), "met a static value; needed a stream to take from", "Read it with step.get");
            }
            core.lock.lockInterruptibly();
            try {
                Stream.Intake intake = stream.intake(from);
                awaitArrival(in, intake);
                FrameState frame = intake.arrivals.poll();
                if (frame == null) {
                    return Optional.empty();
                }
                Taken taken = new Taken(frame, Merging.take(from, stream.domain));
                open.removeIf(earlier -> earlier.closed);
                open.add(taken);
                return Optional.of(taken);
            } finally {
                core.lock.unlock();
            }
        }

        private void awaitArrival(In<?> in, Stream.Intake intake) throws InterruptedException {
            if (!intake.arrivals.isEmpty() || intake.ended) {
                return;
            }
            WaitEvent wait = WaitEvent.recorded();
            stream.waitsFor = in;
            try {
                while (intake.arrivals.isEmpty() && !intake.ended) {
                    if (core.isStopping()) {
                        throw new InterruptedException("the run stops");
                    }
                    changed.await();
                }
            } finally {
                stream.waitsFor = null;
                WaitEvent.end(wait, work.name, stream + "#" + stream.admitted, WaitEvent.FRAME);
            }
        }

        /// Closes what the node did not: a failed one may have left frames open.
        private void closeAll() {
            open.forEach(Taken::close);
        }
    }

    /// A frame that a restream holds.
    private final class Taken implements Restream.Arrival {
        private final FrameState frame;
        private final WorkPlan take;
        private final List<Leased<?>> held = new ArrayList<>();
        private boolean closed;

        Taken(FrameState frame, WorkPlan take) {
            this.frame = frame;
            this.take = take;
        }

        @Override
        public FrameId frame() {
            return frame.id();
        }

        private @Nullable Outcome<?> found(In<?> in) {
            return take.feeds.get(in.position()).stream()
                    .findFirst()
                    .<Outcome<?>>map(frame::outcome)
                    .orElse(null);
        }

        @Override
        public <T> T get(In<T> in) {
            return switch (found(in)) {
                case Outcome.Value<?>(Leased<?> payload) -> {
                    Leased<?> handle = payload.retain(take);
                    held.add(handle);
                    yield in.type().cast(handle);
                }
                case Outcome.Value<?>(Object value) -> in.type().cast(value);
                case Outcome.Skipped<?>(String reason) ->
                    throw new MissingValueException(in.toString(), frame.toString(), reason, null);
                case Outcome.Failed<?>(FastException cause) ->
                    throw new MissingValueException(in.toString(), frame.toString(), "it failed", cause);
                case null ->
                    throw new MissingValueException(in.toString(), frame.toString(), "it is of another stream", null);
            };
        }

        @Override
        public <T> Outcome<T> outcome(In<T> in) {
            return switch (found(in)) {
                case Outcome.Value<?> _ -> new Outcome.Value<>(get(in));
                case Outcome.Skipped<?>(String reason) -> new Outcome.Skipped<>(reason);
                case Outcome.Failed<?>(FastException cause) -> new Outcome.Failed<>(cause);
                case null -> new Outcome.Skipped<>("it is of another stream");
            };
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                held.forEach(Leased::close);
                core.lockedAndSettled(() -> {
                    letGo(frame, take);
                    return true;
                });
            }
        }
    }
}
