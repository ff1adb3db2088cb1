// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Restream;
import org.jspecify.annotations.Nullable;

/// Decides what can be done next: a work is ready when its inputs are known, and ordered work when its turn has
/// come.
///
/// All methods are called under the run's lock. What becomes ready is put on an agenda, so that a chain of any
/// length needs no recursion.
final class Scheduler {
    static final Outcome.Skipped<?> NOT_ASKED = new Outcome.Skipped<>("nobody asked for it");

    private final RunCore core;
    private final Folding folding;
    private final Deque<Task> agenda = new ArrayDeque<>();

    Scheduler(RunCore core) {
        this.core = core;
        this.folding = new Folding(core);
    }

    /// Does all that has become possible.
    void settle() {
        for (Task task = agenda.poll(); task != null; task = agenda.poll()) {
            ready(task);
        }
    }

    /// Takes a new frame in.
    ///
    /// @param done work that was done before, with how it went
    void admit(FrameState frame, Map<WorkPlan, Attempt> done) {
        Stream stream = frame.stream;
        stream.live.put(frame.sequence, frame);
        core.demand.choose(frame);
        frame.openChildren();
        for (WorkPlan work : frame.domain.works) {
            if (!done.containsKey(work)) {
                frame.pending[work.index] = countPending(frame, work);
                if (frame.pending[work.index] == 0) {
                    agenda.add(Task.of(work, frame));
                }
            }
        }
        done.forEach((work, attempt) -> complete(frame, work, attempt));
    }

    /// A group of frames does not wait for one that is passed over.
    private void countInGroup(FrameState frame, WorkPlan work) {
        if (work.batch > 1 && !frame.atEnd) {
            core.groups.gather(frame, work, false);
        }
    }

    private int countPending(FrameState frame, WorkPlan work) {
        int closing = work.role == Role.FINISH && !frame.isLaterRoot() ? 1 : 0;
        return closing + work.near.length + awaitAbove(frame, work);
    }

    /// Has `work` wait for the values of enclosing frames that it reads and that are not known yet.
    ///
    /// @return how many there are
    int awaitAbove(FrameState frame, WorkPlan work) {
        int unknown = 0;
        for (Slot slot : work.far) {
            FrameState at = frame.at(slot.domain);
            if (at.outcomes[slot.index] == null) {
                unknown++;
                at.await(slot, new FrameState.Waiter(frame, work));
            }
        }
        return unknown;
    }

    /// The child stream that `work` opens or closes for `frame`.
    Stream opened(FrameState frame, WorkPlan work) {
        return frame.children.get(Objects.requireNonNull(work.other).index);
    }

    /// One thing that `work` waited for has come.
    void arrive(FrameState frame, WorkPlan work) {
        if (--frame.pending[work.index] == 0) {
            agenda.add(Task.of(work, frame));
        }
    }

    /// What work had to wait for, though its inputs were known, may be over.
    void again(FrameState frame, WorkPlan work) {
        agenda.add(Task.of(work, frame));
    }

    private void ready(Task task) {
        FrameState frame = task.frame();
        WorkPlan work = task.work();
        if (frame.isBeingMade) {
            core.endings.tell(frame, work);
            return;
        }
        if (work.role.isObserver()) {
            if (frame.domain.isRoot()) {
                core.deliveries.show(frame);
            }
            core.leaving.advance(frame.stream);
            return;
        }
        if (work.role.isOrdered() || frame.domain.isRoot()) {
            Stream.Turn turn = frame.stream.turns[work.index];
            if (turn.next != frame.sequence || turn.busy) {
                turn.parked.put(frame.sequence, frame);
                return;
            }
        }
        switch (core.demand.of(frame, work)) {
            case NEEDED -> begin(task);
            case UNNEEDED -> passOver(task);
            case UNDECIDED -> core.demand.park(frame, work);
        }
    }

    private void begin(Task task) {
        FrameState frame = task.frame();
        WorkPlan work = task.work();
        Outcome<?> obstacle = Obstacle.of(frame, work);
        switch (work.role) {
            case STATELESS, LOAD, STATEFUL -> {
                Attempt copy = core.roots.reuse(frame, work);
                FastException broken = frame.stream.broken[work.index];
                if (copy != null) {
                    complete(frame, work, copy);
                } else if (obstacle != null) {
                    pass(frame, work, obstacle);
                } else if (broken != null) {
                    pass(frame, work, new Outcome.Failed<>(broken));
                } else if (work.batch > 1 && !frame.atEnd) {
                    core.groups.gather(frame, work, true);
                } else {
                    core.lanes.submit(task);
                }
            }
            case OPEN -> open(task, obstacle);
            case ADD -> folding.add(task, obstacle);
            case FINISH -> folding.finish(task, obstacle);
            case TAKE -> core.merging.offer(frame, work, Obstacle.isOver(frame, work));
            case MERGE, SINK, DELIVER -> throw new IllegalStateException(work.role + " has no turn of its own");
        }
    }

    /// Nobody asks for the work.
    private void passOver(Task task) {
        FrameState frame = task.frame();
        WorkPlan work = task.work();
        switch (work.role) {
            case TAKE -> core.merging.offer(frame, work, true);
            case OPEN -> {
                Stream unopened = opened(frame, work);
                unopened.skipped = NOT_ASKED;
                complete(frame, work, Attempt.passed(work, NOT_ASKED));
                core.endings.end(unopened);
            }
            case FINISH -> folding.finish(task, NOT_ASKED);
            case STATELESS, LOAD, STATEFUL, ADD, MERGE, SINK, DELIVER -> {
                countInGroup(frame, work);
                complete(frame, work, Attempt.passed(work, NOT_ASKED));
            }
        }
    }

    /// The work is passed over: all its outputs have one outcome.
    void pass(FrameState frame, WorkPlan work, Outcome<?> outcome) {
        if (outcome != FrameState.ENDED) {
            core.meter.skipped(work);
        }
        countInGroup(frame, work);
        Metadata metadata = outcome == FrameState.ENDED ? Metadata.EMPTY : MetadataUnion.lenient(work, frame);
        complete(frame, work, Attempt.passed(work, outcome, metadata));
    }

    private void open(Task task, @Nullable Outcome<?> obstacle) {
        FrameState frame = task.frame();
        WorkPlan work = task.work();
        if (frame.isLaterRoot()) {
            complete(frame, work, Attempt.passed(work, NOT_ASKED));
            return;
        }
        Stream stream = opened(frame, work);
        if (obstacle instanceof Outcome.Failed<?>(FastException cause)) {
            complete(frame, work, Attempt.passed(work, obstacle));
            core.admission.fail(stream, cause);
        } else if (obstacle != null) {
            if (obstacle instanceof Outcome.Skipped<?> reason) {
                stream.skipped = reason;
            }
            complete(frame, work, Attempt.passed(work, obstacle));
            core.endings.end(stream);
        } else if (work.node instanceof Restream<?> restream) {
            core.merging.begin(stream, restream);
            complete(frame, work, Attempt.passed(work, NOT_ASKED));
        } else {
            core.lanes.submit(task);
        }
    }

    /// A stateful work has been executed; a failure voids its state.
    void completeStateful(FrameState frame, WorkPlan work, Attempt attempt, boolean restarts) {
        FastException failure = attempt.failure();
        if (failure != null && !restarts) {
            frame.stream.broken[work.index] = failure;
            core.leaving.stopAfter(frame, work.position, failure);
        }
        complete(frame, work, attempt);
    }

    /// Work is done: its outcomes are known to all who wait for them.
    void complete(FrameState frame, WorkPlan work, Attempt attempt) {
        if (work.role == Role.LOAD && !frame.keyTaken) {
            core.errands.discardKey(frame);
        }
        if (attempt instanceof StepRun step) {
            core.admission.account(frame, step.taken());
            if (work.role != Role.OPEN) {
                core.notices.executed(work, frame, step.failure());
            }
        }
        for (int i = 0; i < work.outs.size(); i++) {
            resolve(frame, work.outs.get(i), attempt.result(i), attempt.metadata());
        }
        Stream stream = frame.stream;
        if (work.role.isOrdered() || frame.domain.isRoot()) {
            Stream.Turn turn = stream.turns[work.index];
            if (turn.next == frame.sequence) {
                pass(stream, work, turn);
                if (work.role == Role.ADD) {
                    folding.added(stream, work, turn);
                }
            }
        }
        if (work.role != Role.TAKE) {
            finishWork(frame, work);
        }
    }

    /// Lets the next frame pass an ordered work.
    void pass(Stream stream, WorkPlan work, Stream.Turn turn) {
        turn.next++;
        FrameState next = turn.parked.remove(turn.next);
        if (next != null) {
            agenda.add(Task.of(work, next));
        }
        core.endings.check(stream);
    }

    private void resolve(FrameState frame, Slot slot, Outcome<?> outcome, Metadata metadata) {
        frame.outcomes[slot.index] = outcome;
        frame.metadata[slot.index] = metadata;
        for (WorkPlan reader : slot.readers) {
            arrive(frame, reader);
        }
        for (FrameState.Waiter waiter : frame.takeWaiters(slot)) {
            arrive(waiter.frame(), waiter.work());
        }
        if (frame.isUnread(slot)) {
            frame.giveBack(slot.index);
        }
    }

    /// The work needs its inputs no longer and is no longer part of what the frame waits for.
    void finishWork(FrameState frame, WorkPlan work) {
        doneReading(frame, work);
        if (!work.role.isObserver()) {
            closeOne(frame);
        }
    }

    void doneReading(FrameState frame, WorkPlan work) {
        for (Slot slot : work.near) {
            frame.doneReading(slot);
        }
    }

    /// One thing that the frame waited for is done; after the last it is complete.
    void closeOne(FrameState frame) {
        if (--frame.open == 0) {
            core.leaving.completed(frame);
        }
    }
}
