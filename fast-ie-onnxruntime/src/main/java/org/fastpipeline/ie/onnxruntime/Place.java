// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.onnxruntime;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import java.util.Map;
import java.util.Optional;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.inference.Model;

/// Where tensors go in or come out.
///
/// @param port what callers know of it
/// @param symbols the model's name for each size; empty where the size is known or has no name
record Place(Model.Port port, ImmutableList<String> symbols) {
    String name() {
        return port.name();
    }

    /// Its shape, if all sizes are known once those in `bound` are: in a model, one name means one size everywhere.
    Optional<TensorSpec> shape(Map<String, Long> bound) {
        TensorSpec spec = port.spec();
        ImmutableLongArray.Builder sizes = ImmutableLongArray.builder(spec.rank());
        for (int i = 0; i < spec.rank(); i++) {
            long size = spec.sizes().get(i);
            sizes.add(size == TensorSpec.UNKNOWN ? bound.getOrDefault(symbols.get(i), size) : size);
        }
        TensorSpec shape = new TensorSpec(spec.axes(), sizes.build(), spec.type());
        // A rank of 0 may also be one that the model leaves open.
        return shape.rank() > 0 && shape.isKnown() ? Optional.of(shape) : Optional.empty();
    }
}
