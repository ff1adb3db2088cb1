// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;

/// What a classifier says of each item of a batch.
///
/// @param labels the classes, in the network's order
/// @param values item by item, one value per class: item i, class c at `i * labels.size() + c`
public record Scores(ImmutableList<String> labels, ImmutableDoubleArray values) {
    /// Number of items.
    public int items() {
        return values.length() / labels.size();
    }

    /// The score of `item` for the class at position `label`.
    public double score(int item, int label) {
        return values.get(item * labels.size() + label);
    }
}
