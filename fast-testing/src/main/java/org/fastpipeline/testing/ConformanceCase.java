// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableLongArray;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;

/// A small network in several formats, with inputs and what they must give; `conformance/make_models.py` made them.
///
/// @param name its folder among the resources
/// @param inputs its inputs, by name
/// @param outputs its outputs, by name
/// @param calls how many calls there are values for
/// @param formats the formats it is stored in
record ConformanceCase(
        String name,
        ImmutableList<Model.Port> inputs,
        ImmutableList<Model.Port> outputs,
        int calls,
        ImmutableSet<ModelFormat> formats) {
    private static final String ROOT = "conformance/";

    static ConformanceCase read(String name) {
        Properties said = new Properties();
        try {
            said.load(new StringReader(new String(resource(name + "/case.properties"), StandardCharsets.UTF_8)));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return new ConformanceCase(
                name,
                ports(said, "inputs"),
                ports(said, "outputs"),
                Integer.parseInt(said.getProperty("calls")),
                words(said, "formats").stream()
                        .map(word -> ModelFormat.valueOf(word.toUpperCase(Locale.ROOT)))
                        .collect(ImmutableSet.toImmutableSet()));
    }

    private static List<String> words(Properties said, String key) {
        return Splitter.on(',').splitToList(said.getProperty(key));
    }

    private static ImmutableList<Model.Port> ports(Properties said, String kind) {
        return words(said, kind).stream()
                .map(port -> new Model.Port(port, spec(said.getProperty(port))))
                .collect(ImmutableList.toImmutableList());
    }

    /// Reads `NC F32 -1,3`.
    private static TensorSpec spec(String text) {
        List<String> parts = Splitter.on(' ').splitToList(text);
        long[] sizes = Splitter.on(',')
                .splitToStream(parts.get(2))
                .mapToLong(Long::parseLong)
                .toArray();
        return TensorSpec.of(parts.get(0), ElementType.valueOf(parts.get(1)), sizes);
    }

    private static byte[] resource(String path) {
        try (InputStream stream = Objects.requireNonNull(
                ConformanceCase.class.getResourceAsStream(ROOT + path), () -> "missing resource " + path)) {
            return stream.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// What a port is given, or must give, in a call.
    NumpyArray value(int call, Model.Port port) {
        String file = name + "/" + call + "." + port.name() + ".npy";
        return NumpyArray.parse(file, resource(file));
    }

    /// Writes the model's files into `folder`.
    ModelSource source(ModelFormat format, Path folder) {
        try {
            for (String file : new String(resource("files.txt"), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (file.startsWith(name + "/") && !file.endsWith(".npy")) {
                    Path target = folder.resolve(file);
                    Files.createDirectories(Objects.requireNonNull(target.getParent()));
                    Files.write(target, resource(file));
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        String file =
                switch (format) {
                    case SAVED_MODEL -> "saved_model";
                    case FROZEN_GRAPH -> "model.pb";
                    case ONNX -> "model.onnx";
                    case OPENVINO_IR -> "model.xml";
                    case TFLITE -> "model.tflite";
                };
        return describe(ModelSource.of(folder.resolve(name).resolve(file), format));
    }

    /// A model that was written to a file, from memory.
    static ModelSource inMemory(ModelSource stored) throws IOException {
        Path file = stored.path();
        Path weights = file.resolveSibling("model.bin");
        byte[] model = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[1];
        byte[] beside = stored.format() == ModelFormat.OPENVINO_IR ? Files.readAllBytes(weights) : new byte[0];
        return new ModelSource(
                new ModelSource.Bytes(
                        String.valueOf(file.getFileName()),
                        MemorySegment.ofArray(model),
                        MemorySegment.ofArray(beside)),
                stored.format(),
                stored.inputs(),
                stored.outputs(),
                stored.shapes());
    }

    /// Adds the axes that nobody would guess.
    private ModelSource describe(ModelSource plain) {
        ImmutableMap.Builder<String, TensorSpec> unusual = ImmutableMap.builder();
        for (Model.Port port : ImmutableList.<Model.Port>builder()
                .addAll(inputs)
                .addAll(outputs)
                .build()) {
            ImmutableLongArray sizes = port.spec().sizes();
            if (!plain.port(port.name(), port.spec().type(), sizes).equals(port)) {
                unusual.put(port.name(), port.spec());
            }
        }
        return new ModelSource(plain.path(), plain.format(), plain.inputs(), plain.outputs(), unusual.buildOrThrow());
    }

    /// The file of a stored model that says what it computes, for tests that break it.
    static Path graph(ModelSource source) {
        return source.format() == ModelFormat.SAVED_MODEL ? source.path().resolve("saved_model.pb") : source.path();
    }

    @Override
    public String toString() {
        return name;
    }
}
