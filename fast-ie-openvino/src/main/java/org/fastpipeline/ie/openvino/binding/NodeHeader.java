// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino.binding;

import com.google.common.primitives.ImmutableLongArray;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.fastpipeline.core.data.TensorSpec;

/// `ov_node.h` and `ov_partial_shape.h`: what is known of a port, an input or output of a model.
public final class NodeHeader extends Header {
    private static final long DIMENSION_BYTES = 2 * SIZE.byteSize();

    NodeHeader(Symbols symbols) {
        super(symbols);
    }

    private final Function name = function("ov_port_get_any_name", POINTER, POINTER);

    /// One of the port's names.
    public String name(MemorySegment port) {
        return text(name, (function, place) -> (int) function.invokeExact(port, place));
    }

    private final Function type = function("ov_port_get_element_type", POINTER, POINTER);

    /// The port's element type, a number of `ov_element_type_e`.
    public int type(MemorySegment port) {
        return (int) number(type, (function, place) -> (int) function.invokeExact(port, place));
    }

    private final Function partialShape = function("ov_port_get_partial_shape", POINTER, POINTER);
    private final Function partialShapeFree = freeing("ov_partial_shape_free");

    /// The port's sizes, [TensorSpec#UNKNOWN] where they may vary; empty where their number may.
    @SuppressWarnings("restricted")
    public Optional<ImmutableLongArray> sizes(MemorySegment port) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment shape = scratch.allocate(PARTIAL_SHAPE);
            partialShape.run(function -> (int) function.invokeExact(port, shape));
            try {
                long rank = shape.get(SIZE, 0);
                if (rank != shape.get(SIZE, SIZE.byteSize())) {
                    return Optional.empty();
                }
                MemorySegment dimensions = shape.get(POINTER, DIMENSION_BYTES).reinterpret(rank * DIMENSION_BYTES);
                ImmutableLongArray.Builder sizes = ImmutableLongArray.builder((int) rank);
                for (long i = 0; i < rank; i++) {
                    long least = dimensions.getAtIndex(SIZE, 2 * i);
                    long most = dimensions.getAtIndex(SIZE, 2 * i + 1);
                    sizes.add(least == most ? least : TensorSpec.UNKNOWN);
                }
                return Optional.of(sizes.build());
            } finally {
                partialShapeFree.runPlain(function -> {
                    function.invokeExact(shape);
                });
            }
        }
    }
}
