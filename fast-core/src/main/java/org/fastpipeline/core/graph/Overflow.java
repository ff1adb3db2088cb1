// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

import org.fastpipeline.core.error.WrongUseException;

/// What a source does with frames that come while the pipeline is busy.
///
/// @param kept how many of the newest are kept until there is room, older ones are dropped; 0 to read no frame
/// before there is room for it
public record Overflow(int kept) {
    /// No frame is read before there is room for it: nothing is lost, and what is read from waits.
    public static final Overflow WAIT = new Overflow(0);

    public Overflow {
        if (kept < 0) {
            throw new WrongUseException(
                    "overflow", "met " + kept + " frames to keep; needed 0 or more", "Use Overflow.WAIT to keep all");
        }
    }

    /// Reads without a pause, as a camera wants it, and keeps the newest `frames`; older ones are dropped and
    /// counted.
    public static Overflow keepNewest(int frames) {
        if (frames < 1) {
            throw new WrongUseException("overflow", "met " + frames + " frames to keep; needed 1 or more", "Keep one");
        }
        return new Overflow(frames);
    }
}
