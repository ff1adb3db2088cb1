// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicInteger;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.graph.Fold;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Step;

/// Writes how many children it has into every element of an array: a torn copy would hold two numbers.
final class Stitch extends Fold<byte[]> {
    private static final int ELEMENTS = 4096;

    final In<Long> in = in("in", Long.class);
    final Out<Tensor> picture = out("picture", Tensor.class);
    final AtomicInteger snapshots = new AtomicInteger();
    volatile boolean fails;

    @Override
    public byte[] begin(Step parent) {
        return new byte[ELEMENTS];
    }

    @Override
    public void add(byte[] accumulator, Step child) {
        child.get(in);
        for (int i = 0; i < accumulator.length; i++) {
            accumulator[i]++;
        }
    }

    @Override
    public void snapshot(byte[] accumulator, Step parent) {
        snapshots.incrementAndGet();
        if (fails) {
            throw new IllegalStateException("no copy to be had");
        }
        finish(accumulator, parent);
    }

    @Override
    public void finish(byte[] accumulator, Step parent) {
        Tensor tensor = Tensor.allocate(TensorSpec.of("C", ElementType.U8, ELEMENTS), parent.memory());
        for (int i = 0; i < ELEMENTS; i++) {
            tensor.writableElements().set(ValueLayout.JAVA_BYTE, i, accumulator[i]);
        }
        parent.put(picture, tensor);
    }

    /// How many children a picture has.
    static int whole(Tensor picture) {
        byte first = picture.elements().get(ValueLayout.JAVA_BYTE, 0);
        for (int i = 1; i < ELEMENTS; i++) {
            assertThat(picture.elements().get(ValueLayout.JAVA_BYTE, i)).isEqualTo(first);
        }
        return first;
    }
}
