// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino.binding;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// `ov_tensor.h` and `ov_shape.h`: tensors over memory of ours, and the shapes of those that the library makes.
///
/// A tensor is made and freed with each call of a network, so it is a plain number here, its address, and what
/// functions leave goes to places that the caller keeps: nothing stays on the heap.
public final class TensorHeader extends Header {
    /// Bytes of a place for a number or an address.
    public static final long PLACE_BYTES = Long.BYTES;

    private final MemorySegment all;

    @SuppressWarnings("restricted")
    TensorHeader(Symbols symbols) {
        super(symbols);
        this.all = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    }

    /// Makes a shape of `rank` dimensions, whose sizes [#setSize] writes.
    public static MemorySegment shape(int rank, Arena arena) {
        MemorySegment shape = arena.allocate(SHAPE);
        shape.set(SIZE, 0, rank);
        shape.set(POINTER, SIZE.byteSize(), arena.allocate(SIZE, Math.max(1, rank)));
        return shape;
    }

    /// Number of dimensions.
    public static int rank(MemorySegment shape) {
        return (int) shape.get(SIZE, 0);
    }

    /// Size of a dimension.
    public long size(MemorySegment shape, int dimension) {
        return all.getAtIndex(SIZE, sizes(shape) + dimension);
    }

    /// Sets the size of a dimension.
    public void setSize(MemorySegment shape, int dimension, long size) {
        all.setAtIndex(SIZE, sizes(shape) + dimension, size);
    }

    /// Where the sizes are, in longs from address 0: a pointer to them is a multiple of 8.
    private static long sizes(MemorySegment shape) {
        return shape.get(SIZE, SIZE.byteSize()) / Long.BYTES;
    }

    private final Function overMemory = function("ov_tensor_create_from_host_ptr", ENUM, SHAPE, SIZE, POINTER);

    /// A tensor over memory that is not copied and must outlive it.
    ///
    /// @param type a number of `ov_element_type_e`
    /// @param address where the elements are
    /// @param place where the library leaves the tensor's address
    /// @return the tensor, to be freed with [#free]
    public long overMemory(int type, MemorySegment shape, long address, MemorySegment place) {
        overMemory.run(function -> (int) function.invokeExact(type, shape, address, place));
        return place.get(SIZE, 0);
    }

    private final Function shape = function("ov_tensor_get_shape", SIZE, POINTER);

    /// Leaves a tensor's shape in `struct`, to be freed with [#freeShape].
    public void shape(long tensor, MemorySegment struct) {
        shape.run(function -> (int) function.invokeExact(tensor, struct));
    }

    private final Function shapeFree = function("ov_shape_free", POINTER);

    /// Frees the sizes of a shape that [#shape(long, MemorySegment)] left.
    public void freeShape(MemorySegment struct) {
        shapeFree.run(function -> (int) function.invokeExact(struct));
    }

    private final Function data = function("ov_tensor_data", SIZE, POINTER);

    /// Address of a tensor's first element.
    public long data(long tensor, MemorySegment place) {
        data.run(function -> (int) function.invokeExact(tensor, place));
        return place.get(SIZE, 0);
    }

    /// Copies bytes from one address to another.
    public void copy(long from, long to, long bytes) {
        MemorySegment.copy(all, from, all, to, bytes);
    }

    private final Function free = freeing("ov_tensor_free", SIZE);

    /// Frees a tensor, not the memory that it is over.
    public void free(long tensor) {
        free.runPlain(function -> {
            function.invokeExact(tensor);
        });
    }
}
