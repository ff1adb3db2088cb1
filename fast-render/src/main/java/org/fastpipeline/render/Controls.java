// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.stream.Streamer;

/// What a window lets its user change: how a stream is played, and parameters of nodes, while the pipeline works.
///
/// Their names, ranges and units make the widgets: a number with bounds becomes a slider, a flag a box to tick; others
/// are shown as text.
///
/// @param streamer whose stream can be paused, moved and played faster or slower
/// @param parameters that can be set
public record Controls(Optional<Streamer<?>> streamer, ImmutableList<Parameter<?>> parameters) {
    /// None.
    public static final Controls NONE = new Controls(Optional.empty(), ImmutableList.of());

    /// These, and playing the stream of `newStreamer`.
    public Controls with(Streamer<?> newStreamer) {
        return new Controls(Optional.of(newStreamer), parameters);
    }

    /// These, and one more parameter.
    public Controls with(Parameter<?> parameter) {
        return new Controls(
                streamer,
                ImmutableList.<Parameter<?>>builder()
                        .addAll(parameters)
                        .add(parameter)
                        .build());
    }

    boolean isEmpty() {
        return streamer.isEmpty() && parameters.isEmpty();
    }
}
