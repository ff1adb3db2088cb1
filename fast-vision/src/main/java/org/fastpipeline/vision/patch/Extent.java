// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.patch;

/// Whole numbers along x, y and z: a size in pixels, or how many there are.
public record Extent(int x, int y, int z) {
    @Override
    public String toString() {
        return x + " x " + y + (z == 1 ? "" : " x " + z);
    }
}
