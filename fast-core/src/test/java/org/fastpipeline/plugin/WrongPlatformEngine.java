// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.plugin;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.fastpipeline.core.inference.Availability;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelSource;

/// Loads what is no library of this platform, from the system property "fast.test.library".
public final class WrongPlatformEngine implements InferenceEngine {
    @Override
    public String name() {
        return "foreign";
    }

    @Override
    @SuppressWarnings("restricted") // to fail in it is what this engine is for
    public Availability probe() {
        System.load(System.getProperty("fast.test.library", ""));
        return new Availability.Available("1", ImmutableSet.of(), ImmutableList.of());
    }

    @Override
    public Model load(ModelSource source, EngineOptions options) {
        throw new UnsupportedOperationException("nothing to load");
    }
}
