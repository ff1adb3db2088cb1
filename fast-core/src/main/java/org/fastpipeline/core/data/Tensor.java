// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.Lease;
import org.fastpipeline.core.memory.Leased;

/// A dense n-dimensional array in native memory, with named axes.
///
/// A handle, as [Image] is: closed by its holder, written before it is put, read-only afterwards.
public final class Tensor implements Leased<Tensor> {
    private final TensorSpec spec;
    private final Lease lease;

    private Tensor(TensorSpec spec, Lease lease) {
        this.spec = spec;
        this.lease = lease;
    }

    /// Takes memory for a tensor; its elements are undefined until written.
    public static Tensor allocate(TensorSpec spec, Allocator memory) {
        return new Tensor(spec, memory.allocate(Math.max(1, spec.bytes())));
    }

    /// A tensor over memory that is already leased; the tensor takes the lease over.
    public static Tensor over(Lease lease, TensorSpec spec) {
        if (lease.bytes() < spec.bytes()) {
            throw new WrongUseException(
                    "tensor " + spec,
                    "met a lease of " + lease.bytes() + " bytes; needed " + spec.bytes(),
                    "Lease more memory");
        }
        return new Tensor(spec, lease);
    }

    /// A tensor of the given values, in row-major order.
    public static Tensor of(TensorSpec spec, Allocator memory, float... values) {
        if (spec.type() != ElementType.F32 || spec.elements() != values.length) {
            throw new WrongUseException(
                    "tensor " + spec,
                    "met " + values.length + " floats; needed as many as the shape has, in F32",
                    "Correct the shape");
        }
        Tensor tensor = allocate(spec, memory);
        MemorySegment.copy(values, 0, tensor.writableElements(), ValueLayout.JAVA_FLOAT, 0, values.length);
        return tensor;
    }

    /// Shape and element type.
    public TensorSpec spec() {
        return spec;
    }

    /// All elements, read-only; valid while this handle is.
    public MemorySegment elements() {
        return lease.segment().asSlice(0, spec.bytes());
    }

    /// All elements, writable; only before the tensor is put, and only for who allocated it.
    public MemorySegment writableElements() {
        return lease.writable().asSlice(0, spec.bytes());
    }

    /// Address of the first element, for native calls that read in place; valid while this handle is.
    public long address() {
        return lease.address();
    }

    /// The element at a row-major position, as a float; the tensor must be F32.
    public float floatAt(long position) {
        return floats().getAtIndex(ValueLayout.JAVA_FLOAT, position);
    }

    /// A copy of all elements; the tensor must be F32.
    public float[] toFloats() {
        return floats().toArray(ValueLayout.JAVA_FLOAT);
    }

    private MemorySegment floats() {
        if (spec.type() != ElementType.F32) {
            throw new WrongUseException(
                    toString(), "met a read of floats; needed elements of F32", "Read its elements as what they are");
        }
        return elements();
    }

    /// This tensor in the name of another holder, who may go on writing; this handle is closed. For what is made in
    /// several steps.
    public Tensor handOver(Object holder) {
        return new Tensor(spec, lease.handOver(holder));
    }

    @Override
    public Tensor retain(Object holder) {
        return new Tensor(spec, lease.retain(holder));
    }

    @Override
    public void publish() {
        lease.publish();
    }

    @Override
    public void close() {
        lease.close();
    }

    @Override
    public String toString() {
        return "tensor " + spec;
    }
}
