// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.fastpipeline.vision.io.VideoSink;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The options of commands that can be watched.
final class ShowOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--window",
            description = "Show the frames with what was found in a window while they are worked on. It stays, showing "
                    + "the last frame, until it is closed; to close it earlier stops the run. Its key H lists what it "
                    + "can do; screenshots go to --out, with 'fast run' to the working folder.")
    private boolean window;

    @Mixin
    private CloseAtEndOption closeAtEnd = new CloseAtEndOption();

    @Option(
            names = "--video",
            paramLabel = "FILE",
            description = "Write what the window would show of every frame to a video, MP4 (H.264) or AVI (motion "
                    + "JPEG) as the name ends in .mp4 or .avi; folders are made, and FILE appears with the last frame. "
                    + "Needs no display.")
    private Optional<Path> video = Optional.empty();

    /// What was asked for.
    ShowRequest request() {
        if (closeAtEnd.after().isPresent() && !window) {
            throw new ParameterException(
                    spec.commandLine(), "--close-at-end: there is no window; needed --window too.");
        }
        ArgumentCheck.notEmpty(spec, "--video", video.stream().toList());
        video.filter(file -> !VideoSink.isName(file)).ifPresent(file -> {
            throw new ParameterException(
                    spec.commandLine(), "--video: met '" + file + "'; needed a name that ends in .mp4 or .avi.");
        });
        return new ShowRequest(window, closeAtEnd.after(), video);
    }
}
