// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

import java.util.SplittableRandom;

/// Random numbers for one purpose; the same seed and purpose give the same ones on every machine. Used by one thread.
///
/// Floats are made of 24 bits and of StrictMath alone, so that no rounding hangs on the machine.
final class Dice {
    private static final int FLOAT_SHIFT = Long.SIZE - 24;
    private static final float FLOAT_UNIT = 1f / (1 << 24);
    private static final int QUARTER_BITS = 16;
    private static final int QUARTER = 0xFFFF;
    private static final float SUM_MEAN = 4 * QUARTER / 2f;

    /// Deviation of the sum of four even numbers of 16 bits: 65536 x sqrt(4 / 12).
    private static final float SUM_DEVIATION = 37_837f;

    private static final float TAU = (float) (2 * Math.PI);

    private final SplittableRandom random;

    private Dice(SplittableRandom random) {
        this.random = random;
    }

    /// @param purpose what the numbers are for, from the wide to the narrow: frame, part, row
    static Dice of(long seed, long... purpose) {
        SplittableRandom random = new SplittableRandom(seed);
        for (long part : purpose) {
            random = new SplittableRandom(random.nextLong() + part);
        }
        return new Dice(random);
    }

    /// An even number from `least` to below `most`.
    float between(float least, float most) {
        return least + (most - least) * ((random.nextLong() >>> FLOAT_SHIFT) * FLOAT_UNIT);
    }

    /// A whole number from `least` to below `most`.
    int whole(int least, int most) {
        return random.nextInt(least, most);
    }

    boolean chance(float share) {
        return between(0, 1) < share;
    }

    float angle() {
        return between(0, TAU);
    }

    /// A normal number of unit deviation, by the method of Box and Muller (1958).
    float normal() {
        double length = StrictMath.sqrt(-2 * StrictMath.log(1 - between(0, 1)));
        return (float) (length * StrictMath.cos(angle()));
    }

    /// An exponential number of mean 1.
    float exponential() {
        return (float) -StrictMath.log(1 - between(0, 1));
    }

    /// Adds nearly normal noise: the sum of four even numbers, which costs a tenth of a normal one.
    void addNoise(float[] row, float deviation) {
        float gain = deviation / SUM_DEVIATION;
        for (int i = 0; i < row.length; i++) {
            long bits = random.nextLong();
            long sum = (bits & QUARTER)
                    + (bits >>> QUARTER_BITS & QUARTER)
                    + (bits >>> (2 * QUARTER_BITS) & QUARTER)
                    + (bits >>> (3 * QUARTER_BITS));
            row[i] += gain * (sum - SUM_MEAN);
        }
    }
}
