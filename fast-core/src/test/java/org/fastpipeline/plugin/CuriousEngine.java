// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.plugin;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.fastpipeline.core.inference.Availability;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;

/// Says in its version which class loader it has, and which of the application's things it can see.
public final class CuriousEngine implements InferenceEngine {
    @Override
    public String name() {
        return "curious";
    }

    @Override
    public Availability probe() {
        ClassLoader loader = CuriousEngine.class.getClassLoader();
        String seen = loader.getName() + " assertj=" + sees(loader, "org.assertj.core.api.Assertions") + " internals="
                + sees(loader, "org.fastpipeline.core.Hidden") + " guava="
                + sees(loader, "com.google.common.collect.ImmutableMap") + " services="
                + (loader.getParent().getResource("META-INF/services/" + InferenceEngine.class.getName()) != null);
        return new Availability.Available(seen, ImmutableSet.of(ModelFormat.ONNX), ImmutableList.of("CPU"));
    }

    private static boolean sees(ClassLoader loader, String type) {
        try {
            return Class.forName(type, false, loader) != null;
        } catch (ClassNotFoundException unseen) {
            return false;
        }
    }

    @Override
    public Model load(ModelSource source, EngineOptions options) {
        throw new UnsupportedOperationException("nothing to load");
    }
}
