// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.fastpipeline.vision.capillary.CapillaryPipeline.Background;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `fast capillary`: capillary density, frame by frame.
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Finds the capillaries of each frame and measures how much of it they cover. DIR receives:",
            "  frames.csv       a row per frame: counts, density, time, and whether it failed",
            "  boxes.csv        a row per capillary: where it is, and its score",
            "  capillaries.csv  a row per capillary: area, length and width",
            "  overlays/        each frame with its capillaries drawn in",
            "  run.json         how it was computed, how fast, and what each step took",
            "A file appears whole or not at all; one that is there already is replaced.",
        },
        parameterListHeading = "%nInput:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fast capillary frames/ --out results",
            "  fast capillary 'study/**/*.png' --out results --overlays none",
            "  fast capillary clip.avi --out results --background mog2 --workers 2",
            "",
            "Exit status: 0 ok, 1 some frames failed, 2 wrong use, no input, or no result could be written,",
            "130 stopped by Ctrl-C; the tables are not written then.",
        })
final class CapillaryCommand implements Callable<Integer> {
    private static final double MOST_PIXEL_SIZE = 1000;

    private final Home home;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "INPUT",
            arity = "1..*",
            description = "Image files (PNG, JPEG, BMP, TIFF, PNM), folders of them, patterns in quotes such as "
                    + "'frames/*.png', and video files. Frames are taken in order of their names; folders within "
                    + "folders are not looked into. Frames in colour: in grey ones capillaries are missed.")
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

    @Option(
            names = "--background",
            paramLabel = "KIND",
            defaultValue = "still",
            description =
                    "How the background is estimated: still, from each frame alone, for frames that do not belong "
                            + "together; mog2, over the frames, for a video in which things move: what stands still "
                            + "becomes background, and the first frame shows nothing. Default: ${DEFAULT-VALUE}.")
    private Background background = Background.STILL;

    @Option(
            names = "--pixel-size",
            paramLabel = "UM",
            description = "Width and height of a pixel in micrometres; then lengths, areas and the number of "
                    + "capillaries per square millimetre are given too.")
    private Optional<Double> pixelSize = Optional.empty();

    @Option(
            names = "--threshold",
            paramLabel = "SCORE",
            description = "Score from which on a region is taken for a capillary, 0 to 1; 0 takes all. Default: what "
                    + "the model says.")
    private Optional<Double> threshold = Optional.empty();

    @Option(
            names = "--overlays",
            paramLabel = "TYPE",
            defaultValue = "png",
            description = "Pictures of the frames with their capillaries: png, jpg (smaller and faster) or none. "
                    + "Default: ${DEFAULT-VALUE}.")
    private Overlays overlays = Overlays.PNG;

    @Option(
            names = "--crops",
            description = "Write crops.npy too: what the network saw of each row of boxes.csv, as an array N, H, W, C "
                    + "of 8-bit RGB. With --threshold 0 that is all to train a network on.")
    private boolean crops;

    @ArgGroup
    private OnFailure onFailure = new OnFailure();

    @Option(
            names = Complaint.VERBOSE,
            description =
                    "Say more on the way: the threads, why the engine was taken, what each step took, stack traces.")
    private boolean verbose;

    CapillaryCommand(Home home) {
        this.home = home;
    }

    /// What a frame that fails does to the others.
    static final class OnFailure {
        @Option(
                names = "--keep-going",
                description = "Note a frame that fails in frames.csv, and go on. This is the default.")
        @SuppressWarnings("UnusedVariable") // it is there to be said, and to exclude the other
        private boolean keepGoing;

        @Option(
                names = "--fail-fast",
                description = "Stop at the first frame that fails; then neither table is written.")
        private boolean failFast;
    }

    @Override
    public Integer call() {
        ArgumentCheck.notEmpty(spec, "INPUT", inputs);
        ArgumentCheck.notEmpty(spec, "--out", List.of(out));
        ArgumentCheck.notEmpty(spec, "--model", model.stream().toList());
        CapillaryRequest request = new CapillaryRequest(
                ImmutableList.copyOf(inputs),
                out,
                engine.wish(),
                model.orElse(home.model(CapillaryRequest.MODEL)),
                network.request(),
                workers.threads(),
                background,
                pixelSize(),
                threshold(),
                overlays,
                crops,
                onFailure.failFast);
        Speech speech = Speech.of(spec.commandLine(), verbose);
        CapillaryJob.Done done = new CapillaryJob(home, request, speech).run(_ -> {});
        speech.say(done.summary() + "; results in " + out);
        return done.status();
    }

    /// 0 if it is not known.
    private double pixelSize() {
        double size = pixelSize.orElse(0.0);
        if (pixelSize.isPresent() && !(size > 0 && size <= MOST_PIXEL_SIZE)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--pixel-size: met " + size + "; needed more than 0 and at most " + MOST_PIXEL_SIZE
                            + " micrometres.");
        }
        return size;
    }

    private OptionalDouble threshold() {
        threshold.filter(score -> !(score >= 0 && score <= 1)).ifPresent(score -> {
            throw new ParameterException(spec.commandLine(), "--threshold: met " + score + "; needed 0 to 1");
        });
        return threshold.map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }
}
