// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableLongArray;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Set;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.ie.openvino.binding.OpenVino;

/// Whether the sizes of inputs fit each other and the model, as 2 items of one and 3 of another may not. Thread-safe.
///
/// The CPU device does not look: it reads beyond the smaller input, or drops what is left over. So sizes that come for
/// the first time are given to the model as it was read, which derives those of all its operations from them and
/// refuses what cannot be.
final class Fitting {
    private static final int MOST_KNOWN = 1024;

    private final String name;
    private final OpenVino ov;
    private final MemorySegment read;
    private final ImmutableList<Integer> indexes;
    private final Set<ImmutableList<ImmutableLongArray>> known = new HashSet<>();

    /// @param read the model as it was read, which must outlive this
    /// @param indexes which inputs of it the sizes are for
    Fitting(String name, OpenVino ov, MemorySegment read, ImmutableList<Integer> indexes) {
        this.name = name;
        this.ov = ov;
        this.read = read;
        this.indexes = indexes;
    }

    /// @param sizes of each input
    /// @throws ModelException if they do not fit
    synchronized void check(ImmutableList<ImmutableLongArray> sizes) {
        if (known.contains(sizes)) {
            return;
        }
        ImmutableMap.Builder<Integer, ImmutableLongArray> all = ImmutableMap.builder();
        for (int i = 0; i < sizes.size(); i++) {
            all.put(indexes.get(i), sizes.get(i));
        }
        try {
            ov.models().reshape(read, all.buildOrThrow());
        } catch (EngineException unfit) {
            throw new ModelException(
                    name,
                    "met inputs of sizes " + sizes + ", which do not fit: " + unfit.problem(),
                    "Give inputs of sizes that the model was made for",
                    unfit);
        }
        if (known.size() == MOST_KNOWN) {
            known.clear();
        }
        known.add(sizes);
    }
}
