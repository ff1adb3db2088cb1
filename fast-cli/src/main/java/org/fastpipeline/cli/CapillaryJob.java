// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.ModelDescriptor;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Subscription;
import org.fastpipeline.render.View;
import org.fastpipeline.vision.capillary.Density;
import org.fastpipeline.vision.capillary.FrameRow;
import org.fastpipeline.vision.io.Rows;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The capillary job: from files to tables, pictures and `run.json`.
final class CapillaryJob implements Analysis {
    /// Folder of the pictures, in that of the results.
    static final String OVERLAYS = "overlays";

    /// Crops that the network is given at once: engines compute fixed batches faster, and small ones stay in the cache.
    private static final long NETWORK_BATCH = 4;

    private static final List<String> TABLES =
            List.of("run.json", "frames.csv", "boxes.csv", "capillaries.csv", "crops.npy");

    private final CapillaryGraph graph;
    private double densities;
    private long grey;

    private CapillaryJob(CapillaryGraph graph) {
        this.graph = graph;
    }

    /// Makes the job of a request.
    private record Maker(CapillaryRequest request) implements FrameJob.Maker {
        @Override
        public ModelDescriptor wanted(ModelDescriptor described) {
            return described.withBatch(NETWORK_BATCH);
        }

        @Override
        public Analysis make(Out<Image> frames, LoadedModel network, ModelDescriptor model) {
            return new CapillaryJob(CapillaryGraph.of(request, frames, network, model));
        }
    }

    /// Does it.
    ///
    /// @param rows told of each frame, in order
    /// @param show where it is seen
    /// @throws FastException if inputs, model, engine or output cannot be used, or the run stopped on an error
    static FrameJob.Done run(
            Home home, CapillaryRequest request, Speech speech, Consumer<FrameResult> rows, Show show) {
        return new FrameJob(home, request.job(), speech).run(new Maker(request), TABLES, rows, show);
    }

    @Override
    public Subscription results() {
        return graph.results();
    }

    @Override
    public ImmutableList<Sink<?>> sinks() {
        return graph.sinks();
    }

    @Override
    public String pictures() {
        return OVERLAYS;
    }

    @Override
    public View view() {
        return graph.view();
    }

    @Override
    public Out<Rows> frameRow() {
        return graph.job().frameRow();
    }

    @Override
    public ImmutableList<String> columns() {
        return FrameRow.COLUMNS;
    }

    @Override
    public double threshold() {
        return graph.job().threshold().value();
    }

    @Override
    public Outcome<?> result(Frame frame) {
        return frame.outcome(graph.job().density());
    }

    @Override
    public void take(Frame frame) {
        if (frame.outcome(graph.colours()) instanceof Outcome.Value<ChannelOrder>(ChannelOrder colours)
                && colours == ChannelOrder.GREY) {
            grey++;
        }
        if (frame.outcome(graph.job().density()) instanceof Outcome.Value<Density>(Density density)) {
            densities += density.value();
        }
    }

    @Override
    public String summary(long succeeded) {
        return succeeded == 0
                ? "no density could be measured"
                : String.format(Locale.ROOT, "mean density %.4f", densities / succeeded);
    }

    @Override
    public ImmutableMap<String, JsonNode> figures(long succeeded) {
        return ImmutableMap.of("without_colour", JsonNodeFactory.instance.numberNode(grey));
    }

    @Override
    public ImmutableList<String> notes(long frames) {
        return grey == 0
                ? ImmutableList.of()
                : ImmutableList.of(
                        grey + " of " + frames + " frames have no colour: the model was trained on colour, so "
                                + "capillaries are missed and these densities are too low.");
    }
}
