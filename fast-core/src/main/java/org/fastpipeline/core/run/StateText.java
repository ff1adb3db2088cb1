// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fastpipeline.core.graph.Input;

/// Who waits for whom in a run, in lines of text. Made and read under the run's lock.
final class StateText {
    private static final int MOST_LINES = 20;
    private static final int STACK = 8;
    private static final int MEGABYTES = 20;
    private static final double MILLIS = 1000;

    private final RunCore core;
    private final List<String> lines = new ArrayList<>();

    StateText(RunCore core) {
        this.core = core;
        List<FrameState> frames = core.framesInWork().stream()
                .sorted()
                .filter(frame -> !frame.domain.isRoot() || frame.domain.children.isEmpty())
                .toList();
        lines.add("frames in work: " + frames.size() + "; work ready for a thread: "
                + core.lanes.ready().size() + "; native memory: " + (core.pool.used() >> MEGABYTES) + " of "
                + (core.options.memoryCap() >> MEGABYTES) + " MiB");
        core.lanes.atWork().forEach(this::atWork);
        core.lanes.atWork().values().forEach(this::source);
        section(
                "Ready, waiting for a thread:",
                core.lanes.ready().stream()
                        .map(task -> task.work().name + " on " + task.frame() + " ("
                                + task.work().lane.name() + ")")
                        .toList());
        List<String> waits = new ArrayList<>();
        frames.forEach(frame -> waitsOf(frame, waits));
        section("Frames that wait:", waits);
        section("Subscribers:", core.deliveries.states());
    }

    private void section(String title, List<String> entries) {
        if (!entries.isEmpty()) {
            lines.add(title);
            entries.stream().limit(MOST_LINES).forEach(entry -> lines.add("  " + entry));
            if (entries.size() > MOST_LINES) {
                lines.add("  ... and " + (entries.size() - MOST_LINES) + " more");
            }
        }
    }

    private void atWork(Thread thread, Object what) {
        String on;
        if (what instanceof Task task) {
            on = task.work().name + " works on " + task.frame()
                    + (!task.group().isEmpty() ? " and " + (task.group().size() - 1) + " after it" : "");
        } else if (what instanceof Stream stream && stream.waitsFor == null) {
            on = stream.domain + " makes " + stream + "#" + stream.admitted;
        } else {
            return;
        }
        Duration time = core.watchdog.at(thread);
        String since = time.isZero() ? "" : String.format(Locale.ROOT, " for %.1f s", time.toMillis() / MILLIS);
        lines.add(on + since + " on " + thread.getName());
        StackTraceElement[] stack = thread.getStackTrace();
        for (int i = 0; i < Math.min(STACK, stack.length); i++) {
            lines.add("    at " + stack[i]);
        }
    }

    private void source(Object what) {
        if (what instanceof Stream stream && stream.waitsFor != null) {
            String wait = stream.waitsFor instanceof Wait.Arrival(Input<?> in, Stream.Intake _)
                    ? "for a frame at " + core.plan.graph.node(in.owner()).name() + "." + in.name()
                    : core.admission.obstacle(stream);
            lines.add(stream.domain + " waits " + wait);
        }
    }

    /// What `frame` waits for: the first node in each branch that cannot go on.
    private void waitsOf(FrameState frame, List<String> waits) {
        Stream stream = frame.stream;
        for (WorkPlan work : frame.domain.works) {
            if (work.role.isObserver()) {
                continue;
            }
            if (frame.pending[work.index] > 0) {
                missing(frame, work, waits);
            } else if (stream.turns[work.index].parked.get(frame.sequence) == frame) {
                waits.add(frame + ": " + work + " waits for its turn after " + stream.domain + "#"
                        + stream.turns[work.index].next);
            } else if (isGathered(frame, work)) {
                waits.add(frame + ": " + work + " waits until " + work.batch + " frames are together");
            }
        }
        if (stream.complete.containsValue(frame)) {
            waits.add(frame + ": done, waits for " + stream.domain + "#" + stream.nextToLeave + " to leave first");
        } else if (frame.open == 0 && frame.domain.ordered && frame.sequence < stream.nextToLeave) {
            waits.add(frame + ": through, and not yet taken or given back by its subscriber");
        }
    }

    private static boolean isGathered(FrameState frame, WorkPlan work) {
        return frame.stream.groups.getOrDefault(work, Map.of()).values().stream()
                .anyMatch(group -> group.frames.contains(frame));
    }

    private static void missing(FrameState frame, WorkPlan work, List<String> waits) {
        if (work.role == Role.FINISH) {
            waits.add(frame + ": " + work + " waits for the last frame of " + work.other);
            return;
        }
        for (List<Slot> slots : work.feeds) {
            for (Slot slot : slots) {
                FrameState at = frame.at(slot.domain);
                if (at.outcomes[slot.index] == null && !isItselfWaiting(at, slot)) {
                    waits.add(frame + ": " + work + " waits for " + slot);
                }
            }
        }
    }

    /// Whether what makes `slot` waits for something itself; that line says more.
    private static boolean isItselfWaiting(FrameState frame, Slot slot) {
        for (WorkPlan work : frame.domain.works) {
            if (work.outs.contains(slot)) {
                return frame.pending[work.index] > 0;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
