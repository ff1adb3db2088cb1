// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.examples;

import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.stream.Recording;
import org.fastpipeline.core.stream.Streamer;

/// A streamer of one's own: it can be paused, sought in, looped and slowed down like any other.
public final class Ramp extends Streamer<Long> {
    /// The numbers from 0 to 99.
    public final Out<Long> number = out("number", Long.class);

    @Override
    public Recording<Long> recording(Step step) {
        return place -> place < 100 ? new Next.Item<>(place, Metadata.EMPTY) : new Next.End<>();
    }

    @Override
    public void load(Long place, Step step) {
        step.put(number, place);
    }
}
