// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.fastpipeline.core.data.Scores;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Step;

/// Says in words what a classifier sees, as in `capillary: 0.87`: the label with the highest mean score over the last
/// frames, the first of equal ones.
public final class ClassificationToText extends Stateful<ClassificationToText.Window> {
    /// The scores of one image per frame.
    public final In<Scores> scores = in("scores", Scores.class, "the scores of one image");

    /// Label and mean score, with two digits.
    public final Out<String> text = out("text", String.class, "the label with the highest mean score, and that score");

    /// The mean score of each label over the last frames.
    public final Out<Scores> mean = out("mean", Scores.class, "the mean score of each label over the last frames");

    /// Over how many frames the mean is taken; over fewer at the beginning.
    public final Parameter<Integer> window =
            integer("window", 1, 1, 10_000, "frames", "over how many frames the mean is taken");

    /// The scores of the last frames.
    public static final class Window {
        private final Deque<Scores> last = new ArrayDeque<>();

        private Window() {}
    }

    @Override
    public Window open() {
        return new Window();
    }

    @Override
    public void execute(Window state, Step step) {
        Scores newest = step.get(scores);
        ImmutableList<String> labels = newest.labels();
        if (newest.items() != 1
                || (!state.last.isEmpty() && !state.last.getFirst().labels().equals(labels))) {
            throw new WrongUseException(
                    scores + ", frame " + step.frame(),
                    "met scores of " + newest.items() + " images for " + labels
                            + "; needed one image, and the same labels in each frame",
                    "Classify one image per frame");
        }
        state.last.add(newest);
        while (state.last.size() > step.get(window)) {
            state.last.remove();
        }
        double[] means = new double[labels.size()];
        int best = 0;
        for (int label = 0; label < means.length; label++) {
            int at = label;
            means[label] = state.last.stream()
                    .mapToDouble(each -> each.score(0, at))
                    .average()
                    .orElseThrow();
            if (means[label] > means[best]) {
                best = label;
            }
        }
        step.put(mean, new Scores(labels, ImmutableDoubleArray.copyOf(means)));
        step.put(text, String.format(Locale.ROOT, "%s: %.2f", labels.get(best), means[best]));
    }
}
