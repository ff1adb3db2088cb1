// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.ModelException;

/// The inference engines that were found, and the choice among them. Immutable and thread-safe.
///
/// Engines come from the application's own path and from folders `plugins/<engine>/`, one plugin each with all its jars
/// in a class loader of its own. A plugin that is broken spoils no other: its reason is kept and shown in its report.
///
/// Make one of these per JVM and keep it: a native library can be loaded by one class loader only, so a second object
/// would find plugins that work no more.
public final class Engines {
    private final ImmutableMap<String, InferenceEngine> engines;
    private final ImmutableList<EngineReport> reports;

    Engines(ImmutableMap<String, InferenceEngine> engines, ImmutableList<EngineReport> reports) {
        this.engines = engines;
        this.reports = reports;
    }

    /// Finds the engines on the application's own path alone.
    public static Engines find() {
        return new Discovery().application().engines();
    }

    /// Finds the engines on the application's own path and in the folders of `plugins`, in name order.
    ///
    /// @param plugins may be missing; then there are no plugins
    public static Engines find(Path plugins) {
        return new Discovery().application().plugins(plugins).engines();
    }

    /// These engines, made by the application itself.
    public static Engines of(InferenceEngine... engines) {
        Discovery discovery = new Discovery();
        for (InferenceEngine engine : engines) {
            discovery.add("application", () -> engine);
        }
        return discovery.engines();
    }

    /// What was found, broken plugins too, in the order of discovery.
    public ImmutableList<EngineReport> reports() {
        return reports;
    }

    /// Loads a model with the engine that [EngineOrder] puts first and that can load it, else with the next.
    ///
    /// @return the model, with the choice and its reason; the caller closes it
    /// @throws EngineException if the engine asked for is unknown, or no engine can read the format
    /// @throws ModelException if no engine could load the model; the best engine's error, others suppressed
    public LoadedModel load(ModelSource source, EngineWish wish, EngineOptions options) {
        EngineOrder order = EngineOrder.of(reports, source.format(), wish);
        List<FastException> failures = new ArrayList<>();
        for (EngineOrder.Candidate candidate : order.candidates()) {
            try {
                Model model = engine(candidate.name()).load(source, options);
                EngineChoice choice = choice(candidate, model.precision(), order.passedOver(), failures);
                return new LoadedModel(source.path().toString(), model, choice, options);
            } catch (FastException failed) {
                failures.add(failed);
            } catch (RuntimeException | LinkageError broken) {
                failures.add(new EngineException(
                        candidate.name(),
                        "failed to load " + source.path() + ": " + broken,
                        "Reinstall the engine's plugin, or ask for another engine",
                        broken));
            }
        }
        FastException first = failures.removeFirst();
        failures.forEach(first::addSuppressed);
        throw first;
    }

    /// Loads a described model, and checks that its input and output are as described.
    ///
    /// @throws ModelException also if shapes differ from the description
    public LoadedModel load(ModelDescriptor descriptor, EngineWish wish, EngineOptions options) {
        LoadedModel model = load(descriptor.source(), wish, options);
        try {
            descriptor.check(model);
            return model;
        } catch (ModelException unfit) {
            model.close();
            throw unfit;
        }
    }

    private InferenceEngine engine(String name) {
        InferenceEngine engine = engines.get(name);
        if (engine == null) {
            throw new IllegalStateException(name + " has a report but no engine");
        }
        return engine;
    }

    private static EngineChoice choice(
            EngineOrder.Candidate taken, String precision, String passedOver, List<FastException> failures) {
        StringBuilder why = new StringBuilder(passedOver);
        for (FastException failure : failures) {
            why.append(why.isEmpty() ? "" : "; ").append(failure.getMessage());
        }
        why.append(why.isEmpty() ? "" : "; so ")
                .append(taken.name())
                .append(" was taken: ")
                .append(taken.why());
        return new EngineChoice(
                taken.name(), taken.available().version(), taken.available().devices(), precision, why.toString());
    }
}
