// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fast ultrasound`: areas of artery and vein, frame by frame.
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Finds artery and vein in each frame of a B-mode ultrasound stream and measures them. DIR receives:",
            "  frames.csv  a row per frame: area of each label, time, and whether it failed",
            "  labels/     a label image of each frame, in its size: 0 background, 1 artery, 2 vein",
            "  run.json    how it was computed, how fast, and what each step took",
            "Areas are in mm2 where the size of a pixel is known: from MetaImage files, or --pixel-size.",
            "A file appears whole or not at all; one that is there already is replaced.",
        },
        parameterListHeading = "%nInput:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fast ultrasound 'stream/*.mhd' --out results",
            "  fast ultrasound 'stream/*.png' --out results --pixel-size 80 --labels none",
            "  fast ultrasound cine.avi --out results --engine openvino",
            "",
            "Exit status: 0 ok, 1 some frames failed, 2 wrong use, no input, or no result could be written,",
            "130 stopped by Ctrl-C or by closing the window; the table is not written then.",
        })
final class UltrasoundCommand implements Callable<Integer> {
    /// Name of the model that comes with the program.
    static final String MODEL = "ultrasound";

    private final Home home;

    @Mixin
    private JobOptions job = new JobOptions();

    @Mixin
    private PixelSizeOption pixelSize = new PixelSizeOption();

    @Option(
            names = "--labels",
            paramLabel = "TYPE",
            defaultValue = "png",
            description = "Label images: png (nearly black to the eye), mhd, which keep the size of a pixel, or none. "
                    + "Default: ${DEFAULT-VALUE}.")
    private LabelFiles labels = LabelFiles.PNG;

    UltrasoundCommand(Home home) {
        this.home = home;
    }

    @Override
    public Integer call() {
        JobRequest request = job.request(home.model(MODEL));
        return request.watched(show -> {
            FrameJob.Done done = UltrasoundJob.run(home, request, pixelSize.micrometres(), labels, job.speech(), show);
            job.speech().say(done.summary() + "; " + done.places());
            return done.status();
        });
    }
}
