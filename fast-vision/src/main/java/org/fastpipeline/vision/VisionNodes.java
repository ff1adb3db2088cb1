// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision;

import com.google.common.collect.ImmutableMap;
import java.util.function.Supplier;
import org.fastpipeline.core.graph.NodeCatalog;
import org.fastpipeline.core.graph.ProcessObject;
import org.fastpipeline.vision.capillary.BoxRows;
import org.fastpipeline.vision.capillary.CapillaryDensity;
import org.fastpipeline.vision.capillary.CapillaryOverlay;
import org.fastpipeline.vision.capillary.FrameRow;
import org.fastpipeline.vision.capillary.Mog2Background;
import org.fastpipeline.vision.capillary.RoiBatch;
import org.fastpipeline.vision.capillary.SsimRoiGenerator;
import org.fastpipeline.vision.capillary.StillBackground;
import org.fastpipeline.vision.io.ImageEncoder;

/// This module's nodes by name: those that need nothing but parameters. Streamers and sinks need to be told files.
public final class VisionNodes implements NodeCatalog {
    @Override
    public ImmutableMap<String, Supplier<? extends ProcessObject>> nodes() {
        return ImmutableMap.<String, Supplier<? extends ProcessObject>>builder()
                .put("BoxRows", BoxRows::new)
                .put("CapillaryDensity", CapillaryDensity::new)
                .put("CapillaryOverlay", CapillaryOverlay::new)
                .put("FrameRow", FrameRow::new)
                .put("ImageEncoder", ImageEncoder::new)
                .put("Mog2Background", Mog2Background::new)
                .put("RoiBatch", RoiBatch::new)
                .put("SsimRoiGenerator", SsimRoiGenerator::new)
                .put("StillBackground", StillBackground::new)
                .buildOrThrow();
    }
}
