// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.concurrent.Callable;
import org.fastpipeline.vision.io.EncodedImage.Encoding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
    @Mixin
    private PhantomOptions options = new PhantomOptions();

    @Option(names = "--video", description = "One scene in motion, as a video of 25 frames a second.")
    private boolean video;

    @Option(
            names = "--format",
            paramLabel = "TYPE",
            defaultValue = "png",
            description = "Files of the frames: png, or jpg (smaller, with loss). Default: ${DEFAULT-VALUE}.")
    private Format format = Format.PNG;

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
        return options.make("capillary", new CapillaryPhantoms(video, format.encoding));
    }
}
