// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Says what of a frame anybody asks for.
///
/// What subscriptions want of a frame is settled when the frame below the root that it belongs to comes in;
/// somebody who leaves wants nothing any more. A newest-only subscription that is busy leaves the newest frame
/// undecided until a newer one comes, it has time for it, or the stream ends: so its last frame is the stream's
/// last.
///
/// All methods are called under the run's lock.
final class Demand {
    /// Whether work on a frame is to be done.
    enum Answer {
        NEEDED,
        UNNEEDED,
        UNDECIDED
    }

    private final RunCore core;
    private final Map<BitSet, BitSet> neededWithout = new HashMap<>();

    /// Work that waits for a decision.
    private final List<FrameState.Waiter> parked = new ArrayList<>();

    /// Whether there ever was a subscription that does not want each frame.
    private boolean selective;

    Demand(RunCore core) {
        this.core = core;
    }

    void beSelective() {
        selective = true;
    }

    /// Settles who wants a new frame.
    void choose(FrameState frame) {
        if (frame.domain.isRoot()) {
            return;
        }
        for (Desk desk : core.deliveries.desks()) {
            if (!desk.joined) {
                if (frame.isTop()) {
                    unwant(frame, desk.work);
                }
            } else if (desk.isNewestOnly() && desk.work.domain == frame.domain && !isUnwanted(frame, desk.work)) {
                chooseNewest(desk, frame);
            }
        }
    }

    /// Children of several frames come in side by side: the newest is the last in order, not the last to come.
    private void chooseNewest(Desk desk, FrameState frame) {
        if (desk.hasTime() || frame.stream.ended) {
            desk.inWork.add(frame);
        } else if (desk.undecided != null && frame.compareTo(desk.undecided) < 0) {
            unwant(frame, desk.work);
            core.notices.dropped(frame.toString(), desk.work.name);
        } else {
            decide(desk, false);
            desk.undecided = frame;
            leaveOpen(frame, desk.work);
        }
    }

    /// It is known whether a subscription wants the newest frame, if there is one that it was not known of.
    void decide(Desk desk, boolean wanted) {
        FrameState frame = desk.undecided;
        if (frame != null) {
            desk.undecided = null;
            if (wanted) {
                desk.inWork.add(frame);
            } else if (desk.joined) {
                core.notices.dropped(frame.toString(), desk.work.name);
            }
            decide(frame, desk.work, wanted);
        }
    }

    /// A newest-only subscription may have time for the newest frame now.
    void decideIfTime(Desk desk) {
        if (desk.hasTime()) {
            decide(desk, true);
        }
    }

    /// Whether the newest frame of `stream` is not wanted yet, so that the next one must come in for it.
    boolean isUndecided(Stream stream) {
        return selective
                && core.deliveries.desks().stream()
                        .anyMatch(desk -> desk.undecided != null && desk.undecided.stream == stream);
    }

    /// No more frames come in: the last one is wanted.
    void ended(Stream stream) {
        for (Desk desk : core.deliveries.desks()) {
            if (desk.undecided != null && desk.undecided.stream == stream) {
                decide(desk, true);
            }
        }
    }

    /// What is static is always needed: it is made once, and whoever comes later finds it.
    Answer of(FrameState frame, WorkPlan work) {
        if (!selective || frame.domain.isRoot()) {
            return Answer.NEEDED;
        }
        BitSet unwanted = new BitSet();
        BitSet open = new BitSet();
        for (FrameState at = frame; at != null; at = at.parent) {
            or(unwanted, at.unwanted);
            or(open, at.undecided);
        }
        open.or(unwanted);
        if (isNeeded(work, open)) {
            return Answer.NEEDED;
        }
        return open.equals(unwanted) || !isNeeded(work, unwanted) ? Answer.UNNEEDED : Answer.UNDECIDED;
    }

    private static void or(BitSet all, @Nullable BitSet more) {
        if (more != null) {
            all.or(more);
        }
    }

    private boolean isNeeded(WorkPlan work, BitSet unwanted) {
        return unwanted.isEmpty()
                || neededWithout
                        .computeIfAbsent(unwanted, core.plan::neededWithout)
                        .get(work.position);
    }

    /// Whether anybody asks for frames of a stream now; if not, its source is not read. Restreams take what
    /// they get.
    boolean isAsked(Stream stream) {
        FrameState above = stream.parent;
        return !selective
                || above == null
                || !above.domain.isRoot()
                || isAskedWithout(core.deliveries.away(), stream, Role.LOAD);
    }

    /// Whether a sink or a subscription asked for frames of a stream before anybody joined.
    boolean isAskedFromTheStart(Stream stream) {
        BitSet late = new BitSet();
        core.deliveries.desks().forEach(desk -> late.set(desk.work.subscription, !desk.subscription.joined()));
        return isAskedWithout(late, stream, Role.LOAD) && isAskedWithout(late, stream, Role.MERGE);
    }

    private boolean isAskedWithout(BitSet away, Stream stream, Role maker) {
        return stream.domain.works.stream().noneMatch(work -> work.role == maker && !isNeeded(work, away));
    }

    /// Whether an observer does not want a frame; sinks want each.
    boolean isUnwanted(FrameState frame, WorkPlan observer) {
        if (observer.role == Role.SINK) {
            return false;
        }
        for (FrameState at = frame; at != null; at = at.parent) {
            if (at.unwanted != null && at.unwanted.get(observer.subscription)) {
                return true;
            }
        }
        return false;
    }

    void unwant(FrameState frame, WorkPlan delivery) {
        BitSet unwanted = frame.unwanted;
        if (unwanted == null) {
            unwanted = new BitSet();
            frame.unwanted = unwanted;
        }
        unwanted.set(delivery.subscription);
    }

    private void leaveOpen(FrameState frame, WorkPlan delivery) {
        BitSet undecided = frame.undecided;
        if (undecided == null) {
            undecided = new BitSet();
            frame.undecided = undecided;
        }
        undecided.set(delivery.subscription);
    }

    private void decide(FrameState frame, WorkPlan delivery, boolean wanted) {
        if (frame.undecided != null) {
            frame.undecided.clear(delivery.subscription);
        }
        if (!wanted) {
            unwant(frame, delivery);
        }
        List<FrameState.Waiter> waiters = List.copyOf(parked);
        parked.clear();
        waiters.forEach(waiter -> core.scheduler.again(waiter.frame(), waiter.work()));
    }

    /// Work waits until it is known whether it is needed.
    void park(FrameState frame, WorkPlan work) {
        parked.add(new FrameState.Waiter(frame, work));
    }
}
