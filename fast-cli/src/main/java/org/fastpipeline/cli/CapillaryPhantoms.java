// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Subscription;
import org.fastpipeline.vision.io.EncodedImage.Encoding;
import org.fastpipeline.vision.io.VideoSink;
import org.fastpipeline.vision.phantom.CapillaryPhantom;
import org.fastpipeline.vision.phantom.DrawnCapillaries;
import org.fastpipeline.vision.phantom.TruthRows;
import tools.jackson.databind.node.ObjectNode;

/// Phantoms of skin microcirculation, and the files of their truth.
final class CapillaryPhantoms implements PhantomJob.Kind {
    private static final String VIDEO = "video.avi";

    private final boolean video;
    private final Encoding encoding;
    private final CapillaryPhantom phantom = new CapillaryPhantom();
    private long capillaries;
    private double density;

    /// @param video whether one scene in motion is wanted, as a video
    /// @param encoding file format of frames that are not a video
    CapillaryPhantoms(boolean video, Encoding encoding) {
        this.video = video;
        this.encoding = encoding;
    }

    @Override
    public Pipeline pipeline(PhantomJob job) {
        phantom.seed.set(job.seed());
        phantom.maximum.set(job.frames());
        phantom.moving.set(video);
        phantom.file.set(video ? VIDEO : "frame." + encoding.extension());
        return Pipeline.of(List.of(Subscription.every(phantom.truth)), sinks(job.out()));
    }

    private List<Sink<?>> sinks(Path out) {
        TruthRows rows = new TruthRows();
        rows.truth.from(phantom.truth);
        List<Sink<?>> sinks = new ArrayList<>();
        sinks.add(FrameFiles.table("frames.csv", out.resolve("frames.csv"), TruthRows.FRAME_COLUMNS, rows.frame));
        sinks.add(FrameFiles.table("boxes.csv", out.resolve("boxes.csv"), TruthRows.BOX_COLUMNS, rows.boxes));
        sinks.add(FrameFiles.pictures("mask", out.resolve("masks"), Encoding.PNG, phantom.mask));
        if (video) {
            VideoSink film = new VideoSink(out.resolve(VIDEO));
            film.rate.set(CapillaryPhantom.RATE);
            film.image.from(phantom.image);
            sinks.add(film);
        } else {
            sinks.add(FrameFiles.pictures("image", out, encoding, phantom.image));
        }
        return sinks;
    }

    @Override
    public void take(Frame frame) {
        DrawnCapillaries truth = frame.get(phantom.truth);
        capillaries += truth.clear();
        density += truth.density();
    }

    @Override
    public String summary(long frames) {
        return String.format(Locale.ROOT, "%d clear capillaries, mean density %.4f", capillaries, density / frames);
    }

    @Override
    public void describe(ObjectNode json) {
        json.put("video", video)
                .put("format", video ? "avi" : encoding.extension())
                .put("width", CapillaryPhantom.WIDTH)
                .put("height", CapillaryPhantom.HEIGHT);
    }
}
