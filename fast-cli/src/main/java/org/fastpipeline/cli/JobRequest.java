// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.function.Function;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.inference.EngineWish;
import org.fastpipeline.core.run.ThreadPlan;
import org.fastpipeline.vision.io.MediaStreamer;

/// What every job over frames with a network is told.
///
/// @param inputs image files, folders, patterns, video files
/// @param out folder for the results
/// @param engine the engine that is wanted
/// @param model folder of the model
/// @param network how the model is to be loaded and computed
/// @param threads the thread plan
/// @param show how it is to be watched
/// @param failFast whether the first frame that fails ends all
record JobRequest(
        ImmutableList<String> inputs,
        Path out,
        EngineWish engine,
        Path model,
        NetworkRequest network,
        ThreadPlan threads,
        ShowRequest show,
        boolean failFast) {
    /// The frames.
    MediaStreamer source() {
        return new MediaStreamer(inputs.toArray(String[]::new));
    }

    /// Does `job` beside its window, if it is to have one.
    ///
    /// @throws FastException for want of inputs first, and of a display next
    int watched(Function<Show, Integer> job) {
        if (show.window()) {
            source().files();
        }
        return Show.beside(show.window(), job);
    }
}
