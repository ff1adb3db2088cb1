// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.fastpipeline.core.error.ModelException;

/// The SHA-256 of a model's files, as [ModelDescriptor] defines it.
final class ModelHash {
    private static final int CHUNK = 1 << 16;

    private ModelHash() {}

    /// @param model a folder, or a single file, whose relative path is its name
    /// @throws ModelException if a file cannot be read, or is neither a folder nor a regular file
    static String of(Path model) {
        try {
            Map<byte[], Path> files = files(model);
            Hasher hasher = Hashing.sha256().newHasher();
            byte[] chunk = new byte[CHUNK];
            for (Map.Entry<byte[], Path> file : files.entrySet()) {
                hasher.putBytes(file.getKey()).putByte((byte) 0);
                hasher.putBytes(ByteBuffer.allocate(Long.BYTES).putLong(0, Files.size(file.getValue())));
                try (InputStream content = Files.newInputStream(file.getValue())) {
                    for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
                        hasher.putBytes(chunk, 0, read);
                    }
                }
            }
            return hasher.hash().toString();
        } catch (IOException unreadable) {
            throw new ModelException(
                    model.toString(),
                    "its files cannot be read: " + unreadable,
                    "Look at the files' rights",
                    unreadable);
        }
    }

    /// By relative path in byte order.
    private static Map<byte[], Path> files(Path model) throws IOException {
        Map<byte[], Path> files = new TreeMap<>(Arrays::compareUnsigned);
        Path base = Files.isDirectory(model) ? model : model.resolveSibling("");
        Files.walkFileTree(model, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!attributes.isRegularFile()) {
                    throw new ModelException(
                            model.toString(),
                            file + " is a link or a special file; needed regular files only",
                            "Put the file itself there",
                            null);
                }
                StringBuilder relative = new StringBuilder();
                base.relativize(file).forEach(part -> relative.append(relative.isEmpty() ? "" : "/")
                        .append(part));
                files.put(relative.toString().getBytes(StandardCharsets.UTF_8), file);
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
