// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.plugin;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.fastpipeline.core.inference.Availability;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelSource;

/// Needs a native library that is not there.
public final class MissingNativesEngine implements InferenceEngine {
    @Override
    public String name() {
        return "missing";
    }

    @Override
    @SuppressWarnings("restricted") // to fail in it is what this engine is for
    public Availability probe() {
        System.loadLibrary("fast_no_such_library");
        return new Availability.Available("1", ImmutableSet.of(), ImmutableList.of());
    }

    @Override
    public Model load(ModelSource source, EngineOptions options) {
        throw new UnsupportedOperationException("nothing to load");
    }
}
