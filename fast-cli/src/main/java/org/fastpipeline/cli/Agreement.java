// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.math.Quantiles;
import com.google.common.math.Stats;
import java.util.List;
import java.util.OptionalDouble;

/// How well measured densities agree with the true ones (Bland and Altman, "Statistical methods for assessing
/// agreement between two methods of clinical measurement", 1986).
///
/// @param pairs of each frame that has both
record Agreement(ImmutableList<Pair> pairs) {
    private static final double LIMIT = 1.96;

    /// The densities of one frame.
    record Pair(double truth, double measured) {
        double mean() {
            return (truth + measured) / 2;
        }

        double difference() {
            return measured - truth;
        }
    }

    /// Mean of measured less true; nothing without frames.
    OptionalDouble bias() {
        return pairs.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Stats.meanOf(differences()));
    }

    /// What bias and 1.96 standard deviations of the differences (n - 1) are away from each other; nothing for fewer
    /// than two frames.
    OptionalDouble reach() {
        return pairs.size() < 2
                ? OptionalDouble.empty()
                : OptionalDouble.of(LIMIT * Stats.of(differences()).sampleStandardDeviation());
    }

    /// Median of |measured - true| / true over the frames with a true density above 0; nothing without such frames.
    OptionalDouble medianRelativeError() {
        List<Double> errors = pairs.stream()
                .filter(pair -> pair.truth > 0)
                .map(pair -> Math.abs(pair.difference()) / pair.truth)
                .toList();
        return errors.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Quantiles.median().compute(errors));
    }

    private List<Double> differences() {
        return pairs.stream().map(Pair::difference).toList();
    }
}
