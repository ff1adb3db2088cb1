// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import com.google.common.primitives.ImmutableLongArray;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.fastpipeline.core.data.NpyHeader;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.graph.Step;
import org.jspecify.annotations.Nullable;

/// Writes tensors one after another along their first dimension as one array, in frame order: a file that NumPy's
/// `load` reads, also mapped (`mmap_mode`) where it is larger than memory.
///
/// All tensors have the first one's type and sizes, but for the first size, of which 0 is allowed. The file appears
/// when the run completed, and only then; a run without tensors writes none. Cannot-write is an
/// [OutputException][org.fastpipeline.core.error.OutputException] and stops the run.
public final class NpySink extends Sink<NpySink.Array> {
    private static final int CHUNK = 1 << 24;

    /// The tensor that a frame adds.
    public final In<Tensor> tensor = in("tensor", Tensor.class, "the items that a frame adds");

    private final Path file;

    /// An open array: its file, and what it holds so far.
    public static final class Array {
        private final WholeFile file;
        private @Nullable TensorSpec spec;

        private Array(WholeFile file) {
            this.file = file;
        }
    }

    /// @param file replaced where it exists
    public NpySink(Path file) {
        this.file = file;
    }

    @Override
    public Array open() {
        return new Array(WholeFile.create(file));
    }

    @Override
    public void execute(Array array, Step step) {
        Tensor items = step.get(tensor);
        TensorSpec more = items.spec();
        if (array.spec == null) {
            array.spec = check(more);
            array.file.write(NpyHeader.write(withItems(more, 0)));
        } else {
            array.spec = withItems(more, Math.addExact(array.spec.sizes().get(0), check(more, array.spec)));
        }
        MemorySegment elements = items.elements().asSlice(0, more.bytes());
        for (long at = 0; at < elements.byteSize(); at += CHUNK) {
            array.file.write(elements.asSlice(at, Math.min(CHUNK, elements.byteSize() - at))
                    .asByteBuffer());
        }
    }

    private TensorSpec check(TensorSpec first) {
        if (first.rank() == 0) {
            throw new WrongUseException(
                    name() + ".tensor",
                    "met " + first + "; needed a dimension along which tensors follow each other",
                    "Give it a first dimension");
        }
        return first;
    }

    private long check(TensorSpec more, TensorSpec first) {
        if (!withItems(more, 0).equals(withItems(first, 0))) {
            throw new WrongUseException(
                    name() + ".tensor",
                    "met " + more + " after " + first + "; needed the same type and sizes, but for the first size",
                    "Write each kind to a file of its own");
        }
        return more.sizes().get(0);
    }

    private static TensorSpec withItems(TensorSpec spec, long items) {
        long[] sizes = spec.sizes().toArray();
        sizes[0] = items;
        return new TensorSpec(spec.axes(), ImmutableLongArray.copyOf(sizes), spec.type());
    }

    @Override
    public void close(Array array, Completion completion) {
        try (WholeFile target = array.file) {
            if (array.spec != null && completion instanceof Completion.Completed) {
                // Its padding has room for any number of items, so the elements stay where they are.
                target.rewrite(NpyHeader.write(array.spec));
                target.commit();
            }
        }
    }
}
