// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.graph.Fold;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Step;

/// A fold: the same checksum as [Tally]'s, of all pictures of a stream; shows what it has so far.
final class Total extends Fold<long[]> {
    final In<Image> image = in("image", Image.class);
    final Out<Long> sum = out("sum", Long.class);

    private final Ledger ledger;

    Total(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public long[] begin(Step parent) {
        ledger.stateOpened();
        return new long[1];
    }

    @Override
    public void add(long[] accumulator, Step child) {
        accumulator[0] = Tally.next(accumulator[0], Reel.checksum(child.get(image)));
    }

    @Override
    public void snapshot(long[] accumulator, Step parent) {
        parent.put(sum, accumulator[0]);
    }

    @Override
    public void finish(long[] accumulator, Step parent) {
        parent.put(sum, accumulator[0]);
    }

    @Override
    public void close(long[] accumulator) {
        ledger.stateClosed();
    }
}
