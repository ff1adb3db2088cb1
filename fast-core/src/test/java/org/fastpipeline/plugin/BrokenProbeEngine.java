// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.plugin;

import org.fastpipeline.core.inference.Availability;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelSource;

/// Fails in its probe.
public final class BrokenProbeEngine implements InferenceEngine {

    @Override
    public String name() {
        return "probe";
    }

    @Override
    public Availability probe() {
        throw new IllegalStateException("probe broke");
    }

    @Override
    public Model load(ModelSource source, EngineOptions options) {
        throw new UnsupportedOperationException("nothing to load");
    }
}
