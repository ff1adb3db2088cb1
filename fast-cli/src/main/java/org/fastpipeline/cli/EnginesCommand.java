// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.fastpipeline.core.inference.Availability;
import org.fastpipeline.core.inference.EngineReport;
import org.fastpipeline.core.inference.ModelFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// `fast engines`: what was found, and what can be used.
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Looks into the folder plugins/ of the distribution. Nothing is fetched, and no model is loaded.",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Exit status: 0 ok, 2 wrong use, or nothing was found."})
final class EnginesCommand implements Callable<Integer> {
    private final Home home;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print all there is to know, as JSON.")
    private boolean json;

    EnginesCommand(Home home) {
        this.home = home;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<EngineReport> reports = home.engines().reports();
        if (json) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            reports.forEach(report -> all.add(Json.of(report)));
            out.println(Json.text(all));
        } else {
            reports.forEach(report -> show(report, out));
        }
        out.flush();
        if (reports.isEmpty()) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(
                    "fast: no inference engine found in " + home.plugins() + ". Put the folder of one into it, with");
            err.println("all its jars: a build makes them in fast-cli/target/dist/plugins/. See docs/engines.md.");
            err.flush();
            return Main.WRONG_USE;
        }
        return Main.OK;
    }

    private static void show(EngineReport report, PrintWriter out) {
        out.println(report.name());
        switch (report.availability()) {
            case Availability.Available(String version, var formats, var devices, var precisions, var _) -> {
                line(out, "version", version);
                line(out, "devices", String.join(", ", devices));
                line(out, "computes in", String.join(", ", precisions));
                line(out, "reads", formats.stream().map(ModelFormat::toString).collect(Collectors.joining(", ")));
            }
            case Availability.Unavailable(String reason, String remedy) -> {
                line(out, "not available", reason);
                line(out, "what to do", remedy);
            }
        }
        line(out, "found in", report.location());
    }

    private static void line(PrintWriter out, String key, String value) {
        out.println(String.format(Locale.ROOT, "  %-13s  %s", key, value));
    }
}
