// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import org.fastpipeline.core.error.WrongUseException;

/// The shape of a tensor, dense and row-major (the last axis fastest).
///
/// @param axes meaning of each dimension
/// @param sizes size of each dimension; [#UNKNOWN] in what a model declares, never in a tensor
/// @param type element type
public record TensorSpec(ImmutableList<Axis> axes, ImmutableLongArray sizes, ElementType type) {
    /// A size that is only known when the network runs.
    public static final long UNKNOWN = -1;

    public TensorSpec {
        if (axes.size() != sizes.length()) {
            throw new WrongUseException(
                    "tensor",
                    "met " + sizes.length() + " sizes for axes " + axes + "; needed one each",
                    "Name each dimension");
        }
        if (sizes.stream().anyMatch(size -> size < UNKNOWN)) {
            throw new WrongUseException(
                    "tensor", "met sizes " + sizes + "; needed 0 or more, or UNKNOWN", "Correct the sizes");
        }
    }

    /// A tensor of the axes named by letters, as in `of("NHWC", F32, 8, 50, 50, 3)`.
    public static TensorSpec of(String axes, ElementType type, long... sizes) {
        ImmutableList.Builder<Axis> named = ImmutableList.builder();
        for (int i = 0; i < axes.length(); i++) {
            named.add(axis(axes, i));
        }
        return new TensorSpec(named.build(), ImmutableLongArray.copyOf(sizes), type);
    }

    private static Axis axis(String axes, int at) {
        try {
            return Axis.valueOf(axes.substring(at, at + 1));
        } catch (IllegalArgumentException unknown) {
            throw new WrongUseException(
                    "tensor", "met axes '" + axes + "'; needed letters of N, T, D, H, W, C", "Correct the letters");
        }
    }

    /// Number of dimensions.
    public int rank() {
        return axes.size();
    }

    /// Size along `axis`, 1 where the tensor has no such axis.
    public long size(Axis axis) {
        int at = axes.indexOf(axis);
        return at < 0 ? 1 : sizes.get(at);
    }

    /// Whether every size is known.
    public boolean isKnown() {
        return sizes.stream().noneMatch(size -> size == UNKNOWN);
    }

    /// Number of elements; all sizes must be known.
    public long elements() {
        long product = 1;
        for (int i = 0; i < sizes.length(); i++) {
            if (sizes.get(i) == UNKNOWN) {
                throw new WrongUseException(
                        "tensor " + this, "met an unknown size; needed all known", "Fix the shape first");
            }
            product = Math.multiplyExact(product, sizes.get(i));
        }
        return product;
    }

    /// Size in bytes; all sizes must be known.
    public long bytes() {
        return Math.multiplyExact(elements(), type.bytes());
    }

    /// This spec with the first axis (the batch) of another size; there must be one.
    public TensorSpec withFirst(long size) {
        if (axes.isEmpty()) {
            throw new WrongUseException("tensor " + this, "met no axes; needed a first one", "Name the batch axis");
        }
        ImmutableLongArray.Builder changed = ImmutableLongArray.builder(rank()).add(size);
        changed.addAll(sizes.subArray(1, rank()));
        return new TensorSpec(axes, changed.build(), type);
    }

    /// Whether a tensor of `other` may stand where this is declared: same axes, type and known sizes.
    public boolean accepts(TensorSpec other) {
        if (!axes.equals(other.axes) || type != other.type) {
            return false;
        }
        for (int i = 0; i < rank(); i++) {
            if (sizes.get(i) != UNKNOWN && sizes.get(i) != other.sizes.get(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(type.toString()).append('(');
        for (int i = 0; i < rank(); i++) {
            text.append(i > 0 ? ", " : "").append(axes.get(i)).append('=');
            text.append(sizes.get(i) == UNKNOWN ? "?" : String.valueOf(sizes.get(i)));
        }
        return text.append(')').toString();
    }
}
