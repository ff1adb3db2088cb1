// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fastpipeline.core.graph.ProcessObject;
import org.fastpipeline.core.graph.TimeSource;
import org.fastpipeline.core.measure.Durations;
import org.fastpipeline.core.measure.Measurement;
import org.fastpipeline.core.measure.RunReport;
import org.jspecify.annotations.Nullable;

/// The one place where a run takes times: each execution and each wait is one event, which goes to Flight
/// Recorder if it listens and into the run's report if the node is measured. If neither is so there is no
/// event, and no clock is read.
///
/// Counts are kept under the run's lock, times by the threads that took them.
final class Meter {
    private final Measurement measurement;
    private final TimeSource clock;
    private final boolean isOn;
    private final Map<String, NodeMeter> nodes = new LinkedHashMap<>();
    private final NodeMeter[] byWork;
    private final List<StretchMeter> stretches = new ArrayList<>();
    private final Durations latency;
    private long frames;
    private long failed;
    private final Map<String, Long> drops = new LinkedHashMap<>();
    private long retries;

    /// What is known of one node; its times are guarded by itself.
    private final class NodeMeter {
        private final boolean measured;
        private final Durations time = durations();
        private final Durations waiting = durations();
        private final Map<String, Durations> parts = new LinkedHashMap<>();
        private final List<StretchMeter> begins = new ArrayList<>();
        private final List<StretchMeter> ends = new ArrayList<>();
        private long executed;
        private long failed;
        private long retried;
        private long skipped;

        NodeMeter(@Nullable ProcessObject node) {
            this.measured = node != null && measurement.includes(node);
        }

        private boolean isTimed() {
            return measured || !begins.isEmpty() || !ends.isEmpty();
        }

        private synchronized RunReport.NodeReport report() {
            ImmutableMap.Builder<String, Durations.Summary> all = ImmutableMap.builder();
            parts.forEach((part, times) -> all.put(part, times.summary()));
            return new RunReport.NodeReport(
                    executed, failed, retried, skipped, time.summary(), waiting.summary(), all.buildOrThrow());
        }
    }

    Meter(Plan plan, RunOptions options) {
        this.measurement = options.measurement();
        this.clock = options.clock();
        this.isOn = measurement.isOn();
        this.latency = durations();
        this.byWork = new NodeMeter[plan.works.size()];
        measurement.nodes().forEach(plan.graph::node);
        for (WorkPlan work : plan.works) {
            byWork[work.position] = work.node == null
                    ? new NodeMeter(null)
                    : nodes.computeIfAbsent(work.name, _ -> new NodeMeter(work.node));
        }
        for (Measurement.Stretch stretch : measurement.stretches()) {
            StretchMeter timed = StretchMeter.of(stretch, stretches.size(), plan, measurement);
            stretches.add(timed);
            byWork[timed.from.position].begins.add(timed);
            byWork[timed.to.position].ends.add(timed);
        }
    }

    private Durations durations() {
        return new Durations(measurement.warmUp(), measurement.window());
    }

    /// The time now; 0 if nothing is measured.
    long now() {
        return isOn ? clock.nanoTime() : 0;
    }

    /// Whether the node of `work` is measured, so that its parts count.
    boolean measures(WorkPlan work) {
        return byWork[work.position].measured;
    }

    /// An execution begins.
    ///
    /// @return none if nobody asks for its time
    @Nullable StepEvent begin(WorkPlan work) {
        boolean timed = byWork[work.position].isTimed();
        StepEvent event = new StepEvent(timed ? clock.nanoTime() : 0);
        if (!timed && !event.isEnabled()) {
            return null;
        }
        event.begin();
        return event;
    }

    /// An execution has ended, well or not. Called by the thread that executed, before anybody knows of its result.
    void end(@Nullable StepEvent event, StepRun step) {
        if (event != null) {
            end(event, List.of(step), step.failure() != null);
        }
    }

    /// As [#end(StepEvent, StepRun)], for a group of frames worked on together.
    void end(@Nullable StepEvent event, List<StepRun> steps, boolean withFailure) {
        if (event == null) {
            return;
        }
        WorkPlan work = steps.getFirst().work;
        if (event.shouldCommit()) {
            event.node = work.name;
            event.frame = steps.getFirst().frame.toString();
            event.frames = steps.size();
            event.failed = withFailure;
            event.commit();
        }
        NodeMeter meter = byWork[work.position];
        if (!meter.isTimed()) {
            return;
        }
        long now = clock.nanoTime();
        if (meter.measured) {
            synchronized (meter) {
                if (work.role != Role.OPEN) {
                    meter.time.add(now - event.begun);
                }
                steps.forEach(step -> step.parts().forEach((part, time) -> meter.parts
                        .computeIfAbsent(part, _ -> durations())
                        .add(time.toNanos())));
            }
        }
        if (work.role.makesResult()) {
            steps.forEach(step -> mark(meter, step.frame, event.begun, now, withFailure));
        }
    }

    private void mark(NodeMeter meter, FrameState frame, long begun, long ended, boolean withFailure) {
        for (StretchMeter stretch : meter.begins) {
            stretch.begins(frame, begun);
        }
        for (StretchMeter stretch : meter.ends) {
            if (!withFailure) {
                stretch.ends(frame, ended);
            }
        }
    }

    /// `task` is ready and begins to wait for a thread.
    Task ready(Task task) {
        boolean timed = measures(task.work());
        WaitEvent event = new WaitEvent(timed ? clock.nanoTime() : 0);
        if (!timed && !event.isEnabled()) {
            return task;
        }
        event.begin();
        return task.waitingSince(event);
    }

    /// A thread takes `task`.
    void taken(Task task) {
        WaitEvent event = task.waiting();
        if (event == null) {
            return;
        }
        WorkPlan work = task.work();
        WaitEvent.end(event, work.name, task.frame(), WaitEvent.THREAD);
        NodeMeter meter = byWork[work.position];
        if (meter.measured && work.role != Role.OPEN) {
            synchronized (meter) {
                meter.waiting.add(clock.nanoTime() - event.begun);
            }
        }
    }

    /// A node was executed on a frame. Under the lock, as all that follows.
    void executed(WorkPlan work, boolean withFailure) {
        NodeMeter meter = byWork[work.position];
        meter.executed++;
        meter.failed += withFailure ? 1 : 0;
    }

    /// A node had nothing to work on.
    void skipped(WorkPlan work) {
        byWork[work.position].skipped++;
    }

    /// A frame is through.
    ///
    /// @param admitted what [#now] said when it was admitted
    void frame(long admitted, boolean withFailure) {
        frames++;
        failed += withFailure ? 1 : 0;
        if (isOn) {
            latency.add(now() - admitted);
        }
    }

    /// A frame was dropped.
    ///
    /// @param dropper the source or subscription that did not want it
    void dropped(String dropper) {
        drops.merge(dropper, 1L, Long::sum);
    }

    /// A failure is tried again.
    void retried(WorkPlan work) {
        retries++;
        byWork[work.position].retried++;
    }

    /// The figures so far.
    ///
    /// @param peakBytes most native memory in use at once
    RunReport report(long peakBytes) {
        ImmutableMap.Builder<String, RunReport.NodeReport> reports = ImmutableMap.builder();
        nodes.forEach((name, meter) -> reports.put(name, meter.report()));
        ImmutableMap.Builder<Measurement.Stretch, RunReport.StretchReport> through = ImmutableMap.builder();
        stretches.forEach(stretch -> through.put(stretch.stretch, stretch.report()));
        return new RunReport(
                frames,
                failed,
                drops.values().stream().mapToLong(Long::longValue).sum(),
                ImmutableMap.copyOf(drops),
                retries,
                reports.buildOrThrow(),
                latency.summary(),
                through.buildKeepingLast(),
                peakBytes);
    }
}
