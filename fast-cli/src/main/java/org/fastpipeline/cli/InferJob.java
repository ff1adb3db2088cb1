// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Streams;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.inference.EngineWish;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelDescriptor;
import org.fastpipeline.core.inference.Preprocessing;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.MemoryPool;
import org.fastpipeline.vision.io.WholeFile;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Runs a network on arrays from files.
///
/// @param home where engines are
/// @param wish the engine that is wanted
/// @param network how it is to be loaded
/// @param speech where all is told
record InferJob(Home home, EngineWish wish, NetworkRequest network, Speech speech) {
    private static final long MEMORY = 16L << 30;

    /// Does it: nothing is written before all is computed.
    ///
    /// @param texts files, with or without a name of an input and `=` before them
    /// @return what came out, in a few words
    String run(Path folder, List<String> texts, Path out) throws InterruptedException {
        ModelDescriptor descriptor = network.read(folder);
        try (MemoryPool pool = new MemoryPool(MEMORY, false);
                Held held = new Held(pool);
                LoadedModel model = home.engines().load(descriptor, wish, network.options(1, 1))) {
            speech.chosen(wish, model.choice());
            ImmutableMap<String, Path> files = assigned(model, texts);
            List<Tensor> inputs = new ArrayList<>();
            for (Model.Port port : model.inputs()) {
                inputs.add(input(port, Objects.requireNonNull(files.get(port.name())), held));
            }
            List<Tensor> outputs = model.run(inputs, (_, spec) -> held.tensor(spec));
            ObjectNode record = JsonNodeFactory.instance.objectNode();
            record.set("engine", Json.of(model.choice()));
            record.set("model", Json.of(descriptor, descriptor.fileOf(model)));
            ObjectNode given = record.putObject("inputs");
            files.forEach((name, file) -> given.put(name, file.toString()));
            write(model.outputs(), outputs, held, out, record.putObject("outputs"));
            WholeFile.write(
                    out.resolve("run.json"),
                    ByteBuffer.wrap((Json.text(record) + "\n").getBytes(StandardCharsets.UTF_8)));
            return told(model.outputs(), outputs);
        }
    }

    /// As in `output scores [45, 2]`.
    private static String told(List<Model.Port> ports, List<Tensor> outputs) {
        return Streams.zip(
                        ports.stream(),
                        outputs.stream(),
                        (port, tensor) -> port.name() + " " + tensor.spec().sizes())
                .collect(Collectors.joining(", ", ports.size() == 1 ? "output " : "outputs ", ""));
    }

    /// The file of each input.
    private static ImmutableMap<String, Path> assigned(LoadedModel model, List<String> texts) {
        Map<String, Path> files = new LinkedHashMap<>();
        List<String> names = model.inputs().stream().map(Model.Port::name).toList();
        List<String> unnamed = new ArrayList<>();
        for (String text : texts) {
            int sign = text.indexOf('=');
            String name = sign < 0 ? "" : text.substring(0, sign);
            if (!names.contains(name)) {
                unnamed.add(text);
            } else if (files.put(name, Path.of(text.substring(sign + 1))) != null) {
                throw wrong("--input", "met a second file for input '" + name + "'; needed one", "Leave one out");
            }
        }
        for (String name : names) {
            if (!files.containsKey(name) && !unnamed.isEmpty()) {
                files.put(name, Path.of(unnamed.removeFirst()));
            }
        }
        if (files.size() < names.size() || !unnamed.isEmpty()) {
            throw wrong(
                    "--input",
                    "met " + texts.size() + " files" + (unnamed.isEmpty() ? "" : ", too many: " + unnamed)
                            + "; needed one for each of the inputs " + model.inputs(),
                    "Name the inputs as the network does");
        }
        return ImmutableMap.copyOf(files);
    }

    private static Tensor input(Model.Port port, Path path, Held held) {
        NpyFile file = NpyFile.open(path);
        boolean converts = port.spec().type() == ElementType.F32;
        boolean fits = file.sizes().length() == port.spec().rank()
                && port.spec()
                        .accepts(new TensorSpec(
                                port.spec().axes(), file.sizes(), converts ? ElementType.F32 : file.type()));
        if (!fits) {
            throw wrong(
                    path.toString(),
                    "met " + file.type() + " " + file.sizes() + " for input " + port.name() + "; needed " + port.spec(),
                    "Give an array of this shape and type");
        }
        Tensor tensor = held.tensor(new TensorSpec(port.spec().axes(), file.sizes(), file.type()));
        file.readInto(tensor.writableElements());
        return held.converted(tensor, port.spec().type());
    }

    private static void write(List<Model.Port> ports, List<Tensor> outputs, Held held, Path out, ObjectNode record) {
        Set<String> used = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            String stem = ports.get(i).name().replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^\\.+", "_");
            String name = stem;
            for (int copy = 2; !used.add(name.toLowerCase(Locale.ROOT)); copy++) {
                name = stem + "-" + copy;
            }
            NpyFile.write(out.resolve(name + ".npy"), held.converted(outputs.get(i), ElementType.F32));
            record.put(ports.get(i).name(), name + ".npy");
        }
    }

    private static InputException wrong(String source, String problem, String remedy) {
        return new InputException(source, problem, remedy, null);
    }

    /// What was taken from a pool, and is given back together.
    private record Held(MemoryPool pool, List<Tensor> tensors) implements AutoCloseable {
        Held(MemoryPool pool) {
            this(pool, new ArrayList<>());
        }

        Tensor tensor(TensorSpec spec) {
            Allocator memory = bytes -> pool.allocate(bytes, "fast infer");
            Tensor tensor = Tensor.allocate(spec, memory);
            tensors.add(tensor);
            return tensor;
        }

        /// The same values in elements of `type`: itself, or F32.
        Tensor converted(Tensor tensor, ElementType type) {
            if (tensor.spec().type() == type) {
                return tensor;
            }
            Tensor other = Preprocessing.NONE.apply(tensor, bytes -> pool.allocate(bytes, "fast infer"));
            tensors.add(other);
            return other;
        }

        @Override
        public void close() {
            tensors.forEach(Tensor::close);
        }
    }
}
