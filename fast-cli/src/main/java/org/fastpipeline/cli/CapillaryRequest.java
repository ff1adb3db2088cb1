// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.fastpipeline.core.inference.EngineWish;
import org.fastpipeline.core.run.ThreadPlan;
import org.fastpipeline.vision.capillary.CapillaryPipeline.Background;

/// What is to be done.
///
/// @param inputs image files, folders, patterns, video files
/// @param out folder for the results
/// @param engine the engine that is wanted
/// @param model folder of the model
/// @param network how the model is to be loaded and computed
/// @param threads the thread plan
/// @param background how the background is estimated
/// @param pixelSize width and height of a pixel in µm; 0 if it is not known
/// @param threshold score from which on a region is a capillary; else that of the model
/// @param overlays the pictures that are wanted
/// @param crops whether what the network saw of each capillary is wanted
/// @param failFast whether the first frame that fails ends all
record CapillaryRequest(
        ImmutableList<String> inputs,
        Path out,
        EngineWish engine,
        Path model,
        NetworkRequest network,
        ThreadPlan threads,
        Background background,
        double pixelSize,
        OptionalDouble threshold,
        Overlays overlays,
        boolean crops,
        boolean failFast) {
    /// Name of the model that comes with the program.
    static final String MODEL = "capillary";
}
