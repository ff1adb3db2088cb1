// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

import java.util.Arrays;

/// Blurs a channel; beyond the frame's edges its outermost pixels go on.
final class BlurredLines implements Lines {
    private static final int WIDTH = CapillaryPhantom.WIDTH;
    private static final int LAST = CapillaryPhantom.HEIGHT - 1;

    private final Lines source;
    private final float[] across;
    private final float[] down;
    private final float[] padded;

    /// Rows blurred across, each at its number by the size.
    private final float[][] ring;

    private int next;

    /// @param across weights of the columns, an odd number of them
    /// @param down weights of the rows
    BlurredLines(Lines source, float[] across, float[] down) {
        this.source = source;
        this.across = across;
        this.down = down;
        this.padded = new float[WIDTH + across.length - 1];
        this.ring = new float[down.length][WIDTH];
    }

    @Override
    public void line(int y, float[] out) {
        int reach = down.length / 2;
        while (next <= Math.min(LAST, y + reach)) {
            read(ring[next % ring.length], out);
        }
        Arrays.fill(out, 0);
        for (int k = -reach; k <= reach; k++) {
            float[] row = ring[Math.clamp(y + k, 0, LAST) % ring.length];
            float weight = down[k + reach];
            for (int x = 0; x < WIDTH; x++) {
                out[x] += weight * row[x];
            }
        }
    }

    private void read(float[] row, float[] spare) {
        source.line(next++, spare);
        int reach = across.length / 2;
        Arrays.fill(padded, 0, reach, spare[0]);
        System.arraycopy(spare, 0, padded, reach, WIDTH);
        Arrays.fill(padded, WIDTH + reach, padded.length, spare[WIDTH - 1]);
        Arrays.fill(row, 0);
        for (int k = 0; k < across.length; k++) {
            float weight = across[k];
            for (int x = 0; x < WIDTH; x++) {
                row[x] += weight * padded[x + k];
            }
        }
    }
}
