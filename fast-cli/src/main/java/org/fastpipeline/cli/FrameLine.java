// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.Map;
import java.util.StringJoiner;
import org.fastpipeline.core.data.Boxes;
import org.fastpipeline.core.data.Scores;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.run.Frame;

/// What a frame has for the outputs of a pipeline, in one line.
final class FrameLine {
    private static final int LONGEST = 160;

    private FrameLine() {}

    /// As in `frames#3  count: 12  density: density 0.0178 (36909 of 2073600 pixels)`.
    static String of(Frame frame, Map<String, Out<?>> outputs) {
        StringJoiner line = new StringJoiner("  ");
        line.add(frame.id().toString());
        outputs.forEach((name, output) -> line.add(name + ": " + told(frame.outcome(output))));
        return line.toString();
    }

    private static String told(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Value<?>(Object value) -> text(value);
            case Outcome.Skipped<?>(String reason) -> "skipped (" + oneLine(reason) + ")";
            case Outcome.Failed<?>(FastException cause) -> "failed (" + oneLine(Complaint.of(cause)) + ")";
        };
    }

    /// Lists of boxes and scores would fill the screen; pictures and tensors describe themselves.
    static String text(Object value) {
        return switch (value) {
            case Boxes boxes -> boxes.size() + " boxes";
            case Scores scores -> "scores of " + scores.items() + " items for " + scores.labels();
            default -> oneLine(value.toString());
        };
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
