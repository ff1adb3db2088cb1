// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.fastpipeline.core.run.RunOptions;

/// What one short workload is given.
///
/// @param draw all its chances; the seed of the soak, the round and the workload's name decide them
/// @param options for its runs; some validate
/// @param folder its own, empty; whatever it leaves there counts as left over
/// @param ledger counts what its nodes take
record Trial(SplittableRandom draw, RunOptions options, Path folder, Ledger ledger) {
    /// Between `least` and `most`, both included.
    int between(int least, int most) {
        return draw.nextInt(least, most + 1);
    }

    boolean oneIn(int times) {
        return draw.nextInt(times) == 0;
    }

    /// Pictures of at most so many columns and rows.
    Reel reel(int largest) {
        return new Reel(draw.nextLong(), largest, ledger);
    }
}
