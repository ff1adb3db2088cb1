// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fastpipeline.vision.capillary.CapillaryPipeline.Background;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `fast bench capillary`: how fast the capillary job is, alone or beside the published system's design.
@Command(
        header = "Measure how fast capillary density is measured.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Runs 'fast capillary' without overlays on one worker and on all, each in a process of its own, over few "
                    + "and over many frames in turns; figures per frame are those of the frames more, so that "
                    + "starting and warming up do not count. With --peers, the published design in Python is measured "
                    + "in the same rounds.",
            "DIR receives:",
            "  bench.json   all figures, cores and memory over time, share of each node, and the machine",
            "  bench.png    execution time, speedup, cores in use and memory over time",
        },
        parameterListHeading = "%nInput:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fast bench capillary",
            "  fast bench capillary --peers peers --python peers/venv/bin/python 'frames/*.png'",
            "",
            "Exit status: 0 ok, 2 wrong use, or something to be measured failed.",
        })
final class BenchCapillaryCommand implements Callable<Integer> {
    private static final int MOST_FRAMES = 100_000;
    private static final int MOST_ROUNDS = 100;

    private final Home home;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "INPUT",
            arity = "0..*",
            description = "Image files, folders of them and patterns in quotes; if they are fewer than --frames, they "
                    + "come again. Default: synthetic frames of 'fast phantom capillary'.")
    private List<String> inputs = List.of();

    @Option(
            names = "--peers",
            paramLabel = "DIR",
            description = "Folder with capillary_peer.py: the published design, serial and on Ray.")
    private Optional<Path> peers = Optional.empty();

    @Option(
            names = "--python",
            paramLabel = "FILE",
            defaultValue = "python3",
            description =
                    "Python with opencv, scikit-image, tensorflow and ray, for --peers. Default: ${DEFAULT-VALUE}.")
    private String python = "";

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            defaultValue = "out/bench-capillary",
            description = "Folder for the results; made if it is missing. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("");

    @Option(
            names = "--frames",
            paramLabel = "N",
            defaultValue = "240",
            description = "Frames of a long run; a short one has a quarter of them. Default: ${DEFAULT-VALUE}.")
    private int frames;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often all are measured; medians are told. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--rss",
            paramLabel = "N",
            defaultValue = "0",
            description = "Frames of one run more on all workers, at least 200, of which the resident memory at frame "
                    + "100 and at the end is told. Default: ${DEFAULT-VALUE}, no such run.")
    private int memoryFrames;

    @Option(
            names = "--background",
            paramLabel = "KIND",
            defaultValue = "still",
            description = "How 'fast capillary' estimates the background: still or mog2. Default: ${DEFAULT-VALUE}.")
    private Background background = Background.STILL;

    @Mixin
    private EngineOption engine = new EngineOption();

    @Option(names = Complaint.VERBOSE, description = "Say what is being run; show stack traces.")
    private boolean verbose;

    BenchCapillaryCommand(Home home) {
        this.home = home;
    }

    @Override
    public Integer call() throws InterruptedException {
        ArgumentCheck.notEmpty(spec, "INPUT", inputs);
        ArgumentCheck.notEmpty(spec, "--peers", peers.stream().toList());
        ArgumentCheck.notEmpty(spec, "--python", List.of(python));
        ArgumentCheck.notEmpty(spec, "--out", List.of(out));
        ArgumentCheck.within(spec, "--frames", frames, 4, MOST_FRAMES);
        ArgumentCheck.within(spec, "--rounds", rounds, 1, MOST_ROUNDS);
        if (memoryFrames != 0) {
            ArgumentCheck.within(spec, "--rss", memoryFrames, 2 * MemoryRun.SETTLED, MOST_FRAMES);
        }
        Speech speech = Speech.of(spec.commandLine(), verbose);
        BenchRequest request =
                new BenchRequest(inputs, peers, python, out, frames, rounds, memoryFrames, background, engine.name());
        new CapillaryBench(home, request, speech).run();
        return Main.OK;
    }
}
