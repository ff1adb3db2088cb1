// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fastpipeline.vision.capillary.CapillaryPipeline.Background;

/// What `fast bench capillary` is to measure.
///
/// @param inputs images; none for frames of our own making
/// @param peers folder of the published design, if it is to be measured too
/// @param python what runs it
/// @param out folder for the results
/// @param frames of a long run
/// @param rounds how often all are measured
/// @param memoryFrames frames of a run whose memory is watched; 0 for none
/// @param background how the background is estimated
/// @param engine the engine that is wanted
record BenchRequest(
        List<String> inputs,
        Optional<Path> peers,
        String python,
        Path out,
        int frames,
        int rounds,
        int memoryFrames,
        Background background,
        String engine) {
    /// Frames of a short run.
    int few() {
        return frames / 4;
    }

    /// Frames that a long run has more than a short one.
    int more() {
        return frames - few();
    }
}
