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
    private final Geometry geometry;
    private final Lease lease;

    private Tensor(TensorSpec spec, Geometry geometry, Lease lease) {
        this.spec = spec;
        this.geometry = geometry;
        this.lease = lease;
    }

    /// Takes memory for a tensor; its elements are undefined until written.
    public static Tensor allocate(TensorSpec spec, Allocator memory) {
        return allocate(spec, Geometry.UNIT, memory);
    }

    /// The same, where the elements lie in a patient.
    public static Tensor allocate(TensorSpec spec, Geometry geometry, Allocator memory) {
        return new Tensor(spec, geometry, memory.allocate(Math.max(1, spec.bytes())));
    }

    /// A tensor over memory that is already leased; the tensor takes the lease over.
    public static Tensor over(Lease lease, TensorSpec spec) {
        checkFits(lease, spec);
        return new Tensor(spec, Geometry.UNIT, lease);
    }

    private static void checkFits(Lease lease, TensorSpec spec) {
        if (lease.bytes() < spec.bytes()) {
            throw new WrongUseException(
                    "tensor " + spec,
                    "met a lease of " + lease.bytes() + " bytes; needed " + spec.bytes(),
                    "Lease more memory");
        }
    }

    /// A tensor of the given values, in row-major order.
    public static Tensor of(TensorSpec spec, Allocator memory, float... values) {
        if (spec.rank() == 0 || spec.type() != ElementType.F32 || spec.elements() != values.length) {
            throw new WrongUseException(
                    "tensor " + spec,
                    "met " + values.length + " floats; needed an axis or more, and as many as the shape has, in F32",
                    "Correct the shape");
        }
        Tensor tensor = allocate(spec, memory);
        MemorySegment.copy(values, 0, tensor.writableElements(), ValueLayout.JAVA_FLOAT, 0, values.length);
        return tensor;
    }

    /// The same of doubles, which are rounded to floats.
    public static Tensor of(TensorSpec spec, Allocator memory, double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return of(spec, memory, floats);
    }

    /// The same of integers; those beyond 24 bits are rounded.
    public static Tensor of(TensorSpec spec, Allocator memory, int[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = values[i];
        }
        return of(spec, memory, floats);
    }

    /// Shape and element type.
    public TensorSpec spec() {
        return spec;
    }

    /// Where the elements lie in the patient, if the tensor has rows and columns: W along x, H along y, D along z.
    public Geometry geometry() {
        return geometry;
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
        return new Tensor(spec, geometry, lease.handOver(holder));
    }

    /// The same elements under another description, as a handle of its own, charged to `holder`, who closes it.
    public Tensor retainAs(TensorSpec newSpec, Geometry newGeometry, Object holder) {
        checkFits(lease, newSpec);
        return new Tensor(newSpec, newGeometry, lease.retain(holder));
    }

    /// The same elements as pixels, as a handle of its own, charged to `holder`, who closes it.
    public Image asImage(ImageSpec image, Object holder) {
        if (lease.bytes() < image.bytes() || image.type() != spec.type()) {
            throw new WrongUseException(
                    toString(), "met " + image + " to be made of it; needed no more of the same type", "Correct it");
        }
        return Image.over(lease.retain(holder), image);
    }

    @Override
    public Tensor retain(Object holder) {
        return new Tensor(spec, geometry, lease.retain(holder));
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
