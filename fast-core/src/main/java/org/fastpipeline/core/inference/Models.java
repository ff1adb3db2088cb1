// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.error.ReleasedException;
import org.fastpipeline.core.run.ThreadPlan;
import org.jspecify.annotations.Nullable;

/// The models that the nodes of a pipeline ask for by their folders: each is loaded once, when it is first asked for,
/// and all are closed together, after the pipeline.
///
/// Thread-safe.
public final class Models implements AutoCloseable {
    private final Optional<Supplier<Engines>> engines;
    private final EngineOptions options;
    private final boolean trusted;
    private final Map<Request, Described> known = new LinkedHashMap<>();
    private boolean closed;

    /// A model and what its folder says of it.
    ///
    /// @param model stays with the [Models] that it is from
    /// @param descriptor its description
    public record Described(LoadedModel model, ModelDescriptor descriptor) {}

    private record Request(Path folder, EngineWish wish, int threads, List<String> inputs, List<String> outputs) {}

    private Models(Optional<Supplier<Engines>> engines, EngineOptions options, boolean trusted) {
        this.engines = engines;
        this.options = options;
        this.trusted = trusted;
    }

    /// Of models whose hashes are verified, in 32-bit floating point.
    ///
    /// @param engines asked for when the first model is, and only then
    /// @param threads says how many sessions of a model are used at once
    public Models(Supplier<Engines> engines, ThreadPlan threads) {
        this(engines, EngineOptions.of(threads), false);
    }

    /// @param engines asked for when the first model is, and only then
    /// @param options for all models, but for the threads of a session
    /// @param trusted whether models are loaded as [ModelDescriptor#readTrusted] says
    public Models(Supplier<Engines> engines, EngineOptions options, boolean trusted) {
        this(Optional.of(engines), options, trusted);
    }

    /// Loads nothing and opens no file: gives models that nodes can be made and joined with, but not run.
    public static Models unloaded() {
        return new Models(Optional.empty(), new EngineOptions(1, 1), false);
    }

    /// Whether its models can be run.
    public boolean loads() {
        return engines.isPresent();
    }

    /// The model of a folder, through the input and the output that are described there.
    ///
    /// @param folder holds `model.properties`
    /// @param wish the engine that is wanted
    /// @param threads threads of one session
    /// @throws org.fastpipeline.core.error.FastException if description, engine or model cannot be used
    public Described load(Path folder, EngineWish wish, int threads) {
        return load(new Request(folder, wish, threads, List.of(), List.of()));
    }

    /// The model of a folder, through inputs and outputs of its own that are named here.
    ///
    /// @param folder holds `model.properties`
    /// @param wish the engine that is wanted
    /// @param threads threads of one session
    /// @param inputs the model's names of the inputs to use, in port order
    /// @param outputs the model's names of the outputs to use, in port order
    /// @throws org.fastpipeline.core.error.FastException if description, engine or model cannot be used
    public Described load(Path folder, EngineWish wish, int threads, List<String> inputs, List<String> outputs) {
        return load(new Request(folder, wish, threads, List.copyOf(inputs), List.copyOf(outputs)));
    }

    private synchronized Described load(Request request) {
        if (closed) {
            throw new ReleasedException("model", request.folder.toString());
        }
        Described found = known.get(request);
        if (found == null) {
            found = engines.map(source -> loaded(source.get(), request)).orElseGet(() -> unloaded(request));
            known.put(request, found);
        }
        return found;
    }

    private Described loaded(Engines source, Request request) {
        ModelDescriptor descriptor =
                trusted ? ModelDescriptor.readTrusted(request.folder) : ModelDescriptor.read(request.folder);
        EngineOptions its =
                new EngineOptions(options.sessions(), request.threads, options.precision(), options.device());
        if (request.inputs.isEmpty()) {
            return new Described(source.load(descriptor, request.wish, its), descriptor);
        }
        List<ModelSource> asked = descriptor.sources().stream()
                .map(stored -> stored.through(request.inputs, request.outputs))
                .toList();
        return new Described(source.load(asked, request.wish, its), descriptor);
    }

    private static Described unloaded(Request request) {
        ModelSource source = ModelSource.of(request.folder, ModelFormat.SAVED_MODEL);
        ModelDescriptor descriptor = ModelDescriptor.undescribed(request.folder, new ModelFile(source, 0, ""));
        return new Described(
                UnloadedModel.of(
                        request.folder.toString(),
                        ports(request.inputs, "input", descriptor.input()),
                        ports(request.outputs, "output", descriptor.input())),
                descriptor);
    }

    private static List<Model.Port> ports(List<String> asked, String otherwise, TensorSpec spec) {
        List<String> names = asked.isEmpty() ? List.of(otherwise) : asked;
        return names.stream().map(name -> new Model.Port(name, spec)).toList();
    }

    /// Which engines were taken for the models asked for so far, and why: by folder.
    public synchronized ImmutableMap<Path, EngineChoice> choices() {
        ImmutableMap.Builder<Path, EngineChoice> choices = ImmutableMap.builder();
        known.forEach((request, described) -> choices.put(request.folder, described.model.choice()));
        return choices.buildKeepingLast();
    }

    /// Why another engine was taken than the one asked for: a sentence for each model that this happened to.
    public synchronized ImmutableList<String> notices() {
        return known.entrySet().stream()
                .filter(entry -> loads()
                        && entry.getKey().wish instanceof EngineWish.Named(String name)
                        && !name.equals(entry.getValue().model.choice().engine()))
                .map(entry -> entry.getValue().model.choice().why())
                .collect(ImmutableList.toImmutableList());
    }

    /// Closes the models; runs that use them must be closed before. More than once is allowed.
    ///
    /// @throws EngineException if an engine fails to close one; the others are closed all the same
    @Override
    public synchronized void close() {
        closed = true;
        @Nullable EngineException failure = null;
        for (Described described : known.values()) {
            try {
                described.model.close();
            } catch (EngineException broken) {
                if (failure == null) {
                    failure = broken;
                } else {
                    failure.addSuppressed(broken);
                }
            }
        }
        known.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
