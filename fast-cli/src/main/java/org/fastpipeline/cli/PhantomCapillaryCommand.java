// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.fastpipeline.vision.io.EncodedImage.Encoding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `fast phantom capillary`: synthetic frames of skin microcirculation.
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        header = "Make synthetic frames of skin microcirculation.",
        description = {
            "1920 x 1080 pixels, with the truth of what was drawn. DIR receives:",
            "  frame-0001.png ...        the frames, or video.avi with --video",
            "  masks/frame-0001.png ...  255 on clear capillaries, 0 elsewhere",
            "  boxes.csv                 a row per capillary: where it is, and whether it is clear or faint",
            "  frames.csv                a row per frame: density and number of clear capillaries",
            "  phantom.json              what made them",
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fast phantom capillary --frames 40 --seed 7 --out phantoms",
            "  fast phantom capillary --frames 250 --seed 7 --out clip --video",
            "",
            "Exit status: 0 ok, 2 wrong use, or frames could not be written.",
        })
final class PhantomCapillaryCommand implements Callable<Integer> {
    private static final int MOST_FRAMES = 1_000_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--frames",
            paramLabel = "N",
            defaultValue = "6",
            description = "How many. Default: ${DEFAULT-VALUE}.")
    private int frames;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Another seed gives other frames. Default: ${DEFAULT-VALUE}.")
    private int seed;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            required = true,
            description = "Folder for the frames; made if it is missing, and empty if it is not.")
    private Path out = Path.of("");

    @Option(names = "--video", description = "One scene in motion, as a video of 25 frames a second.")
    private boolean video;

    @Option(
            names = "--format",
            paramLabel = "TYPE",
            defaultValue = "png",
            description = "Files of the frames: png, or jpg (smaller, with loss). Default: ${DEFAULT-VALUE}.")
    private Format format = Format.PNG;

    @Mixin
    private WorkersOption workers = new WorkersOption();

    @Option(names = Complaint.VERBOSE, description = "Say more on the way: what each step took, stack traces.")
    private boolean verbose;

    /// File formats of frames.
    enum Format {
        /// Without loss.
        PNG(Encoding.PNG),
        /// Smaller.
        JPG(Encoding.JPEG);

        private final Encoding encoding;

        Format(Encoding encoding) {
            this.encoding = encoding;
        }
    }

    @Override
    public Integer call() {
        ArgumentCheck.notEmpty(spec, "--out", List.of(out));
        ArgumentCheck.within(spec, "--frames", frames, 1, MOST_FRAMES);
        if (seed < 0) {
            throw new ParameterException(spec.commandLine(), "--seed: met " + seed + "; needed 0 or more.");
        }
        Speech speech = Speech.of(spec.commandLine(), verbose);
        PhantomJob job = new PhantomJob(frames, seed, out, video, format.encoding, workers.threads(), speech);
        speech.say(job.run() + "; in " + out);
        return Main.OK;
    }
}
