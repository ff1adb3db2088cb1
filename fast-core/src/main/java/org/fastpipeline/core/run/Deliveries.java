// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.locks.Condition;
import org.fastpipeline.core.error.WaitInterruptedException;
import org.jspecify.annotations.Nullable;

/// Hands frames to subscribers.
///
/// All methods are called under the run's lock.
final class Deliveries {
    private final RunCore core;
    private final Condition changed;
    private final List<Desk> desks = new ArrayList<>();

    /// Whether the run is being closed: a frame that is taken now would outlive it.
    private boolean shut;

    Deliveries(RunCore core) {
        this.core = core;
        this.changed = core.lock.newCondition();
        for (WorkPlan work : core.plan.works) {
            if (work.role == Role.DELIVER) {
                Desk desk = new Desk(core.plan.subscriptions.get(work.subscription), work);
                desks.add(desk);
                if (desk.isNewestOnly() || !desk.joined) {
                    core.demand.beSelective();
                }
            }
        }
    }

    /// Lays a frame that is through out for those who want it.
    void deliver(FrameState frame) {
        for (Desk desk : desks) {
            if (desk.work.domain == frame.domain) {
                deliver(frame, desk);
            }
        }
    }

    private void deliver(FrameState frame, Desk desk) {
        boolean over = Obstacle.isOver(frame, desk.work) || desk.hasShown(frame);
        boolean wanted = desk.joined && !desk.dropping && !core.demand.isUnwanted(frame, desk.work);
        if (!over && (wanted || isKeptForLate(desk, frame))) {
            layOut(desk, frame);
        } else {
            core.scheduler.finishWork(frame, desk.work);
            if (desk.inWork.remove(frame)) {
                core.demand.decideIfTime(desk);
            }
        }
    }

    /// Whoever joins a late subscription to the newest is shown what is there at once: frames that were computed
    /// anyway.
    private static boolean isKeptForLate(Desk desk, FrameState frame) {
        return !desk.joined && !desk.subscription.joined() && desk.isNewestOnly() && desk.isServedBy(frame);
    }

    private void layOut(Desk desk, FrameState frame) {
        frame.holders++;
        desk.shown = frame;
        if (desk.isNewestOnly()) {
            core.leaving.lend(frame);
            for (Desk.Pick old = desk.laidOut.poll(); old != null; old = desk.laidOut.poll()) {
                if (desk.joined && old.snapshot() == null) {
                    core.notices.dropped(old.frame().toString(), desk.work.name);
                }
                giveBack(desk, old);
            }
        }
        desk.laidOut.add(new Desk.Pick(frame, null));
        changed.signalAll();
        core.demand.decideIfTime(desk);
    }

    /// Shows static values as soon as they are known: what streams need not be waited for.
    void show(FrameState frame) {
        for (Desk desk : desks) {
            if (desk.work.domain == frame.domain && !desk.hasShown(frame) && !frame.standsBeside) {
                show(desk, frame);
            }
        }
    }

    private void show(Desk desk, FrameState frame) {
        if (desk.joined && !desk.dropping && desk.isServedBy(frame) && !core.leaving.isFatal(frame)) {
            layOut(desk, frame);
        }
    }

    /// Shows static values once more.
    void showAgain(WorkPlan delivery, FrameState frame) {
        show(desk(delivery), frame);
    }

    /// Lays a snapshot out for who waits.
    void offer(Desk desk, Snapshot snapshot) {
        desk.laidOut.add(new Desk.Pick(snapshot.frame, snapshot));
        changed.signalAll();
    }

    /// Whether a subscriber is waiting for a frame that is not there yet.
    boolean isAnyWaiting() {
        return desks.stream().anyMatch(Desk::isWaitedAt);
    }

    /// Whether each subscriber of all frames waits for the next, so that none of them keeps the run waiting.
    boolean isAllWaitedFor() {
        return desks.stream().allMatch(desk -> !desk.joined || desk.isNewestOnly() || desk.isWaitedAt());
    }

    /// Whether no frame lies here for anybody.
    boolean isEmpty() {
        return desks.stream().allMatch(desk -> desk.laidOut.isEmpty());
    }

    /// What each subscriber is at, in words.
    List<String> states() {
        List<String> states = new ArrayList<>();
        for (Desk desk : desks) {
            String who = "subscriber of "
                    + desk.subscription.ports().stream()
                            .map(core.plan.graph::name)
                            .toList();
            if (!desk.laidOut.isEmpty()) {
                states.add(who + ": has not taken " + desk.laidOut.getFirst().frame()
                        + (desk.laidOut.size() > 1 ? " and " + (desk.laidOut.size() - 1) + " after it" : ""));
            } else {
                states.add(who + (desk.waiting > 0 ? ": waits for a frame" : ": does not ask for a frame"));
            }
        }
        return states;
    }

    int count() {
        return desks.size();
    }

    Desk desk(int subscription) {
        return desks.get(subscription);
    }

    private Desk desk(WorkPlan delivery) {
        return desks.get(delivery.subscription);
    }

    List<Desk> desks() {
        return desks;
    }

    /// The subscriptions that nobody has joined.
    BitSet away() {
        BitSet away = new BitSet();
        for (Desk desk : desks) {
            away.set(desk.work.subscription, !desk.joined);
        }
        return away;
    }

    /// Waits for the next frame of a subscription.
    ///
    /// @return nothing after the run's end, when it is being closed, and when nobody has joined the subscription
    /// @throws WaitInterruptedException if the waiting thread is interrupted
    Desk.@Nullable Pick take(int subscription) {
        Desk desk = desks.get(subscription);
        desk.waiting++;
        try {
            core.ask(desk.work);
            core.settle(() -> core.snapshots.consider(desk));
            WaitEvent wait = desk.laidOut.isEmpty() ? WaitEvent.recorded() : null;
            while (desk.laidOut.isEmpty() && desk.joined && !core.isEnded()) {
                changed.await();
            }
            Desk.Pick next = desk.laidOut.peek();
            WaitEvent.end(wait, desk.work.name, next == null ? "" : next.frame(), WaitEvent.FRAME);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new WaitInterruptedException("a frame of " + desk.work, interruption);
        } finally {
            desk.waiting--;
        }
        Desk.Pick pick = desk.joined && !shut ? desk.laidOut.poll() : null;
        if (pick != null && pick.snapshot() == null && desk.inWork.remove(pick.frame())) {
            core.settle(() -> core.demand.decideIfTime(desk));
        }
        return pick;
    }

    /// Somebody joins: from the next frame that comes in on, and with what is there.
    void join(int subscription) {
        Desk desk = desks.get(subscription);
        if (!desk.joined) {
            desk.joined = true;
            FrameState root = core.roots.shown();
            if (desk.work.domain.isRoot() && root != null) {
                show(desk, root);
            }
            core.admission.signal();
        }
    }

    /// Somebody leaves: what is laid out is given back, what is in work is wanted no longer.
    void leave(int subscription) {
        Desk desk = desks.get(subscription);
        if (desk.joined) {
            desk.joined = false;
            core.demand.beSelective();
            core.demand.decide(desk, false);
            core.roots.topFrames().forEach(frame -> core.demand.unwant(frame, desk.work));
            clear(desk);
            desk.inWork.clear();
            changed.signalAll();
            core.admission.signal();
        }
    }

    /// Wants all frames from here on, and drops them.
    void dropAll() {
        for (Desk desk : desks) {
            desk.dropping = desk.joined;
            if (desk.joined) {
                clear(desk);
                desk.inWork.clear();
                core.demand.decideIfTime(desk);
            }
        }
        core.admission.signal();
    }

    private void clear(Desk desk) {
        for (Desk.Pick pick = desk.laidOut.poll(); pick != null; pick = desk.laidOut.poll()) {
            giveBack(desk, pick);
        }
    }

    private void giveBack(Desk desk, Desk.Pick pick) {
        Snapshot snapshot = pick.snapshot();
        if (snapshot != null) {
            snapshot.close();
        } else {
            desk.inWork.remove(pick.frame());
            giveBack(pick.frame(), desk.work);
        }
    }

    /// A subscriber is done with a frame.
    void giveBack(FrameState frame, WorkPlan delivery) {
        core.scheduler.finishWork(frame, delivery);
        if (desk(delivery).isNewestOnly()) {
            core.leaving.takeBack(frame);
        } else {
            core.leaving.releaseOnce(frame);
        }
    }

    /// Hands out nothing any more.
    void shut() {
        shut = true;
    }

    /// Gives back what nobody has picked up: there is nothing to take from a closed run.
    void closeAll() {
        for (Desk desk : desks) {
            if (desk.making != null) {
                desk.making.close();
            }
            clear(desk);
        }
    }

    void signal() {
        changed.signalAll();
    }
}
