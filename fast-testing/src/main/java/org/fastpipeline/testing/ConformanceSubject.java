// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import org.fastpipeline.core.inference.Availability;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.EngineReport;
import org.fastpipeline.core.inference.EngineWish;
import org.fastpipeline.core.inference.Engines;
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;
import org.jspecify.annotations.Nullable;

/// The engine that the suite is about. What it cannot do is skipped, by a test's own call here.
///
/// @param engines finds it
/// @param name its name
/// @param engine itself, where it is no installed plugin
record ConformanceSubject(
        Engines engines, String name, @Nullable InferenceEngine engine) {
    static ConformanceSubject of(InferenceEngine engine) {
        return new ConformanceSubject(Engines.of(engine), engine.name(), engine);
    }

    static ConformanceSubject installed(Path plugins, String name) {
        Engines all = Engines.find(plugins);
        boolean isThere =
                all.reports().stream().anyMatch(report -> report.name().equals(name));
        // no other may stand in where this one fails
        return new ConformanceSubject(isThere ? all.only(name) : all, name, null);
    }

    /// What the engine can do; skips the test where it is not available, and fails it where there is none.
    Availability.Available available() {
        EngineReport report = engines.reports().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no engine " + name + "; met " + engines.reports()));
        return switch (report.availability()) {
            case Availability.Available available -> available;
            case Availability.Unavailable(String reason, String remedy) ->
                abort(name + " is not available here: " + reason + ". " + remedy);
        };
    }

    /// The first format that the engine reads and `network` is stored in.
    ModelFormat format(ConformanceCase network) {
        ImmutableSet<ModelFormat> formats = available().formats();
        return formats.stream()
                .filter(network.formats()::contains)
                .findFirst()
                .orElseGet(() ->
                        abort(name + " reads " + formats + ", and " + network + " is stored as " + network.formats()));
    }

    /// Skips the test unless the engine reads `format` and `network` is stored in it.
    void need(ConformanceCase network, ModelFormat format) {
        ImmutableSet<ModelFormat> formats = available().formats();
        if (!formats.contains(format)) {
            abort(name + " reads " + formats + ", not " + format);
        }
        if (!network.formats().contains(format)) {
            abort(network + " is stored as " + network.formats() + ", not " + format);
        }
    }

    /// Loads a network of the suite in the first format that the engine reads.
    ConformanceRun load(String network, Path folder, EngineOptions options) {
        ConformanceCase read = ConformanceCase.read(network);
        return new ConformanceRun(read, load(read.source(format(read), folder), options));
    }

    /// Loads a model with this engine and no other.
    LoadedModel load(ModelSource source, EngineOptions options) {
        LoadedModel model = engines.load(source, new EngineWish.Named(name), options);
        assertEquals(name, model.choice().engine(), "engine that was taken");
        return model;
    }

    /// A model in the engine's own hands; skips the test where the engine is an installed plugin.
    Model own(ModelSource source, EngineOptions options) {
        available();
        return engine == null
                ? abort("only core sees the engine of an installed plugin")
                : engine.load(source, options);
    }
}
