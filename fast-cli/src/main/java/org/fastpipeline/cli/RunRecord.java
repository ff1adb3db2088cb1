// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.fastpipeline.core.inference.EngineChoice;
import org.fastpipeline.core.inference.ModelDescriptor;
import org.fastpipeline.core.inference.ModelFile;
import org.fastpipeline.core.measure.Durations;
import org.fastpipeline.core.measure.RunReport;
import org.fastpipeline.core.run.ThreadPlan;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What is said of a run in `run.json`.
///
/// @param inputs what was asked for
/// @param tally what came out
/// @param found figures of this kind of job
/// @param duration from the first frame asked for to the last file renamed
/// @param engine the engine that was taken, and why
/// @param model the model
/// @param file the one of its files that was loaded
/// @param threshold what the value of a label, or the score of a region, had to reach
/// @param threads the thread plan
/// @param earlierPictures files among the pictures that are not of this run
/// @param report figures of the nodes
record RunRecord(
        ImmutableList<String> inputs,
        Tally tally,
        ImmutableMap<String, JsonNode> found,
        Duration duration,
        EngineChoice engine,
        ModelDescriptor model,
        ModelFile file,
        double threshold,
        ThreadPlan threads,
        long earlierPictures,
        RunReport report) {
    private static final double NANOS_PER_MILLISECOND = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double THOUSAND = 1000;

    /// The run's length in seconds.
    double seconds() {
        return duration.toNanos() / NANOS_PER_SECOND;
    }

    /// Frames in a second, failed ones included; 0 for a run without any.
    double framesPerSecond() {
        return tally.frames() == 0 ? 0 : tally.frames() / seconds();
    }

    /// The record as JSON in UTF-8, ended by a line feed.
    byte[] json() {
        return (Json.text(tree()) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode tree() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("frames", tally.frames());
        root.put("failed", tally.failed());
        found.forEach(root::set);
        root.put("earlier_pictures", earlierPictures);
        inputs.forEach(root.putArray("inputs")::add);
        root.put("seconds", rounded(seconds()));
        root.put("frames_per_second", rounded(framesPerSecond()));
        root.set("engine", Json.of(engine));
        root.set("model", Json.of(model, file).put("threshold", threshold));
        root.putObject("threads")
                .put("workers", threads.workers())
                .put("per_inference_session", threads.sessionThreads())
                .put("per_image_operation", threads.visionThreads());
        root.putObject("versions")
                .put("fast", Version.number())
                .put("java", Runtime.version().toString())
                .put(
                        "os",
                        String.join(
                                " ",
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                System.getProperty("os.arch")))
                .put("engine", engine.engine() + " " + engine.version());
        root.set("latency", figures(report.latency()));
        root.put("frames_not_shown", report.dropped()); // by the window, the one that may miss some
        root.put("peak_native_bytes", report.peakBytes());
        ObjectNode nodes = root.putObject("nodes");
        report.nodes().forEach((name, node) -> nodes.set(name, figures(node)));
        return root;
    }

    private static ObjectNode figures(RunReport.NodeReport node) {
        ObjectNode figures = figures(node.time());
        figures.set("waiting", figures(node.waiting()));
        figures.put("failed", node.failed());
        figures.put("skipped", node.skipped());
        if (!node.parts().isEmpty()) {
            ObjectNode parts = figures.putObject("parts");
            for (Map.Entry<String, Durations.Summary> part : node.parts().entrySet()) {
                parts.set(part.getKey(), figures(part.getValue()));
            }
        }
        return figures;
    }

    private static ObjectNode figures(Durations.Summary summary) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("count", summary.count())
                .put("mean_ms", milliseconds(summary.mean()))
                .put("std_ms", milliseconds(summary.deviation()))
                .put("min_ms", milliseconds(summary.least()))
                .put("p50_ms", milliseconds(summary.median()))
                .put("p99_ms", milliseconds(summary.p99()))
                .put("max_ms", milliseconds(summary.most()));
    }

    private static double milliseconds(Duration duration) {
        return rounded(duration.toNanos() / NANOS_PER_MILLISECOND);
    }

    private static double rounded(double value) {
        return Math.round(value * THOUSAND) / THOUSAND;
    }
}
