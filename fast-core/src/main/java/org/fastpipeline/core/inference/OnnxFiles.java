// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableTable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import org.fastpipeline.core.error.ModelException;
import org.jspecify.annotations.Nullable;

/// The files in which an ONNX model keeps weights beside itself (`external_data` in `onnx.proto`).
///
/// Engines open whatever a model names, so core looks first: all of it lies below the model's own folder, and is
/// reached through no link. Only the way to those names is decoded. What is no message is passed over: no engine
/// reads it either.
final class OnnxFiles {
    private static final String LOCATION = "location";

    private enum Message {
        MODEL,
        TRAINING,
        FUNCTION,
        GRAPH,
        NODE,
        ATTRIBUTE,
        SPARSE_TENSOR,
        TENSOR,
        ENTRY
    }

    /// Which message is in which field of another, as `onnx.proto` numbers them; the ways to `external_data` alone.
    private static final ImmutableTable<Message, Integer, Message> PARTS =
            ImmutableTable.<Message, Integer, Message>builder()
                    .put(Message.MODEL, 7, Message.GRAPH)
                    .put(Message.MODEL, 20, Message.TRAINING)
                    .put(Message.MODEL, 25, Message.FUNCTION)
                    .put(Message.TRAINING, 1, Message.GRAPH)
                    .put(Message.TRAINING, 2, Message.GRAPH)
                    .put(Message.FUNCTION, 7, Message.NODE)
                    .put(Message.FUNCTION, 11, Message.ATTRIBUTE)
                    .put(Message.GRAPH, 1, Message.NODE)
                    .put(Message.GRAPH, 5, Message.TENSOR)
                    .put(Message.GRAPH, 15, Message.SPARSE_TENSOR)
                    .put(Message.NODE, 5, Message.ATTRIBUTE)
                    .put(Message.ATTRIBUTE, 5, Message.TENSOR)
                    .put(Message.ATTRIBUTE, 6, Message.GRAPH)
                    .put(Message.ATTRIBUTE, 10, Message.TENSOR)
                    .put(Message.ATTRIBUTE, 11, Message.GRAPH)
                    .put(Message.ATTRIBUTE, 22, Message.SPARSE_TENSOR)
                    .put(Message.ATTRIBUTE, 23, Message.SPARSE_TENSOR)
                    .put(Message.SPARSE_TENSOR, 1, Message.TENSOR)
                    .put(Message.SPARSE_TENSOR, 2, Message.TENSOR)
                    .put(Message.TENSOR, 13, Message.ENTRY)
                    .buildOrThrow();

    private record Part(Message kind, MemorySegment bytes) {}

    private final Deque<Part> left = new ArrayDeque<>();
    private final Set<String> locations = new TreeSet<>();

    private OnnxFiles() {}

    /// Fails if an engine that loads `source` would open what it may not.
    static void check(ModelSource source) {
        switch (source.content()) {
            case ModelSource.Files(Path path) -> {
                if (Files.isRegularFile(path)) { // else the engine says what is wrong
                    beside(path);
                }
            }
            case ModelSource.Bytes bytes -> {
                Set<String> outside = locations(bytes.model());
                if (!outside.isEmpty()) {
                    throw refused(
                            source.name(),
                            "it keeps weights in " + outside + "; needed all in one, as it comes from memory",
                            "Save it without external data, or load it from its file");
                }
            }
        }
    }

    /// The files beside `model`, as it names them.
    ///
    /// @throws ModelException if one is missing, or lies elsewhere
    static ImmutableSet<Path> beside(Path model) {
        try (Arena arena = Arena.ofConfined();
                FileChannel file = FileChannel.open(model, StandardOpenOption.READ)) {
            ImmutableSet.Builder<Path> files = ImmutableSet.builder();
            for (String location : locations(file.map(FileChannel.MapMode.READ_ONLY, 0, file.size(), arena))) {
                files.add(beside(model, location));
            }
            return files.build();
        } catch (IOException unreadable) {
            throw ModelFiles.unreadable(model, unreadable);
        }
    }

    private static Path beside(Path model, String location) throws IOException {
        Path given = path(model, location);
        Path file = model.resolveSibling(given);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(
                    model.toString(),
                    "it keeps weights in " + file + ", which is missing",
                    "Put it there, or save the model without external data");
        }
        if (!file.toRealPath()
                .equals(model.toAbsolutePath().resolveSibling("").toRealPath().resolve(given))) {
            throw refused(
                    model.toString(),
                    "it keeps weights in " + file + ", which is reached through a link",
                    "Put the file itself there");
        }
        return file;
    }

    private static Path path(Path model, String location) {
        try {
            Path given = Path.of(location);
            Path plain = given.normalize();
            if (!given.isAbsolute()
                    && !plain.startsWith("..")
                    && !plain.toString().isEmpty()) {
                return plain;
            }
        } catch (InvalidPathException noPath) {
            // refused below, as any other that leads nowhere
        }
        throw refused(
                model.toString(),
                "it keeps weights in '" + location + "'; needed a file below its own folder",
                "Save it anew, with its weights beside it or in it");
    }

    private static ModelException refused(String model, String problem, String remedy) {
        return new ModelException(model, problem, remedy, null);
    }

    private static Set<String> locations(MemorySegment model) {
        OnnxFiles files = new OnnxFiles();
        files.left.push(new Part(Message.MODEL, model));
        while (!files.left.isEmpty()) { // no recursion: how deep it goes is up to the file
            files.walk(files.left.pop());
        }
        return files.locations;
    }

    private void walk(Part part) {
        String key = "";
        String value = "";
        ProtobufFields fields = new ProtobufFields(part.bytes);
        while (fields.next()) {
            @Nullable Message inside = PARTS.get(part.kind, fields.number());
            if (inside != null) {
                left.push(new Part(inside, fields.content()));
            } else if (part.kind == Message.ENTRY && fields.number() == 1) {
                key = fields.text();
            } else if (part.kind == Message.ENTRY && fields.number() == 2) {
                value = fields.text();
            }
        }
        if (key.equals(LOCATION)) {
            locations.add(value);
        }
    }
}
