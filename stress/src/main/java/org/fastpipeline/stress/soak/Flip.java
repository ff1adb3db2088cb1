// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.error.TransientException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;

/// Changes every byte of a picture by exclusive or with a mask; says which mask it was. May fail on some frames, work
/// on several at once.
final class Flip extends Stateless {
    final In<Image> image = in("image", Image.class);
    final Out<Image> flipped = out("flipped", Image.class);
    final Out<Integer> used = out("used", Integer.class);
    final Parameter<Integer> mask = integer("mask", 0xFF, 0, 0xFF, "", "what each byte is changed by");

    private final Ledger ledger;
    private final int batch;
    private final int failing;
    private final int retried;
    private final Set<Long> triedOnce = ConcurrentHashMap.newKeySet();

    /// @param batch frames at once
    /// @param failing every so many frames one fails for good; 0 for none
    /// @param retried every so many frames one fails at the first try; 0 for none
    Flip(Ledger ledger, int batch, int failing, int retried) {
        this.ledger = ledger;
        this.batch = batch;
        this.failing = failing;
        this.retried = retried;
    }

    /// One that never fails.
    Flip(Ledger ledger) {
        this(ledger, 1, 0, 0);
    }

    /// Whether the frame with this number fails for good.
    boolean fails(long sequence) {
        return failing > 0 && sequence % failing == failing - 1;
    }

    /// Once per frame, and forgotten afterwards: the set must not grow in a long run.
    private boolean isFirstTry(long sequence) {
        return retried > 0 && sequence % retried == 0 && !triedOnce.remove(sequence) && triedOnce.add(sequence);
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public void execute(List<Step> steps) throws Exception {
        for (Step step : steps) {
            execute(step);
        }
    }

    @Override
    public void execute(Step step) throws Exception {
        long sequence = step.frame().sequence();
        Image from = step.get(image);
        Image to = ledger.image(from.spec(), step.memory());
        if (isFirstTry(sequence)) {
            throw new TransientException("the soak has frame " + sequence + " tried again", null);
        }
        if (fails(sequence)) {
            throw new IllegalStateException("the soak has frame " + sequence + " fail");
        }
        int change = step.get(mask);
        MemorySegment source = from.pixels();
        MemorySegment target = to.writablePixels();
        byte[] row = new byte[Reel.rowBytes(from.spec())];
        for (int y = 0; y < from.height(); y++) {
            long at = y * from.spec().rowStride();
            MemorySegment.copy(source, ValueLayout.JAVA_BYTE, at, row, 0, row.length);
            for (int i = 0; i < row.length; i++) {
                row[i] ^= (byte) change;
            }
            MemorySegment.copy(row, 0, target, ValueLayout.JAVA_BYTE, at, row.length);
        }
        step.put(flipped, to);
        step.put(used, change);
    }
}
