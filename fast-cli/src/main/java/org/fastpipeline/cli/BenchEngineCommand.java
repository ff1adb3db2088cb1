// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fastpipeline.core.inference.EngineWish;
import org.fastpipeline.core.inference.Engines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `fast bench engine`: engines on one network.
@Command(
        header = "Measure how fast engines run a network.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Prints JSON: for each engine that loads the model, the latency of one call at a time, the",
            "throughput of as many callers as there are cores, each on a session with one thread, and the CPU",
            "seconds that one inference takes then, less those of the idle process. Inputs are made up.",
            "Engines take turns, so that what else the machine does meets all of them.",
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fast bench engine --model models/capillary --batch 32",
            "",
            "Exit status: 0 ok, 2 wrong use, or no engine can run the model.",
        })
final class BenchEngineCommand implements Callable<Integer> {
    private static final double LEAST_SECONDS = 0.1;
    private static final double MOST_SECONDS = 3600;
    private static final int MOST_BATCH = 1 << 16;

    private final Home home;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "PATH",
            required = true,
            description = "Folder of the model, with its model.properties; with --trust-model also a model alone.")
    private Path model = Path.of("");

    @Option(names = "--engine", paramLabel = "NAME", description = "Measure this engine only. Default: all.")
    private Optional<String> engine = Optional.empty();

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "10",
            description = "How long each engine is measured, half of it one call at a time. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "1",
            description = "Size of the batch where the model leaves it open. Default: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(names = Complaint.VERBOSE, description = "Show stack traces.")
    private boolean verbose;

    BenchEngineCommand(Home home) {
        this.home = home;
    }

    @Override
    public Integer call() throws InterruptedException {
        ArgumentCheck.notEmpty(spec, "--model", List.of(model));
        if (!(seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS)) {
            throw misused("--seconds: met " + seconds + "; needed " + LEAST_SECONDS + " to " + MOST_SECONDS + ".");
        }
        ArgumentCheck.within(spec, "--batch", batch, 1, MOST_BATCH);
        Engines engines = engine.filter(name -> !name.equals(EngineWish.AUTO))
                .map(home.engines()::only)
                .orElseGet(home::engines);
        Speech speech = Speech.of(spec.commandLine(), verbose);
        NetworkRequest request = network.request();
        try (EngineBench bench = new EngineBench(request.read(model), batch)) {
            engines.reports().forEach(report -> bench.add(report, engines.only(report.name()), request));
            bench.run(seconds);
            speech.say(Json.text(bench.json()));
            return bench.isEmpty() ? Main.WRONG_USE : Main.OK;
        }
    }

    private ParameterException misused(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
