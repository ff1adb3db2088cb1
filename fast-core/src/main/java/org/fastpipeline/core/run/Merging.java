// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.StepException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Input;
import org.fastpipeline.core.graph.Ins;
import org.fastpipeline.core.graph.Restream;

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
        } catch (Throwable thrown) {
            FastException failure = StepException.of(work.name, stream.toString(), thrown);
            core.lockedAndSettled(() -> {
                core.admission.fail(stream, failure);
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
        } catch (Throwable failure) {
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
        } catch (Throwable thrown) {
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
                frame.sourceMetadata = step.metadata();
                core.scheduler.admit(frame, Map.of(work, step));
            }
            // An interrupted stream has not ended: a fold of it must not give a result.
            if (!goOn && !core.isStopping()) {
                release(stream);
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
    void letGo(FrameState frame, WorkPlan work) {
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

    /// The restream of `stream` has ended: inputs that are there for it alone end too, since they may be endless.
    private void release(Stream stream) {
        abandon(stream);
        for (Stream from : Objects.requireNonNull(stream.parent).children) {
            if (from != stream && !from.ended && isIdle(from)) {
                from.abandoned = true;
                core.admission.signal();
            }
        }
    }

    /// Whether nobody would notice if no more frames came: restreams read them that have ended, and nothing else
    /// does.
    private static boolean isIdle(Stream from) {
        boolean taken = false;
        for (WorkPlan work : from.domain.works) {
            boolean takes = work.role == Role.TAKE;
            if (takes ? !target(from, work).abandoned : work.role != Role.LOAD && work.role != Role.STATELESS) {
                return false;
            }
            taken |= takes;
        }
        return taken && from.domain.children.isEmpty();
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
        private final List<List<Slot>> feeds;
        private final List<Taken> open = new ArrayList<>();

        Taking(Stream stream, WorkPlan work) {
            this.stream = stream;
            this.work = work;
            this.feeds = core.plan.graph.node(Objects.requireNonNull(work.node)).feeds().stream()
                    .map(outs -> outs.stream().map(core.plan::slot).toList())
                    .toList();
        }

        @Override
        public Optional<Restream.Arrival> take(In<?> in) throws InterruptedException {
            return take(in, 0);
        }

        @Override
        public Optional<Restream.Arrival> take(Ins<?> in, int connection) throws InterruptedException {
            return take((Input<?>) in, connection);
        }

        @Override
        public int connections(Ins<?> in) {
            return slots(in).size();
        }

        private List<Slot> slots(Input<?> in) {
            if (!in.owner().equals(work.node)) {
                throw new WrongUseException(
                        work.name,
                        "met port " + in + " of another node; needed one of its own",
                        "Take from own ports only");
            }
            return feeds.get(in.position());
        }

        private Optional<Restream.Arrival> take(Input<?> in, int connection) throws InterruptedException {
            DomainPlan from = Taken.feed(in, connection, slots(in)).domain;
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
                Taken taken = new Taken(core, frame, Merging.take(from, stream.domain), feeds);
                open.removeIf(earlier -> earlier.closed);
                open.add(taken);
                return Optional.of(taken);
            } finally {
                core.lock.unlock();
            }
        }

        private void awaitArrival(Input<?> in, Stream.Intake intake) throws InterruptedException {
            Wait.Arrival arrival = new Wait.Arrival(in, intake);
            if (arrival.isOver()) {
                return;
            }
            WaitEvent wait = WaitEvent.recorded();
            stream.waitsFor = arrival;
            try {
                core.relief.consider();
                while (!arrival.isOver()) {
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
}
