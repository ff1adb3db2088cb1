// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `fast phantom ultrasound`: synthetic ultrasound of an artery and a vein.
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        header = "Make synthetic ultrasound of an artery and a vein.",
        description = {
            "B-mode frames of 400 x 400 pixels, 25 a second, with the truth of what was drawn. DIR receives:",
            "  frame-0001.png ...         the frames, or frame-0001.mhd and .raw with their spacing",
            "  labels/frame-0001.png ...  0 background, 1 artery, 2 vein",
            "  frames.csv                 a row per frame: areas of artery and vein, size of a pixel",
            "  phantom.json               what made them",
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fast phantom ultrasound --frames 171 --seed 7 --out stream --format mhd",
            "  fast phantom ultrasound --frames 40 --scene-frames 1 --out places",
            "",
            "Exit status: 0 ok, 2 wrong use, or frames could not be written.",
        })
final class PhantomUltrasoundCommand implements Callable<Integer> {
    private static final int MOST_FRAMES = 1_000_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private PhantomOptions options = new PhantomOptions();

    @Option(
            names = "--scene-frames",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Frames of a scene before another begins, with another place, probe and scanner; 0: all frames "
                            + "are of one. Default: ${DEFAULT-VALUE}.")
    private int sceneFrames;

    @Option(
            names = "--format",
            paramLabel = "TYPE",
            defaultValue = "png",
            description = "Files of the frames: png, or mhd, which has the size of a pixel too. "
                    + "Default: ${DEFAULT-VALUE}.")
    private Format format = Format.PNG;

    /// File formats of frames.
    enum Format {
        /// Pictures.
        PNG,
        /// MetaImages.
        MHD
    }

    @Override
    public Integer call() {
        ArgumentCheck.within(spec, "--scene-frames", sceneFrames, 0, MOST_FRAMES);
        return options.make("ultrasound", new UltrasoundPhantoms(format == Format.MHD, sceneFrames));
    }
}
