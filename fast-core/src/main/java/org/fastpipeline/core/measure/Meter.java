// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.measure;

import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Gathers the figures of one run.
///
/// Not thread-safe: the run calls it under its own lock.
public final class Meter {
    private final Map<String, NodeMeter> nodes = new LinkedHashMap<>();
    private final Durations latency = new Durations();
    private long frames;
    private long failed;
    private long dropped;
    private long retries;

    /// Nothing measured yet.
    public Meter() {}

    private static final class NodeMeter {
        private final Durations time = new Durations();
        private final Map<String, Durations> parts = new LinkedHashMap<>();
        private long failed;
        private long skipped;
    }

    private NodeMeter node(String name) {
        NodeMeter known = nodes.get(name);
        if (known == null) {
            known = new NodeMeter();
            nodes.put(name, known);
        }
        return known;
    }

    /// A node executed.
    public void executed(String node, long nanoseconds, boolean withFailure, Map<String, Duration> parts) {
        NodeMeter meter = node(node);
        meter.time.add(nanoseconds);
        meter.failed += withFailure ? 1 : 0;
        parts.forEach((part, time) ->
                meter.parts.computeIfAbsent(part, _ -> new Durations()).add(time.toNanos()));
    }

    /// A node had nothing to work on.
    public void skipped(String node) {
        node(node).skipped++;
    }

    /// A frame is through.
    public void frame(long nanoseconds, boolean withFailure) {
        frames++;
        failed += withFailure ? 1 : 0;
        latency.add(nanoseconds);
    }

    /// A frame was not delivered.
    public void drop() {
        dropped++;
    }

    /// A failure is tried again.
    public void retry() {
        retries++;
    }

    /// The figures so far.
    ///
    /// @param peakBytes most native memory in use at once
    public RunReport report(long peakBytes) {
        ImmutableMap.Builder<String, RunReport.NodeReport> reports = ImmutableMap.builder();
        nodes.forEach((name, meter) -> {
            ImmutableMap.Builder<String, Durations.Summary> parts = ImmutableMap.builder();
            meter.parts.forEach((part, times) -> parts.put(part, times.summary()));
            reports.put(
                    name,
                    new RunReport.NodeReport(meter.time.summary(), meter.failed, meter.skipped, parts.buildOrThrow()));
        });
        return new RunReport(frames, failed, dropped, retries, reports.buildOrThrow(), latency.summary(), peakBytes);
    }
}
