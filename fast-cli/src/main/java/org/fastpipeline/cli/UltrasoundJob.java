// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Subscription;
import org.fastpipeline.render.ImageLayer;
import org.fastpipeline.render.NameLayer;
import org.fastpipeline.render.ScaleBarLayer;
import org.fastpipeline.render.SegmentationLayer;
import org.fastpipeline.render.TextLayer;
import org.fastpipeline.render.View;
import org.fastpipeline.vision.io.EncodedImage.Encoding;
import org.fastpipeline.vision.io.Rows;
import org.fastpipeline.vision.ultrasound.LabelAreas;
import org.fastpipeline.vision.ultrasound.UltrasoundPipeline;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The ultrasound job: from files to a table, label images and `run.json`.
final class UltrasoundJob implements Analysis {
    /// Folder of the label images, in that of the results.
    private static final String LABELS = "labels";

    private static final List<String> TABLES = List.of("run.json", "frames.csv");

    private final UltrasoundPipeline job;
    private final ImmutableList<Sink<?>> sinks;
    private final double[] pixels;
    private final double[] millimetres;
    private long unknown;

    private UltrasoundJob(UltrasoundPipeline job, Path out, LabelFiles files) {
        this.job = job;
        this.pixels = new double[job.labels().size()];
        this.millimetres = new double[job.labels().size()];
        List<Sink<?>> written = new ArrayList<>();
        written.add(FrameFiles.table("frameTable", out.resolve("frames.csv"), job.columns(), job.frameRow()));
        Path folder = out.resolve(LABELS);
        switch (files) {
            case PNG -> written.add(FrameFiles.pictures("label", folder, Encoding.PNG, job.segmentation()));
            case MHD -> written.add(FrameFiles.metaImages("label", folder, job.segmentation()));
            case NONE -> {}
        }
        this.sinks = ImmutableList.copyOf(written);
    }

    /// Does it.
    ///
    /// @param pixelSize width and height of a pixel in µm; 0: what the files say
    /// @param show where it is seen
    /// @throws FastException if inputs, model, engine or output cannot be used, or the run stopped on an error
    static FrameJob.Done run(
            Home home, JobRequest request, double pixelSize, LabelFiles files, Speech speech, Show show) {
        FrameJob.Maker maker = (frames, network, model) -> {
            UltrasoundPipeline job = UltrasoundPipeline.of(frames, network, model);
            job.pixelSize().set(pixelSize);
            return new UltrasoundJob(job, request.out(), files);
        };
        return new FrameJob(home, request, speech).run(maker, TABLES, _ -> {}, show);
    }

    @Override
    public Subscription results() {
        return Subscription.every(job.areas(), job.frameRow());
    }

    @Override
    public ImmutableList<Sink<?>> sinks() {
        return sinks;
    }

    @Override
    public String pictures() {
        return LABELS;
    }

    @Override
    public View view() {
        ImmutableMap.Builder<Integer, String> names = ImmutableMap.builder();
        View view = View.of(
                ImageLayer.of(job.frame()),
                SegmentationLayer.of(job.segmentation()).withOpacity(0.25));
        for (int i = 0; i < job.labels().size(); i++) {
            int label = i + 1;
            String name = job.labels().get(i);
            names.put(label, name);
            view = view.with(TextLayer.of(job.areas(), areas -> name + " " + area(areas, label)));
        }
        return view.with(NameLayer.of(job.segmentation(), names.buildOrThrow())).with(ScaleBarLayer.of());
    }

    private static String area(LabelAreas areas, int label) {
        return areas.squareMillimetres(label)
                .map(area -> String.format(Locale.ROOT, "%.1f mm²", area))
                .orElseGet(() -> areas.pixels().get(label - 1) + " pixels");
    }

    @Override
    public Out<Rows> frameRow() {
        return job.frameRow();
    }

    @Override
    public ImmutableList<String> columns() {
        return job.columns();
    }

    @Override
    public double threshold() {
        return job.threshold().value();
    }

    @Override
    public Outcome<?> result(Frame frame) {
        return frame.outcome(job.areas());
    }

    @Override
    public void take(Frame frame) {
        if (frame.outcome(job.areas()) instanceof Outcome.Value<LabelAreas>(LabelAreas areas)) {
            unknown += areas.pixelArea().isEmpty() ? 1 : 0;
            for (int label = 1; label <= pixels.length; label++) {
                pixels[label - 1] += areas.pixels().get(label - 1);
                millimetres[label - 1] += areas.squareMillimetres(label).orElse(0.0);
            }
        }
    }

    @Override
    public String summary(long succeeded) {
        if (succeeded == 0) {
            return "no area could be measured";
        }
        boolean known = unknown == 0;
        StringJoiner means = new StringJoiner(", ");
        for (int i = 0; i < pixels.length; i++) {
            double mean = (known ? millimetres[i] : pixels[i]) / succeeded;
            means.add(String.format(
                    Locale.ROOT,
                    known ? "mean %s %.1f mm2" : "mean %s %.0f pixels",
                    job.labels().get(i),
                    mean));
        }
        return means.toString();
    }

    @Override
    public ImmutableMap<String, JsonNode> figures(long succeeded) {
        ObjectNode means = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < pixels.length && succeeded > 0; i++) {
            means.put(job.labels().get(i) + "_pixels", pixels[i] / succeeded);
            if (unknown == 0) {
                means.put(job.labels().get(i) + "_mm2", millimetres[i] / succeeded);
            }
        }
        return ImmutableMap.of("mean_areas", means, "without_pixel_size", JsonNodeFactory.instance.numberNode(unknown));
    }

    @Override
    public ImmutableList<String> notes(long frames) {
        return unknown == 0
                ? ImmutableList.of()
                : ImmutableList.of(
                        unknown + " of " + frames + " frames do not say how large a pixel is: their areas in "
                                + "mm2 are left empty. Give --pixel-size, or MetaImage files.");
    }
}
