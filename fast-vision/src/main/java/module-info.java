// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/// Image and video input and output, background models, regions of interest and contours, on OpenCV and FFmpeg.
///
/// The packages build on each other in this order: `opencv`, `format` (not exported), `io`, `patch`, `capillary`,
/// `ultrasound`, `phantom`.
@NullMarked
module org.fastpipeline.vision {
    requires transitive org.fastpipeline.core;
    requires transitive org.bytedeco.opencv;
    requires org.bytedeco.ffmpeg;
    requires org.bytedeco.javacpp;
    requires de.siegmar.fastcsv;
    requires static org.jspecify;

    exports org.fastpipeline.vision;
    exports org.fastpipeline.vision.opencv;
    exports org.fastpipeline.vision.io;
    exports org.fastpipeline.vision.patch;
    exports org.fastpipeline.vision.phantom;
    exports org.fastpipeline.vision.capillary;
    exports org.fastpipeline.vision.ultrasound;

    provides org.fastpipeline.core.catalog.NodeCatalog with
            org.fastpipeline.vision.VisionNodes;
}
