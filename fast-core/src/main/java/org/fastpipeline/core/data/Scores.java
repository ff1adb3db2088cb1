// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import org.fastpipeline.core.error.WrongUseException;

/// What a classifier says of each item of a batch.
///
/// @param labels the classes, in the network's order
/// @param values item by item, one value per class: item i, class c at `i * labels.size() + c`
public record Scores(ImmutableList<String> labels, ImmutableDoubleArray values) {
    public Scores {
        if (labels.isEmpty() || values.length() % labels.size() != 0) {
            throw new WrongUseException(
                    "scores",
                    "met " + values.length() + " values for labels " + labels + "; needed one per item and label",
                    "Name each class that the network tells apart");
        }
    }

    /// Number of items.
    public int items() {
        return values.length() / labels.size();
    }

    /// The score of `item` for the class at position `label`.
    public double score(int item, int label) {
        return values.get(item * labels.size() + label);
    }
}
