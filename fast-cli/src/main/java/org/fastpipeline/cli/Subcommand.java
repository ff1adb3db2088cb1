// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;

/// The commands of `fast`, and what its help says of each.
///
/// Only those that may be run are made: looking at all their options took a third of the time of `fast --version`.
enum Subcommand {
    /// [DemoCommand].
    DEMO("Measure capillary density in the bundled sample, and make a report with pictures."),

    /// [CapillaryCommand].
    CAPILLARY("Measure capillary density in frames of skin microcirculation."),

    /// [UltrasoundCommand].
    ULTRASOUND("Measure artery and vein in ultrasound frames."),

    /// [EvaluateCommand].
    EVALUATE("Compare results with the truth, where that is known."),

    /// [ViewCommand].
    VIEW("Show images or a video in a window."),

    /// [RunCommand].
    RUN("Run a pipeline that is written in a file."),

    /// [GraphCommand].
    GRAPH("Show the graph of a pipeline that is written in a file."),

    /// [NodesCommand].
    NODES("List the nodes that pipelines can be made of, or describe one of them."),

    /// [InferCommand].
    INFER("Run a network on arrays from files."),

    /// [ModelCommand].
    MODEL("Show what a model is, and which engines can load it."),

    /// [PhantomCommand].
    PHANTOM("Make synthetic frames with the truth of what was drawn."),

    /// [BenchCommand].
    BENCH("Measure how fast something is on this machine."),

    /// [EnginesCommand].
    ENGINES("List the inference engines, and why one is not available.");

    private final String header;

    Subcommand(String header) {
        this.header = header;
    }

    /// All commands, in the order of the help; whole where `arguments` may ask for it, else by name and header alone.
    static void addTo(CommandSpec fast, IFactory factory, Home home, List<String> arguments) {
        boolean hidden = arguments.stream().anyMatch(argument -> argument.startsWith("@")); // in a file of arguments
        for (Subcommand command : values()) {
            boolean whole = hidden || arguments.contains(command.word());
            CommandSpec spec =
                    whole ? CommandSpec.forAnnotatedObject(command.make(home), factory) : CommandSpec.create();
            if (whole && command == BENCH) {
                spec.addSubcommand("engine", CommandSpec.forAnnotatedObject(new BenchEngineCommand(home), factory));
                spec.addSubcommand(
                        "capillary", CommandSpec.forAnnotatedObject(new BenchCapillaryCommand(home), factory));
            }
            if (whole && command == EVALUATE) {
                spec.addSubcommand(
                        "capillary", CommandSpec.forAnnotatedObject(new EvaluateCapillaryCommand(), factory));
            }
            if (whole && command == PHANTOM) {
                spec.addSubcommand("capillary", CommandSpec.forAnnotatedObject(new PhantomCapillaryCommand(), factory));
                spec.addSubcommand(
                        "ultrasound", CommandSpec.forAnnotatedObject(new PhantomUltrasoundCommand(), factory));
            }
            spec.usageMessage().header(command.header);
            fast.addSubcommand(command.word(), spec);
        }
    }

    /// What is typed to run it.
    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private Callable<Integer> make(Home home) {
        return switch (this) {
            case DEMO -> new DemoCommand(home);
            case CAPILLARY -> new CapillaryCommand(home);
            case ULTRASOUND -> new UltrasoundCommand(home);
            case EVALUATE -> new EvaluateCommand();
            case VIEW -> new ViewCommand();
            case RUN -> new RunCommand(home);
            case GRAPH -> new GraphCommand();
            case NODES -> new NodesCommand();
            case INFER -> new InferCommand(home);
            case MODEL -> new ModelCommand(home);
            case PHANTOM -> new PhantomCommand();
            case BENCH -> new BenchCommand();
            case ENGINES -> new EnginesCommand(home);
        };
    }
}
