// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.fastpipeline.core.error.ModelException;

/// Stands in for a network that is not there, so that nodes can be made and joined; it cannot be run.
record UnloadedModel(String name, ImmutableList<Port> inputs, ImmutableList<Port> outputs) implements Model {
    @Override
    public Session openSession() {
        throw new ModelException(
                name,
                "is not loaded: the pipeline was made to be looked at",
                "Read it again with Models that may load",
                null);
    }

    @Override
    public void close() {}

    static LoadedModel of(String name, List<Port> inputs, List<Port> outputs) {
        return new LoadedModel(
                name,
                new UnloadedModel(name, ImmutableList.copyOf(inputs), ImmutableList.copyOf(outputs)),
                new EngineChoice("none", "", ImmutableList.of(), "", "the model is not loaded"),
                new EngineOptions(1, 1));
    }
}
