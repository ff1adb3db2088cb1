// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import org.fastpipeline.core.data.Axis;
import org.fastpipeline.core.data.Scores;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.graph.Mapping;
import org.fastpipeline.core.graph.Out;

/// A classifier that takes everything for a capillary.
final class AcceptAll {
    private AcceptAll() {}

    static Out<Scores> of(Out<Tensor> crops) {
        Mapping<Tensor, Scores> classifier = new Mapping<>(Tensor.class, Scores.class, AcceptAll::scores);
        classifier.input.from(crops);
        return classifier.output;
    }

    static Scores scores(Tensor crops) {
        double[] values = new double[Math.toIntExact(2 * crops.spec().size(Axis.N))];
        for (int i = 1; i < values.length; i += 2) {
            values[i] = 1;
        }
        return new Scores(ImmutableList.of("other", "capillary"), ImmutableDoubleArray.copyOf(values));
    }
}
