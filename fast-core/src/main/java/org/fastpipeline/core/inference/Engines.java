// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.graph.TimeSource;

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

    /// These, but only the one of that name.
    ///
    /// @throws EngineException if there is none; those there are are listed
    public Engines only(String name) {
        ImmutableList<EngineReport> its =
                reports.stream().filter(report -> report.name().equals(name)).collect(ImmutableList.toImmutableList());
        if (its.isEmpty()) {
            throw EngineOrder.unknown(name, reports);
        }
        return new Engines(engines.containsKey(name) ? ImmutableMap.of(name, engine(name)) : ImmutableMap.of(), its);
    }

    /// Loads a model that is stored in one format.
    ///
    /// @return the model, with the choice and its reason; the caller closes it
    /// @throws EngineException if the engine asked for is unknown, or no engine can read the format
    /// @throws ModelException if no engine could load the model; the best engine's error, others suppressed
    public LoadedModel load(ModelSource source, EngineWish wish, EngineOptions options) {
        return load(ImmutableList.of(source), wish, options);
    }

    /// Loads a model that is stored in several formats, with the engine and from the file that [EngineOrder] puts
    /// first, or where that fails with the next.
    ///
    /// [EngineWish.Measured] has all of them timed, unless the answer is known: for these files, engines in these
    /// versions, these options and a machine like this. That takes about half a second each, and nothing else
    /// should run meanwhile.
    ///
    /// @param sources one or more, of different formats
    /// @return the model, with the choice and its reason; the caller closes it
    /// @throws EngineException if the engine asked for is unknown, or no engine can read any of the formats
    /// @throws ModelException if no engine could load the model; the best engine's error, others suppressed
    public LoadedModel load(List<ModelSource> sources, EngineWish wish, EngineOptions options) {
        ImmutableMap<ModelFormat, ModelSource> byFormat = Maps.uniqueIndex(sources, ModelSource::format);
        EngineOrder expected = EngineOrder.of(reports, byFormat.keySet(), wish);
        EngineOrder order = wish instanceof EngineWish.Measured(Path cache)
                ? new SpeedTrial(
                                TimeSource.SYSTEM,
                                candidate -> loaded(candidate, byFormat, options),
                                new TrialCache(cache),
                                key(expected, sources, options))
                        .order(expected)
                : expected;
        List<FastException> failures = new ArrayList<>();
        for (EngineOrder.Candidate candidate : order.candidates()) {
            try {
                Model model = loaded(candidate, byFormat, options);
                EngineChoice choice = choice(candidate, model.precision(), order.passedOver(), failures);
                return new LoadedModel(source(candidate, byFormat).name(), model, choice, options);
            } catch (FastException failed) {
                failures.add(failed);
            } catch (RuntimeException | LinkageError broken) {
                failures.add(new EngineException(
                        candidate.name(),
                        "failed to load " + source(candidate, byFormat).name() + ": " + broken,
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
        LoadedModel model = load(descriptor.sources(), wish, options);
        try {
            descriptor.check(model);
            return model;
        } catch (ModelException unfit) {
            model.close();
            throw unfit;
        }
    }

    private Model loaded(
            EngineOrder.Candidate candidate, ImmutableMap<ModelFormat, ModelSource> sources, EngineOptions options) {
        ModelSource source = source(candidate, sources);
        if (source.format() == ModelFormat.ONNX) {
            OnnxFiles.check(source);
        }
        return engine(candidate.name()).load(source, options);
    }

    private static ModelSource source(EngineOrder.Candidate candidate, ImmutableMap<ModelFormat, ModelSource> sources) {
        return Objects.requireNonNull(sources.get(candidate.format()), "an order is of formats asked for");
    }

    private static String key(EngineOrder order, List<ModelSource> sources, EngineOptions options) {
        StringBuilder key = new StringBuilder("fast engine trial 1\n");
        for (ModelSource source : sources) {
            ModelFile file = ModelFile.of(source, Long.MAX_VALUE);
            key.append(source.format() + " " + file.sha256() + " " + source.inputs() + source.outputs() + "\n");
        }
        order.candidates().stream()
                .map(candidate -> candidate.name() + " " + candidate.available() + "\n")
                .distinct()
                .forEach(key::append);
        return key.append(options.precision() + " " + options.device() + " " + options.threads() + "\n")
                .append(TrialCache.machine())
                .append('\n')
                .toString();
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
