// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import org.fastpipeline.core.data.Box;

/// The pixels of one capillary.
///
/// @param box where it lies, in pixels of the frame
/// @param runs lengths of runs over the pixels of the box, row by row: outside and inside the capillary in turn,
/// beginning with outside
public record CapillaryMask(Box box, ImmutableIntArray runs) {
    /// From the pixels of the box, row by row, not 0 inside.
    static CapillaryMask of(Box box, byte[] inside) {
        ImmutableIntArray.Builder runs = ImmutableIntArray.builder();
        boolean within = false;
        int from = 0;
        for (int at = 0; at < inside.length; at++) {
            if ((inside[at] != 0) != within) {
                runs.add(at - from);
                from = at;
                within = !within;
            }
        }
        runs.add(inside.length - from);
        return new CapillaryMask(box, runs.build());
    }

    /// Number of pixels inside.
    public int area() {
        int sum = 0;
        for (int i = 1; i < runs.length(); i += 2) {
            sum += runs.get(i);
        }
        return sum;
    }

    /// The pixels of the box, row by row: 1 inside, 0 outside. The array is the caller's.
    public byte[] inside() {
        byte[] inside = new byte[box.width() * box.height()];
        int at = 0;
        for (int i = 0; i < runs.length(); i++) {
            Arrays.fill(inside, at, at + runs.get(i), (byte) (i % 2));
            at += runs.get(i);
        }
        return inside;
    }
}
