// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import org.fastpipeline.core.error.ModelException;

/// The files that a model consists of, all looked at before any is opened: regular files only, so that no FIFO
/// blocks and no device or link leads elsewhere, and neither too many nor too large.
///
/// @param model the file or folder
/// @param files by relative path, in byte order
/// @param bytes size of all together
record ModelFiles(Path model, ImmutableSortedMap<RelativePath, Path> files, long bytes) {
    /// Most bytes of a file, unless the user vouches for the model.
    static final long MOST_BYTES = 4L << 30;

    /// Most files of a model.
    static final int MOST_FILES = 10_000;

    private static final int CHUNK = 1 << 16;
    private static final String REMEDY = "Put the file itself there";

    /// A path within the model, its parts joined by `/`, compared as UTF-8 is.
    record RelativePath(String text) implements Comparable<RelativePath> {
        static RelativePath of(Path base, Path file) {
            StringBuilder text = new StringBuilder();
            base.relativize(file)
                    .forEach(part -> text.append(text.isEmpty() ? "" : "/").append(part));
            return new RelativePath(text.toString());
        }

        byte[] bytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int compareTo(RelativePath other) {
            return Arrays.compareUnsigned(bytes(), other.bytes());
        }
    }

    /// The files of `model`.
    ///
    /// @param model a folder, or a file; that of a format of two files stands for both
    /// @param mostBytes most bytes of one file
    /// @throws ModelException if one is no regular file, cannot be read, or is too large, or they are too many
    static ModelFiles of(Path model, ModelFormat format, long mostBytes) {
        try {
            Path base = Files.isDirectory(model, LinkOption.NOFOLLOW_LINKS) ? model : model.resolveSibling("");
            Gathering gathering = new Gathering(model, base, mostBytes);
            Files.walkFileTree(model, gathering);
            for (Path further : beside(model, format)) {
                Files.walkFileTree(further, gathering);
            }
            return new ModelFiles(model, gathering.files.buildOrThrow(), gathering.bytes);
        } catch (IOException unreadable) {
            throw unreadable(model, unreadable);
        }
    }

    /// The files beside `model` that belong to it; `model` itself was looked at before.
    private static ImmutableSet<Path> beside(Path model, ModelFormat format) {
        if (format == ModelFormat.ONNX && Files.isRegularFile(model)) {
            return OnnxFiles.beside(model);
        }
        Path weights = model.resolveSibling(ModelHash.weights(String.valueOf(model.getFileName())));
        return format == ModelFormat.OPENVINO_IR && Files.exists(weights, LinkOption.NOFOLLOW_LINKS)
                ? ImmutableSet.of(weights)
                : ImmutableSet.of();
    }

    /// Their SHA-256, as [ModelDescriptor] defines it.
    String sha256() {
        ModelHash hash = new ModelHash(files.size() == 1 && files.containsValue(model));
        byte[] chunk = new byte[CHUNK];
        files.forEach((name, file) -> {
            try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                hash.begin(name.text, Files.size(file));
                for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
                    hash.add(chunk, read);
                }
            } catch (IOException unreadable) {
                throw unreadable(model, unreadable);
            }
        });
        return hash.end();
    }

    static ModelException unreadable(Path model, IOException cause) {
        return new ModelException(
                model.toString(), "its files cannot be read: " + cause, "Look at the files' rights", cause);
    }

    private static final class Gathering extends SimpleFileVisitor<Path> {
        private final Path model;
        private final Path base;
        private final long mostBytes;
        private final ImmutableSortedMap.Builder<RelativePath, Path> files = ImmutableSortedMap.naturalOrder();
        private int count;
        private long bytes;

        Gathering(Path model, Path base, long mostBytes) {
            this.model = model;
            this.base = base;
            this.mostBytes = mostBytes;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!attributes.isRegularFile()) {
                throw refused(file + " is a link or a special file; needed regular files only", REMEDY);
            }
            if (attributes.size() > mostBytes) {
                throw refused(
                        file + " has " + attributes.size() + " bytes; needed " + mostBytes + " or fewer",
                        "Look whether it is a model; if so, load it as trusted (--trust-model)");
            }
            if (++count > MOST_FILES) {
                throw refused("it has more than " + MOST_FILES + " files", "Name the folder of the model alone");
            }
            bytes += attributes.size();
            files.put(RelativePath.of(base, file), file);
            return FileVisitResult.CONTINUE;
        }

        private ModelException refused(String problem, String remedy) {
            return new ModelException(model.toString(), problem, remedy, null);
        }
    }
}
