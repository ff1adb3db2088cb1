// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Brings floats into the range 0 to 1, where they lie.
final class Ranges {
    private Ranges() {}

    static void apply(ImageToImage.Range range, MemorySegment floats) {
        switch (range) {
            case NONE -> {}
            case CLIP -> scale(floats, 0, 1);
            case SQUEEZE -> squeeze(floats);
        }
    }

    private static void squeeze(MemorySegment floats) {
        long count = floats.byteSize() / Float.BYTES;
        float least = Float.POSITIVE_INFINITY;
        float greatest = Float.NEGATIVE_INFINITY;
        for (long i = 0; i < count; i++) {
            float value = floats.getAtIndex(ValueLayout.JAVA_FLOAT, i);
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
        scale(floats, least, greatest > least ? greatest - least : 1);
    }

    private static void scale(MemorySegment floats, float least, float span) {
        long count = floats.byteSize() / Float.BYTES;
        for (long i = 0; i < count; i++) {
            float value = (floats.getAtIndex(ValueLayout.JAVA_FLOAT, i) - least) / span;
            floats.setAtIndex(ValueLayout.JAVA_FLOAT, i, Math.min(Math.max(value, 0), 1));
        }
    }
}
