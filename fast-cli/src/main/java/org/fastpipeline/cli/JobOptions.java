// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The arguments of all commands that run a network over frames.
final class JobOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Parameters(
            paramLabel = "INPUT",
            arity = "1..*",
            description =
                    "Image files (PNG, JPEG, BMP, TIFF, PNM, MetaImage), folders of them, patterns in quotes such "
                            + "as 'frames/*.png', and video files. Frames are taken in order of their names; folders within "
                            + "folders are not looked into.")
    private List<String> inputs = List.of();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            required = true,
            description = "Folder for the results; made if it is missing.")
    private Path out = Path.of("");

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description =
                    "Folder of the model, with its model.properties. Default: the one that comes with the program.")
    private Optional<Path> model = Optional.empty();

    @Mixin
    private EngineOption engine = new EngineOption();

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Mixin
    private WorkersOption workers = new WorkersOption();

    @Mixin
    private ShowOptions show = new ShowOptions();

    @ArgGroup
    private OnFailure onFailure = new OnFailure();

    @Option(
            names = Complaint.VERBOSE,
            description =
                    "Say more on the way: the threads, why the engine was taken, what each step took, stack traces.")
    private boolean verbose;

    /// What a frame that fails does to the others.
    static final class OnFailure {
        @Option(
                names = "--keep-going",
                description = "Note a frame that fails in frames.csv, and go on. This is the default.")
        @SuppressWarnings("UnusedVariable") // it is there to be said, and to exclude the other
        private boolean keepGoing;

        @Option(names = "--fail-fast", description = "Stop at the first frame that fails; then no table is written.")
        private boolean failFast;
    }

    /// What was asked for.
    ///
    /// @param usual the model that is taken unless another one is named
    JobRequest request(Path usual) {
        ArgumentCheck.notEmpty(spec, "INPUT", inputs);
        ArgumentCheck.notEmpty(spec, "--out", List.of(out));
        ArgumentCheck.notEmpty(spec, "--model", model.stream().toList());
        return new JobRequest(
                ImmutableList.copyOf(inputs),
                out,
                engine.wish(),
                model.orElse(usual),
                network.request(),
                workers.threads(),
                show.request(),
                onFailure.failFast);
    }

    /// Where the command talks to.
    Speech speech() {
        return Speech.of(spec.commandLine(), verbose);
    }
}
