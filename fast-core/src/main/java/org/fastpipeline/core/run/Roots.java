// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Parameter;
import org.jspecify.annotations.Nullable;

/// Keeps the static values: one root frame per parameter epoch, kept until the last frame of the epoch is done.
///
/// A new epoch takes over what no change has reached. All methods are called under the run's lock.
final class Roots {
    private final RunCore core;
    final Stream stream;

    /// Positions in a snapshot of the parameters that static work reads.
    private final List<Integer> relevant = new ArrayList<>();

    /// Later epochs that come up while streams run; they stand beside the order of leaving.
    private final Set<FrameState> beside = new HashSet<>();

    private final Map<FrameState, FrameState> previous = new HashMap<>();
    private @Nullable FrameState current;

    /// The root frame that opened the streams.
    private @Nullable FrameState first;

    Roots(RunCore core) {
        this.core = core;
        this.stream = new Stream(core.plan.root, null);
        for (WorkPlan work : core.plan.root.works) {
            if (work.node != null && (work.role == Role.STATELESS || work.role == Role.STATEFUL)) {
                for (Parameter<?> parameter : work.node.parameters()) {
                    relevant.addAll(places(work, parameter));
                }
            }
        }
    }

    FrameState current() {
        return Objects.requireNonNull(current, "the first root frame is made when the run begins");
    }

    /// Makes the first root frame, and with it all streams.
    void begin() {
        if (current == null) {
            next(core.admission.parameters());
        }
    }

    /// The root frame for frames with these parameters.
    FrameState at(List<Object> parameters) {
        FrameState now = current();
        if (!sameEpoch(now.parameters, parameters)) {
            FrameState epoch = make(parameters);
            beside.add(epoch);
            epoch.standsBeside = true;
            stream.standBeside(epoch.sequence);
            admit(epoch);
            return epoch;
        }
        return now;
    }

    /// Somebody asks for static ports once more: they are computed again only where something changed or failed.
    void ask(WorkPlan delivery) {
        FrameState now = current;
        List<Object> parameters = core.admission.parameters();
        if (now == null || !sameEpoch(now.parameters, parameters) || hasFailed(now)) {
            next(parameters);
        } else {
            core.deliveries.showAgain(delivery, now);
        }
    }

    /// The root frame whose values are shown to who joins, if there is one.
    @Nullable FrameState shown() {
        return current;
    }

    /// The streams directly below the root.
    private List<Stream> topStreams() {
        FrameState opener = first;
        return opener == null ? List.of() : opener.children;
    }

    /// The frames directly below the root.
    List<FrameState> topFrames() {
        return topStreams().stream().flatMap(top -> top.live.values().stream()).toList();
    }

    /// Whether all streams that were asked for from the start are through, if there were any.
    boolean isAllThrough() {
        List<Stream> asked =
                topStreams().stream().filter(core.demand::isAskedFromTheStart).toList();
        return !asked.isEmpty() && asked.stream().allMatch(top -> top.closed);
    }

    private void next(List<Object> parameters) {
        admit(make(parameters));
    }

    private FrameState make(List<Object> parameters) {
        FrameState frame = new FrameState(stream, null, stream.admitted++, parameters);
        frame.admitted = core.meter.now();
        return frame;
    }

    private void admit(FrameState frame) {
        FrameState before = current;
        if (before == null) {
            first = frame;
        }
        current = frame;
        frame.holders++;
        if (before != null) {
            previous.put(frame, before);
            frame.open -= frame.domain.children.size();
        }
        stream.inFlight++;
        core.scheduler.admit(frame, Map.of());
    }

    /// A root frame that follows another has all it can take over; the one before may go.
    private void settled(FrameState frame) {
        FrameState before = previous.remove(frame);
        if (before != null) {
            core.leaving.releaseOnce(before);
        }
    }

    boolean isBeside(FrameState frame) {
        if (!frame.domain.isRoot()) {
            return false;
        }
        settled(frame);
        if (beside.remove(frame)) {
            stream.left++;
            core.leaving.releaseOnce(frame);
            core.endings.check(stream);
            return true;
        }
        return false;
    }

    @Nullable FrameState previous(FrameState frame) {
        return previous.get(frame);
    }

    /// What an earlier root frame has for `work`, if no change has reached it.
    @Nullable Attempt reuse(FrameState frame, WorkPlan work) {
        FrameState before = frame.domain.isRoot() ? previous.get(frame) : null;
        if (before == null || frame.stream.broken[work.index] != null) {
            return null;
        }
        for (Parameter<?> parameter : Objects.requireNonNull(work.node).parameters()) {
            if (!isSame(places(work, parameter), before.parameters, frame.parameters)) {
                return null;
            }
        }
        for (Slot slot : work.outs) {
            if (before.outcomes[slot.index] instanceof Outcome.Failed<?>) {
                return null;
            }
        }
        for (List<Slot> slots : work.feeds) {
            for (Slot slot : slots) {
                if (!frame.isTakenOver(slot)) {
                    return null;
                }
            }
        }
        work.outs.forEach(frame::markTakenOver);
        return Attempt.copied(work, before);
    }

    private boolean sameEpoch(List<Object> first, List<Object> second) {
        return first == second || isSame(relevant, first, second);
    }

    /// Where a snapshot holds a parameter's value, and how often it was set.
    private List<Integer> places(WorkPlan work, Parameter<?> parameter) {
        int at = work.parameters + parameter.position();
        return List.of(at, core.plan.parameters.size() + at);
    }

    private static boolean isSame(List<Integer> places, List<Object> first, List<Object> second) {
        return places.stream().allMatch(at -> first.get(at).equals(second.get(at)));
    }

    private static boolean hasFailed(FrameState frame) {
        for (Outcome<?> outcome : frame.outcomes) {
            if (outcome instanceof Outcome.Failed<?>) {
                return true;
            }
        }
        return false;
    }
}
