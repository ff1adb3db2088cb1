// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the bench of the capillary job found out.
///
/// @param request what was to be measured
/// @param sides the programs, measured
/// @param memory the run whose memory was watched, if there was one
/// @param distinct how many of a long run's frames are different files
/// @param work folder that their last runs wrote to
/// @param machine what it was measured on, as it was before
/// @param peerVersions what the peer ran with; empty without it
record BenchReport(
        BenchRequest request,
        List<BenchSide> sides,
        Optional<MemoryRun> memory,
        int distinct,
        Path work,
        ObjectNode machine,
        String peerVersions) {
    /// Ours on one worker.
    static final String ONE_WORKER = "fast, 1 worker";

    /// Ours on as many workers as there are cores.
    static final String ALL_WORKERS = "fast, all workers";

    /// The published design, without Ray.
    static final String PEER_SERIAL = "peer, serial";

    /// The published design.
    static final String PEER_RAY = "peer, Ray";

    /// The published design, with a cheaper background.
    static final String PEER_TUNED = "peer, Ray, tuned";

    private static final double DIGITS = 1e5;
    private static final double MILLIS_PER_SECOND = 1e3;

    private double seconds(BenchSide side) {
        return side.marginal(ProcessRun::seconds, request.more());
    }

    private double cpu(BenchSide side) {
        return side.marginal(ProcessRun::cpuSeconds, request.more());
    }

    private Optional<BenchSide> side(String name) {
        return sides.stream().filter(side -> side.name().equals(name)).findFirst();
    }

    /// What times are compared with: the published design's serial run, or our own.
    private BenchSide base() {
        return side(PEER_SERIAL).orElse(sides.getFirst());
    }

    /// A table for people: the published system's three metrics, and memory.
    List<String> lines() {
        Table table = new Table();
        table.row("", "s/frame", "frames/s", "speedup", "CPU s/frame", "cores in use", "memory");
        for (BenchSide side : sides) {
            table.row(
                    side.name(),
                    text("%.4f", seconds(side)),
                    text("%.1f", 1 / seconds(side)),
                    text("%.2f", seconds(base()) / seconds(side)),
                    text("%.4f", cpu(side)),
                    text("%.2f", cpu(side) / seconds(side)),
                    text("%.0f MB", side.median(pair -> pair.many().peakMegabytes())));
        }
        List<String> lines = new ArrayList<>(table.lines(""));
        lines.add("Medians of " + request.rounds() + " rounds; per frame: a run of " + request.frames()
                + " frames less one of " + request.few() + ", " + distinct
                + " of them different files. Speedup: over '" + base().name() + "'.");
        ratios().forEach((name, ratio) -> lines.add(text("%.2f  ", ratio) + name));
        memory.ifPresent(run -> lines.add(run.line()));
        return lines;
    }

    /// How the sides compare, round by round where they were measured together.
    private Map<String, Double> ratios() {
        Map<String, Double> ratios = new TreeMap<>();
        side(ALL_WORKERS).ifPresent(ours -> {
            side(ONE_WORKER)
                    .ifPresent(one -> ratios.put("scaling, all workers over one", seconds(one) / seconds(ours)));
            side(PEER_RAY)
                    .ifPresent(ray -> ratios.put("times as fast as the peer on Ray", seconds(ray) / seconds(ours)));
            side(PEER_TUNED)
                    .ifPresent(tuned ->
                            ratios.put("times as fast as the peer on Ray, tuned", seconds(tuned) / seconds(ours)));
        });
        side(ONE_WORKER).ifPresent(one -> ratios.put("one worker's time over that of its nodes", overNodes(one)));
        return ratios;
    }

    /// Wall time of one worker by the sum of its nodes' times, of the last round.
    private double overNodes(BenchSide one) {
        BenchSide.Pair last = one.pairs().getLast();
        double nodes = 0;
        for (double millis : nodeMillis(one).values()) {
            nodes += millis / MILLIS_PER_SECOND;
        }
        return (last.many().seconds() - last.few().seconds()) / request.more() / nodes;
    }

    /// Milliseconds per frame of each node, of the last round.
    private Map<String, Double> nodeMillis(BenchSide side) {
        JsonNode few = nodes(side, "few");
        JsonNode many = nodes(side, "many");
        Map<String, Double> millis = new TreeMap<>();
        many.propertyNames()
                .forEach(node -> millis.put(node, (total(many.get(node)) - total(few.path(node))) / request.more()));
        return millis;
    }

    private JsonNode nodes(BenchSide side, String run) {
        return JsonMapper.shared()
                .readTree(
                        work.resolve(side.name().replace(' ', '-')).resolve(run).resolve("run.json"))
                .path("nodes");
    }

    private static double total(JsonNode node) {
        return node.path("count").asDouble() * node.path("mean_ms").asDouble();
    }

    /// All figures.
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("machine", machine);
        if (!peerVersions.isEmpty()) {
            json.put("peer_versions", peerVersions);
        }
        json.put("frames", request.frames())
                .put("frames_of_short_run", request.few())
                .put("distinct_frames", distinct)
                .put("rounds", request.rounds())
                .put("background", request.background().name().toLowerCase(Locale.ROOT))
                .put("engine", engine());
        request.inputs().forEach(json.putArray("inputs")::add);
        ArrayNode all = json.putArray("sides");
        sides.forEach(side -> all.add(json(side)));
        memory.ifPresent(run -> json.set("memory", run.json()));
        ObjectNode ratios = json.putObject("ratios");
        ratios().forEach((name, ratio) -> ratios.put(name, rounded(ratio)));
        return json;
    }

    private String engine() {
        return JsonMapper.shared()
                .readTree(work.resolve(ONE_WORKER.replace(' ', '-'))
                        .resolve("many")
                        .resolve("run.json"))
                .at("/versions/engine")
                .asString();
    }

    private ObjectNode json(BenchSide side) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", side.name())
                .put("seconds_per_frame", rounded(seconds(side)))
                .put("frames_per_second", rounded(1 / seconds(side)))
                .put("speedup", rounded(seconds(base()) / seconds(side)))
                .put("cpu_seconds_per_frame", rounded(cpu(side)))
                .put("cores_in_use", rounded(cpu(side) / seconds(side)))
                .put("peak_rss_megabytes", rounded(side.median(pair -> pair.many()
                        .peakMegabytes())));
        ArrayNode rounds = json.putArray("rounds");
        for (BenchSide.Pair pair : side.pairs()) {
            rounds.addObject()
                    .put("short_seconds", rounded(pair.few().seconds()))
                    .put("long_seconds", rounded(pair.many().seconds()))
                    .put("short_cpu_seconds", rounded(pair.few().cpuSeconds()))
                    .put("long_cpu_seconds", rounded(pair.many().cpuSeconds()));
        }
        ArrayNode samples = json.putArray("last_long_run");
        side.last().samples().forEach(sample -> samples.addObject()
                .put("second", rounded(sample.second()))
                .put("cores", rounded(sample.cores()))
                .put("rss_megabytes", rounded(sample.megabytes())));
        if (side.name().equals(ONE_WORKER)) {
            Map<String, Double> millis = nodeMillis(side);
            double sum =
                    millis.values().stream().mapToDouble(Double::doubleValue).sum();
            ObjectNode nodes = json.putObject("nodes");
            millis.forEach((name, time) -> nodes.putObject(name)
                    .put("milliseconds_per_frame", rounded(time))
                    .put("share", rounded(time / sum)));
        } else if (!side.name().equals(ALL_WORKERS)) {
            json.put("said", side.last().output());
        }
        return json;
    }

    private static double rounded(double value) {
        return Math.round(value * DIGITS) / DIGITS;
    }

    private static String text(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
