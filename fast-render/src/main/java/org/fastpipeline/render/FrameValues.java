// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.util.Optional;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.run.Frame;

/// What a run's frame has for the ports of a view; what was skipped or failed it has not.
record FrameValues(Frame frame) implements Values {
    @Override
    public <T> Optional<T> get(Out<T> port) {
        return frame.outcome(port) instanceof Outcome.Value<T>(T value) ? Optional.of(value) : Optional.empty();
    }

    @Override
    public Metadata metadata(Out<?> port) {
        return frame.metadata(port);
    }
}
