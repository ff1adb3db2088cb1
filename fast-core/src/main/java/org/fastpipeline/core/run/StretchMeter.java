// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.ProcessObject;
import org.fastpipeline.core.measure.Durations;
import org.fastpipeline.core.measure.Measurement;
import org.fastpipeline.core.measure.RunReport;
import org.jspecify.annotations.Nullable;

/// Times frames from one node to another. Thread-safe; the marks on a frame belong to the thread that works on it.
final class StretchMeter {
    final Measurement.Stretch stretch;
    final WorkPlan from;
    final WorkPlan to;
    private final int index;
    private final Measurement measurement;
    private final Durations time;
    private int toIgnore;
    private long through;
    private long first;
    private long last;

    private StretchMeter(Measurement.Stretch stretch, int index, WorkPlan from, WorkPlan to, Measurement measurement) {
        this.stretch = stretch;
        this.index = index;
        this.from = from;
        this.to = to;
        this.measurement = measurement;
        this.time = new Durations(measurement.warmUp(), measurement.window());
        this.toIgnore = measurement.warmUp();
    }

    /// The meter of the stretch at `index` in the measurement.
    ///
    /// @throws WrongUseException if no frame can go from the one node to the other
    static StretchMeter of(Measurement.Stretch stretch, int index, Plan plan, Measurement measurement) {
        WorkPlan from = result(stretch.from(), plan);
        WorkPlan to = result(stretch.to(), plan);
        if (from.domain != to.domain) {
            throw fault(from, to, "one works on " + from.domain + ", the other on " + to.domain);
        }
        if (!isDownstream(stretch.to(), stretch.from(), plan)) {
            throw fault(from, to, "the second does not depend on the first");
        }
        return new StretchMeter(stretch, index, from, to, measurement);
    }

    private static WrongUseException fault(WorkPlan from, WorkPlan to, String met) {
        return new WrongUseException(
                "measurement between " + from + " and " + to,
                "met two nodes of which " + met + "; needed a node and another downstream of it on the same frames",
                "Name two such nodes, such as the node before a patch generator and the one after a stitcher");
    }

    private static WorkPlan result(ProcessObject node, Plan plan) {
        String name = plan.graph.node(node).name();
        return plan.works.stream()
                .filter(work -> node.equals(work.node) && work.role.makesResult())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " makes no result"));
    }

    private static boolean isDownstream(ProcessObject node, ProcessObject of, Plan plan) {
        Set<ProcessObject> seen = new HashSet<>();
        Deque<ProcessObject> agenda = new ArrayDeque<>();
        agenda.add(node);
        while (!agenda.isEmpty()) {
            ProcessObject at = agenda.poll();
            if (at.equals(of)) {
                return true;
            }
            if (seen.add(at)) {
                plan.graph.node(at).feeds().forEach(outs -> outs.forEach(out -> agenda.add(out.owner())));
            }
        }
        return false;
    }

    /// The first node has begun to work on `frame`; only the first try counts.
    void begins(FrameState frame, long begun) {
        @Nullable Long[] marks = frame.marks;
        if (marks == null) {
            marks = new Long[measurement.stretches().size()];
            frame.marks = marks;
        }
        if (marks[index] == null) {
            marks[index] = begun;
        }
    }

    /// The last node has made something of `frame`.
    void ends(FrameState frame, long ended) {
        Long begun = frame.marks == null ? null : frame.marks[index];
        if (begun != null) {
            through(begun, ended);
        }
    }

    private synchronized void through(long begun, long ended) {
        time.add(ended - begun);
        if (toIgnore > 0) {
            toIgnore--;
            return;
        }
        first = through == 0 ? begun : Math.min(first, begun);
        last = through == 0 ? ended : Math.max(last, ended);
        through++;
    }

    synchronized RunReport.StretchReport report() {
        long passed = last - first;
        double rate = passed == 0 ? 0 : through * (double) TimeUnit.SECONDS.toNanos(1) / passed;
        return new RunReport.StretchReport(time.summary(), rate);
    }
}
