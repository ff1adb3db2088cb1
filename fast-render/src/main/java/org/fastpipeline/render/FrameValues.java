// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.util.Optional;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.FrameId;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.run.Frame;

/// What a run's frame has for the ports of a view; what was skipped or failed it has not.
///
/// @param frame that is shown
/// @param run that the frame is of
record FrameValues(Frame frame, Object run) implements Values {
    @Override
    public <T> Optional<T> get(Out<T> port) {
        return frame.outcome(port) instanceof Outcome.Value<T>(T value) ? Optional.of(value) : Optional.empty();
    }

    private record Identity(Object run, FrameId frame) {}

    @Override
    public Object identity() {
        return frame.isSnapshot() ? frame : new Identity(run, frame.id());
    }

    @Override
    public Metadata metadata(Out<?> port) {
        return frame.metadata(port);
    }
}
