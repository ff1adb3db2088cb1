// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.concurrent.Callable;
import org.fastpipeline.core.measure.Measurement;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.core.run.ThreadPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `fast run`: a pipeline from a file.
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Checks the whole file, then runs it to the end of its streams. Its sinks write their files; the",
            "values of its outputs are printed, a line per frame, pictures and tensors by their sizes only. A",
            "window shows those outputs that are images side by side, a video the first of them.",
            "'fast nodes' lists what pipelines can be made of, docs/text-pipelines.md describes the format.",
        },
        parameterListHeading = "%nPipeline:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fast run pipelines/capillary.yaml --set input=frames/ --set output=results",
            "  fast run pipelines/capillary.yaml --set input=clip.avi --set background=Mog2Background",
            "",
            "Exit status: 0 ok, 1 some frames failed, 2 wrong use, no input, or no result could be written,",
            "130 stopped by Ctrl-C or by closing the window; the tables are not written then.",
        })
final class RunCommand implements Callable<Integer> {
    private final Home home;

    @Spec
    private CommandSpec spec;

    @Mixin
    private PipelineFile pipeline = new PipelineFile();

    @Mixin
    private WorkersOption workers = new WorkersOption();

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Mixin
    private ShowOptions show = new ShowOptions();

    @Option(names = "--fail-fast", description = "Stop at the first frame that fails; tables are not written then.")
    private boolean failFast;

    @Option(
            names = Complaint.VERBOSE,
            description =
                    "Say more on the way: the threads, why the engine was taken, what each step took, stack traces.")
    private boolean verbose;

    RunCommand(Home home) {
        this.home = home;
    }

    @Override
    public Integer call() {
        ThreadPlan threads = workers.threads();
        RunOptions options = RunOptions.of(threads).withMeasurement(verbose ? Measurement.all() : Measurement.none());
        Speech speech = Speech.of(spec.commandLine(), verbose);
        return new PipelineJob(home, failFast ? options.failFast() : options, network.request(), show.request(), speech)
                .run(pipeline.reader(), pipeline.path());
    }
}
