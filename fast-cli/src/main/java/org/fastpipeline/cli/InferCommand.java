// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `fast infer`: a network on arrays.
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Runs a network once. Arrays are read and written as NumPy's save does it, and given to the network",
            "as they are: nothing is scaled or normalised. DIR receives:",
            "  OUTPUT.npy     an array of float32 for each output, named as the network names it",
            "  run.json       model, engine and precision",
            "A file appears whole or not at all; one that is there already is replaced.",
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fast infer --model models/capillary --input crops.npy --out result",
            "  fast infer --model net.onnx --trust-model --input left=a.npy --input right=b.npy --out result",
            "",
            "Exit status: 0 ok, 2 wrong use, or model, input or output could not be used.",
        })
final class InferCommand implements Callable<Integer> {
    private final Home home;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "PATH",
            required = true,
            description = "Folder of the model, with its model.properties; with --trust-model also a model alone: "
                    + ".onnx, .xml, .pb, .tflite, or the folder of a SavedModel.")
    private Path model = Path.of("");

    @Option(
            names = "--input",
            paramLabel = "[NAME=]FILE.npy",
            required = true,
            description = "Array for the input of that name, or for the next one that has none yet. Elements float32, "
                    + "float64, uint8, uint16, int16, int32, int64; what a float32 input gets is converted.")
    private List<String> inputs = List.of();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            required = true,
            description = "Folder for the results; made if it is missing.")
    private Path out = Path.of("");

    @Mixin
    private EngineOption engine = new EngineOption();

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Option(names = Complaint.VERBOSE, description = "Say why the engine was taken; show stack traces.")
    private boolean verbose;

    InferCommand(Home home) {
        this.home = home;
    }

    @Override
    public Integer call() throws InterruptedException {
        ArgumentCheck.notEmpty(spec, "--model", List.of(model));
        ArgumentCheck.notEmpty(spec, "--input", inputs);
        ArgumentCheck.notEmpty(spec, "--out", List.of(out));
        Speech speech = Speech.of(spec.commandLine(), verbose);
        speech.say(new InferJob(home, engine.wish(), network.request(), speech).run(model, inputs, out)
                + "; results in " + out);
        return Main.OK;
    }
}
