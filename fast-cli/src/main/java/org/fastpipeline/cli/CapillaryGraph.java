// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fastpipeline.core.data.Axis;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.Boxes;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.graph.Mapping;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.ModelDescriptor;
import org.fastpipeline.core.run.Subscription;
import org.fastpipeline.render.BoxLayer;
import org.fastpipeline.render.Colour;
import org.fastpipeline.render.ImageLayer;
import org.fastpipeline.render.PlotLayer;
import org.fastpipeline.render.SegmentationLayer;
import org.fastpipeline.render.TextLayer;
import org.fastpipeline.render.View;
import org.fastpipeline.vision.capillary.BoxRows;
import org.fastpipeline.vision.capillary.CapillaryPipeline;
import org.fastpipeline.vision.capillary.CapillaryRows;
import org.fastpipeline.vision.capillary.Density;
import org.fastpipeline.vision.capillary.FrameRow;
import org.fastpipeline.vision.capillary.RoiBatch;
import org.fastpipeline.vision.capillary.ScoredBoxes;
import org.fastpipeline.vision.io.NpySink;

/// The capillary job's graph: frames, the job itself, and the files at its end.
///
/// @param job the ports of the job
/// @param colours the channels of each frame
/// @param sinks write the files
record CapillaryGraph(CapillaryPipeline job, Out<ChannelOrder> colours, ImmutableList<Sink<?>> sinks) {
    /// The label of a capillary in the mask.
    private static final int INSIDE = 255;

    static CapillaryGraph of(CapillaryRequest request, Out<Image> frames, LoadedModel network, ModelDescriptor model) {
        CapillaryPipeline job = CapillaryPipeline.of(frames, request.background(), network, model);
        job.pixelSize().set(request.pixelSize());
        request.threshold().ifPresent(job.threshold()::set);
        List<Sink<?>> sinks = new ArrayList<>();
        Path out = request.job().out();
        sinks.add(FrameFiles.table("frameTable", out.resolve("frames.csv"), FrameRow.COLUMNS, job.frameRow()));
        sinks.add(FrameFiles.table("boxTable", out.resolve("boxes.csv"), BoxRows.COLUMNS, job.boxRows()));
        sinks.add(FrameFiles.table(
                "capillaryTable", out.resolve("capillaries.csv"), CapillaryRows.COLUMNS, job.capillaryRows()));
        request.overlays()
                .encoding()
                .ifPresent(encoding -> sinks.add(
                        FrameFiles.pictures("overlay", out.resolve(CapillaryJob.OVERLAYS), encoding, job.overlay())));
        if (request.crops()) {
            sinks.add(crops(out.resolve("crops.npy"), job, model));
        }
        Mapping<Image, ChannelOrder> colours = new Mapping<>(
                Image.class, ChannelOrder.class, image -> image.spec().channels());
        colours.name("colours");
        colours.input.from(job.frame());
        return new CapillaryGraph(job, colours.output, ImmutableList.copyOf(sinks));
    }

    Subscription results() {
        return Subscription.every(job.density(), job.frameRow(), colours);
    }

    /// The frame, the capillaries in it, how many there are, and how the density went.
    View view() {
        return View.of(
                ImageLayer.of(job.frame()),
                SegmentationLayer.of(job.mask())
                        .with(INSIDE, Colour.GREEN)
                        .withOpacity(0.15)
                        .withBorder(1, 1),
                BoxLayer.of(job.capillaries(), CapillaryGraph::boxes).withThickness(1),
                TextLayer.of(job.capillaries(), CapillaryGraph::count),
                TextLayer.of(job.density(), density -> String.format(Locale.ROOT, "density %.4f", density.value())),
                PlotLayer.of(job.density(), Density::value, "density", ""));
    }

    private static List<Box> boxes(ScoredBoxes scored) {
        return scored.boxes().stream().map(ScoredBoxes.ScoredBox::box).toList();
    }

    private static String count(ScoredBoxes scored) {
        int count = scored.boxes().size();
        return count == 1 ? "1 capillary" : count + " capillaries";
    }

    /// What the network saw of each row of the table of boxes.
    private static NpySink crops(Path file, CapillaryPipeline job, ModelDescriptor model) {
        Mapping<ScoredBoxes, Boxes> accepted = new Mapping<>(
                ScoredBoxes.class,
                Boxes.class,
                scored -> new Boxes(scored.boxes().stream()
                        .map(ScoredBoxes.ScoredBox::box)
                        .collect(ImmutableList.toImmutableList())));
        accepted.name("acceptedBoxes");
        accepted.input.from(job.capillaries());
        RoiBatch crops = new RoiBatch();
        crops.name("acceptedCrops");
        crops.side.set(Math.toIntExact(model.input().size(Axis.W)));
        crops.frame.from(job.frame());
        crops.boxes.from(accepted.output);
        NpySink array = new NpySink(file);
        array.name("cropArray");
        array.tensor.from(crops.crops);
        return array;
    }
}
