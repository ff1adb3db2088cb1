// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Subscription;
import org.fastpipeline.vision.io.EncodedImage.Encoding;
import org.fastpipeline.vision.phantom.DrawnVessels;
import org.fastpipeline.vision.phantom.UltrasoundPhantom;
import org.fastpipeline.vision.phantom.VesselRow;
import tools.jackson.databind.node.ObjectNode;

/// Phantoms of ultrasound, and the files of their truth.
final class UltrasoundPhantoms implements PhantomJob.Kind {
    private final boolean metaImages;
    private final int sceneFrames;
    private final UltrasoundPhantom phantom = new UltrasoundPhantom();
    private double artery;
    private double vein;

    /// @param metaImages whether frames become MetaImages, and not PNG files
    /// @param sceneFrames frames of a scene before the next begins; 0: all of one
    UltrasoundPhantoms(boolean metaImages, int sceneFrames) {
        this.metaImages = metaImages;
        this.sceneFrames = sceneFrames;
    }

    @Override
    public Pipeline pipeline(PhantomJob job) {
        phantom.seed.set(job.seed());
        phantom.maximum.set(job.frames());
        phantom.sceneFrames.set(sceneFrames);
        phantom.file.set("frame." + format());
        return Pipeline.of(List.of(Subscription.every(phantom.truth)), sinks(job.out()));
    }

    private String format() {
        return metaImages ? "mhd" : Encoding.PNG.extension();
    }

    private List<Sink<?>> sinks(Path out) {
        VesselRow row = new VesselRow();
        row.truth.from(phantom.truth);
        return List.of(
                FrameFiles.table("frames.csv", out.resolve("frames.csv"), VesselRow.COLUMNS, row.rows),
                FrameFiles.pictures("labels", out.resolve("labels"), Encoding.PNG, phantom.labels),
                metaImages
                        ? FrameFiles.metaImages("image", out, phantom.image)
                        : FrameFiles.pictures("image", out, Encoding.PNG, phantom.image));
    }

    @Override
    public void take(Frame frame) {
        DrawnVessels truth = frame.get(phantom.truth);
        artery += truth.arteryArea();
        vein += truth.veinArea();
    }

    @Override
    public String summary(long frames) {
        return String.format(Locale.ROOT, "mean artery %.1f mm2, mean vein %.1f mm2", artery / frames, vein / frames);
    }

    @Override
    public void describe(ObjectNode json) {
        json.put("scene_frames", sceneFrames)
                .put("format", format())
                .put("width", UltrasoundPhantom.SIDE)
                .put("height", UltrasoundPhantom.SIDE);
    }
}
