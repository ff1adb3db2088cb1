// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/// Hands frames to subscribers.
///
/// All methods are called under the run's lock.
final class Deliveries {
    /// Frames of a newest-only subscription that may be in work, waiting ones included.
    private static final int NEWEST_IN_WORK = 2;

    private final RunCore core;
    private final Condition changed;
    private final List<Desk> desks = new ArrayList<>();
    private final Map<BitSet, BitSet> needed = new HashMap<>();

    /// Where one subscriber picks its frames up.
    private static final class Desk {
        private final Subscription subscription;
        private final WorkPlan work;
        private final Deque<FrameState> frames = new ArrayDeque<>();
        private int waiting;
        private int inWork;

        Desk(Subscription subscription, WorkPlan work) {
            this.subscription = subscription;
            this.work = work;
        }

        private boolean isNewestOnly() {
            return subscription.delivery() == Subscription.Delivery.NEWEST;
        }
    }

    Deliveries(RunCore core) {
        this.core = core;
        this.changed = core.lock.newCondition();
        for (WorkPlan work : core.plan.works) {
            if (work.role == Role.DELIVER) {
                desks.add(new Desk(core.plan.subscriptions.get(work.subscription), work));
            }
        }
    }

    /// Settles who wants a new frame.
    void choose(FrameState frame) {
        if (core.roots.standsBeside(frame)) {
            return; // nobody is shown static values of later epochs by themselves
        }
        for (Desk desk : desks) {
            if (desk.work.domain == frame.domain && desk.isNewestOnly()) {
                if (desk.inWork < NEWEST_IN_WORK) {
                    desk.inWork++;
                } else {
                    frame.unwanted.set(desk.work.subscription);
                    core.notices.dropped(frame);
                }
            }
        }
    }

    /// Adds to what is done for a new frame the work that nobody needs.
    Map<WorkPlan, Attempt> withUnwanted(FrameState frame, Map<WorkPlan, Attempt> done) {
        if (frame.unwanted.isEmpty()) {
            return done;
        }
        BitSet wanted = needed.computeIfAbsent(frame.unwanted, core.plan::neededWithout);
        Map<WorkPlan, Attempt> all = new HashMap<>(done);
        for (WorkPlan work : frame.domain.works) {
            if (!wanted.get(work.position) && !work.role.isObserver()) {
                all.putIfAbsent(work, Attempt.passed(work, Scheduler.NOT_ASKED));
            }
        }
        return all;
    }

    boolean isUnwanted(FrameState frame, WorkPlan work) {
        return work.role == Role.DELIVER && frame.unwanted.get(work.subscription);
    }

    /// Lays a frame that is through out for those who want it.
    void deliver(FrameState frame) {
        for (Desk desk : desks) {
            if (desk.work.domain != frame.domain) {
                continue;
            }
            if (frame.unwanted.get(desk.work.subscription) || Obstacle.isOver(frame, desk.work)) {
                core.scheduler.finishWork(frame, desk.work);
                continue;
            }
            frame.holders++;
            desk.frames.add(frame);
            if (desk.isNewestOnly() && desk.frames.size() > 1) {
                FrameState old = desk.frames.poll();
                desk.inWork--;
                core.notices.dropped(old);
                giveBack(old, desk.work);
            }
            changed.signalAll();
        }
    }

    /// Whether a subscriber is waiting for a frame that is not there yet.
    boolean isAnyWaiting() {
        return desks.stream().anyMatch(desk -> desk.waiting > 0 && desk.frames.isEmpty());
    }

    /// Whether no frame lies here for anybody.
    boolean isEmpty() {
        return desks.stream().allMatch(desk -> desk.frames.isEmpty());
    }

    /// What each subscriber is at, in words.
    List<String> states() {
        List<String> states = new ArrayList<>();
        for (Desk desk : desks) {
            String who = "subscriber of "
                    + desk.subscription.ports().stream()
                            .map(core.plan.graph::name)
                            .toList();
            if (!desk.frames.isEmpty()) {
                states.add(who + ": has not taken " + desk.frames.getFirst()
                        + (desk.frames.size() > 1 ? " and " + (desk.frames.size() - 1) + " after it" : ""));
            } else {
                states.add(who + (desk.waiting > 0 ? ": waits for a frame" : ": does not ask for a frame"));
            }
        }
        return states;
    }

    int count() {
        return desks.size();
    }

    WorkPlan work(int subscription) {
        return desks.get(subscription).work;
    }

    /// Waits for the next frame of a subscription.
    ///
    /// @return nothing after the run's end
    @Nullable FrameState take(int subscription) {
        Desk desk = desks.get(subscription);
        desk.waiting++;
        try {
            core.demand(desk.work);
            WaitEvent wait = desk.frames.isEmpty() ? WaitEvent.recorded() : null;
            while (desk.frames.isEmpty() && !core.isEnded()) {
                changed.awaitUninterruptibly();
            }
            FrameState frame = desk.frames.poll();
            WaitEvent.end(wait, desk.work.name, frame == null ? "" : frame, WaitEvent.FRAME);
            if (frame != null && desk.isNewestOnly()) {
                desk.inWork--;
            }
            return frame;
        } finally {
            desk.waiting--;
        }
    }

    /// A subscriber is done with a frame.
    void giveBack(FrameState frame, WorkPlan work) {
        core.scheduler.finishWork(frame, work);
        core.leaving.releaseOnce(frame);
    }

    void signal() {
        changed.signalAll();
    }
}
