// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Has folds copied for viewers who wait, between two adds; folds of one stream after the same child.
///
/// All methods are called under the run's lock.
final class Snapshots {
    private final RunCore core;
    private final Map<Desk, Set<WorkPlan>> folds = new HashMap<>();

    /// How many children the last snapshot of each subscription had, and of which frame it was.
    private final Map<Desk, Shown> shown = new HashMap<>();

    private record Shown(FrameState frame, long children) {}

    Snapshots(RunCore core) {
        this.core = core;
        for (Desk desk : core.deliveries.desks()) {
            if (desk.subscription.delivery() == Subscription.Delivery.SNAPSHOTS) {
                Set<WorkPlan> filling = new HashSet<>();
                for (WorkPlan work : desk.work.domain.works) {
                    if (desk.work.feeds.stream().anyMatch(slots -> work.outs.contains(slots.getFirst()))) {
                        filling.add(work);
                    }
                }
                folds.put(desk, filling);
            }
        }
    }

    /// Begins a snapshot for a viewer, if one waits and there is something new.
    void consider(Desk desk) {
        FrameState frame = folds.containsKey(desk) && desk.making == null && desk.isWaitedAt() ? next(desk) : null;
        if (frame == null) {
            return;
        }
        Map<Stream, Long> counts = new HashMap<>();
        for (WorkPlan fold : folds(desk)) {
            Stream stream = core.scheduler.opened(frame, fold);
            Stream.Turn turn = turn(stream, fold);
            counts.merge(stream, turn.busy ? turn.next + 1 : turn.next, Math::max);
        }
        long children = counts.values().stream().mapToLong(Long::longValue).sum();
        if (counts.containsValue(0L) || new Shown(frame, children).equals(shown.get(desk))) {
            return;
        }
        shown.put(desk, new Shown(frame, children));
        Snapshot snapshot = new Snapshot(desk, frame);
        desk.making = snapshot;
        for (WorkPlan fold : folds(desk)) {
            snapshot.awaited.put(fold, Objects.requireNonNull(counts.get(core.scheduler.opened(frame, fold))));
        }
        folds(desk).forEach(fold -> copy(snapshot, fold));
    }

    /// The frame that the subscriber gets next; the static one, until it was shown.
    private @Nullable FrameState next(Desk desk) {
        if (desk.work.domain.isRoot()) {
            FrameState root = core.roots.shown();
            return root == desk.shown ? null : root;
        }
        return desk.inWork.isEmpty() ? null : Collections.min(desk.inWork);
    }

    private Set<WorkPlan> folds(Desk desk) {
        return Objects.requireNonNull(folds.get(desk));
    }

    private static Stream.Turn turn(Stream stream, WorkPlan fold) {
        return stream.turns[add(fold).index];
    }

    private static WorkPlan add(WorkPlan fold) {
        return Objects.requireNonNull(fold.partner, "a snapshot is of folds");
    }

    private void copy(Snapshot snapshot, WorkPlan fold) {
        Stream stream = core.scheduler.opened(snapshot.frame, fold);
        Stream.Turn turn = turn(stream, fold);
        if (!Long.valueOf(turn.next).equals(snapshot.awaited.get(fold)) || turn.busy) {
            return;
        }
        if (stream.states[add(fold).index] == null || stream.broken[add(fold).index] != null || stream.closed) {
            cancel(snapshot);
            return;
        }
        turn.busy = true;
        snapshot.begin(fold);
        core.lanes.submit(Task.snapshot(fold, snapshot));
    }

    /// A child has been added, or passed over.
    void added(Stream stream, WorkPlan add) {
        for (Desk desk : folds.keySet()) {
            WorkPlan fold = Objects.requireNonNull(add.partner);
            Snapshot making = desk.making;
            if (making == null) {
                consider(desk);
            } else if (making.frame == stream.parent && making.awaited.containsKey(fold)) {
                copy(making, fold);
            }
        }
    }

    /// A fold has been copied: it may go on.
    void copied(Snapshot snapshot, StepRun step) {
        WorkPlan add = add(step.work);
        Stream.Turn turn = turn(core.scheduler.opened(snapshot.frame, step.work), step.work);
        turn.busy = false;
        FrameState next = turn.parked.remove(turn.next);
        if (next != null) {
            core.scheduler.again(next, add);
        }
        if (turn.finishes) {
            core.scheduler.again(snapshot.frame, step.work);
        }
        snapshot.add(step);
        Desk desk = snapshot.desk;
        if (snapshot.isWhole()) {
            desk.making = null;
            if (snapshot.isWorthShowing() && desk.isWaitedAt() && next(desk) == snapshot.frame) {
                core.deliveries.offer(desk, snapshot);
            } else {
                snapshot.close();
            }
            consider(desk);
        }
    }

    /// A fold has all children: its result comes in place of a snapshot.
    ///
    /// @return whether it may be finished at once
    boolean mayFinish(FrameState frame, WorkPlan fold) {
        for (Desk desk : folds.keySet()) {
            Snapshot making = desk.making;
            if (making != null && making.frame == frame && making.awaited.containsKey(fold)) {
                cancel(making);
            }
        }
        Stream.Turn turn = turn(core.scheduler.opened(frame, fold), fold);
        turn.finishes = turn.busy;
        return !turn.busy;
    }

    private static void cancel(Snapshot snapshot) {
        snapshot.desk.making = null;
        snapshot.close();
    }
}
