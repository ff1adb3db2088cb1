// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Subscription;
import org.fastpipeline.render.View;
import org.fastpipeline.vision.io.Rows;
import tools.jackson.databind.JsonNode;

/// What is particular to one job over frames. Used by one thread; what it sums up does not grow with the number of
/// frames.
interface Analysis {
    /// Gives each frame's row and result.
    Subscription results();

    /// Write the files.
    ImmutableList<Sink<?>> sinks();

    /// Name of the folder that pictures of the frames go to, in that of the results.
    String pictures();

    /// What there is to see of a frame.
    View view();

    /// The frame's row of `frames.csv`.
    Out<Rows> frameRow();

    /// The header line of `frames.csv`.
    ImmutableList<String> columns();

    /// The threshold of the network that is in force.
    double threshold();

    /// What the frame is there for: if it is no value, the frame failed.
    Outcome<?> result(Frame frame);

    /// Takes a frame into account, failed or not.
    void take(Frame frame);

    /// What was found, in a few words.
    ///
    /// @param succeeded frames that did not fail
    String summary(long succeeded);

    /// What `run.json` says beside the usual.
    ImmutableMap<String, JsonNode> figures(long succeeded);

    /// What is to be known of the results, in sentences.
    ///
    /// @param frames that came out
    ImmutableList<String> notes(long frames);
}
