// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Step;

/// A stateful node: the checksum of all pictures so far, in which their order counts. After the last picture it puts
/// the result once more.
final class Tally extends Stateful<long[]> {
    final In<Image> image = in("image", Image.class);
    final Out<Long> sum = out("sum", Long.class);

    private final Ledger ledger;

    Tally(Ledger ledger) {
        this.ledger = ledger;
    }

    /// The checksum after one more picture.
    static long next(long before, long checksum) {
        return 31 * before + checksum;
    }

    @Override
    public long[] open() {
        ledger.stateOpened();
        return new long[1];
    }

    @Override
    public void execute(long[] state, Step step) {
        state[0] = next(state[0], Reel.checksum(step.get(image)));
        step.put(sum, state[0]);
    }

    @Override
    public void end(long[] state, Step step) {
        step.put(sum, state[0]);
    }

    @Override
    public void close(long[] state) {
        ledger.stateClosed();
    }
}
