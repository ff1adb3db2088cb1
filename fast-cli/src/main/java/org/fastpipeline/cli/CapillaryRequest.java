// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.OptionalDouble;
import org.fastpipeline.vision.capillary.CapillaryPipeline.Background;

/// What is to be done.
///
/// @param job inputs, output, model and engine
/// @param background how the background is estimated
/// @param pixelSize width and height of a pixel in µm; 0 if it is not known
/// @param threshold score from which on a region is a capillary; else that of the model
/// @param overlays the pictures that are wanted
/// @param crops whether what the network saw of each capillary is wanted
record CapillaryRequest(
        JobRequest job,
        Background background,
        double pixelSize,
        OptionalDouble threshold,
        Overlays overlays,
        boolean crops) {
    /// Name of the model that comes with the program.
    static final String MODEL = "capillary";
}
