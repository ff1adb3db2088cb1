// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.inference.Availability;
import org.fastpipeline.core.inference.EngineReport;
import org.fastpipeline.core.inference.EngineWish;
import org.fastpipeline.core.inference.Engines;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelDescriptor;
import org.fastpipeline.core.inference.ModelFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `fast model`: what a model is, and which engines can load it.
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Loads the model with each engine that reads one of its formats; nothing is run.",
        parameterListHeading = "%nModel:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fast model models/capillary",
            "  fast model net.onnx --trust-model",
            "",
            "Exit status: 0 ok, 2 wrong use, or no engine can load the model.",
        })
final class ModelCommand implements Callable<Integer> {
    private final Home home;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PATH",
            description = "Folder of the model, with its model.properties; with --trust-model also a model alone: "
                    + ".onnx, .xml, .pb, .tflite, or the folder of a SavedModel.")
    private Path model = Path.of("");

    @Option(names = "--engine", paramLabel = "NAME", description = "Try this engine only. Default: all.")
    private Optional<String> engine = Optional.empty();

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Option(names = Complaint.VERBOSE, description = "Show stack traces.")
    private boolean verbose;

    ModelCommand(Home home) {
        this.home = home;
    }

    @Override
    public Integer call() {
        ArgumentCheck.notEmpty(spec, "PATH", List.of(model));
        Speech speech = Speech.of(spec.commandLine(), verbose);
        NetworkRequest request = network.request();
        ModelDescriptor descriptor = request.read(model);
        Engines engines = engine.filter(name -> !name.equals(EngineWish.AUTO))
                .map(home.engines()::only)
                .orElseGet(home::engines);
        speech.say((descriptor.name() + " " + descriptor.version()).strip());
        Table files = new Table();
        for (ModelFile file : descriptor.files()) {
            files.row(
                    "file",
                    file.source().path().toString(),
                    file.source().format().word(),
                    String.format(Locale.ROOT, "%,d bytes", file.bytes()),
                    "sha256 " + file.sha256());
        }
        files.lines("  ").forEach(speech::say);
        Loading loading = new Loading(descriptor, request, speech);
        engines.reports().forEach(report -> loading.attempt(report, engines));
        loading.tell();
        return loading.works ? Main.OK : Main.WRONG_USE;
    }

    /// Which engines can load a model.
    private static final class Loading {
        private final ModelDescriptor descriptor;
        private final NetworkRequest request;
        private final Speech speech;
        private final Table ports = new Table();
        private final Table engines = new Table();
        private boolean works;

        Loading(ModelDescriptor descriptor, NetworkRequest request, Speech speech) {
            this.descriptor = descriptor;
            this.request = request;
            this.speech = speech;
        }

        void attempt(EngineReport report, Engines all) {
            switch (report.availability()) {
                case Availability.Unavailable(String reason, String remedy) ->
                    engines.row("engine", report.name(), "", "is not available: " + reason + ". " + remedy);
                case Availability.Available able -> {
                    boolean reads = false;
                    for (ModelFile file : descriptor.files()) {
                        if (able.formats().contains(file.source().format())) {
                            reads = true;
                            load(report.name(), file, all.only(report.name()));
                        }
                    }
                    if (!reads) {
                        engines.row("engine", report.name(), "", "reads none of the formats");
                    }
                }
            }
        }

        private void load(String engine, ModelFile file, Engines only) {
            String format = file.source().format().word();
            try (LoadedModel model = only.load(file.source(), new EngineWish.Auto(), request.options(1, 1))) {
                engines.row(
                        "engine",
                        engine,
                        format,
                        "loads it, computes in " + model.choice().precision());
                if (!works) {
                    model.inputs().forEach(port -> row("input", port));
                    model.outputs().forEach(port -> row("output", port));
                }
                works = true;
            } catch (FastException failure) {
                engines.row("engine", engine, format, "cannot load it: " + Complaint.of(failure));
            }
        }

        private void row(String kind, Model.Port port) {
            ports.row(kind, port.name(), port.spec().toString());
        }

        void tell() {
            ports.lines("  ").forEach(speech::say);
            engines.lines("  ").forEach(speech::say);
            if (!works) {
                speech.note("no engine can load the model; 'fast engines' lists those there are.");
            }
        }
    }
}
