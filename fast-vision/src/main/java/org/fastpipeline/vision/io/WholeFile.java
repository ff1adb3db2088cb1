// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A file that appears whole or not at all.
///
/// What is written goes to a hidden file `.NAME.part` in the same folder. [#commit] brings it to the disk and
/// renames it, in one step for all who look; closing without a commit removes it. After a crash the hidden file may
/// be left, and the next writer of that name replaces it. Used by one thread at a time. Every failure is an
/// [OutputException][org.fastpipeline.core.error.OutputException] that names the file.
public final class WholeFile implements AutoCloseable {
    private final Path target;
    private final Path part;
    private final SeekableByteChannel channel;
    private boolean committed;

    private WholeFile(Path target, Path part, SeekableByteChannel channel) {
        this.target = target;
        this.part = part;
        this.channel = channel;
    }

    /// Begins the file; makes its folder where that is missing.
    public static WholeFile create(Path target) {
        Path part = target.resolveSibling("." + target.getFileName() + ".part");
        try {
            Path folder = folder(target);
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
            }
            Set<StandardOpenOption> options =
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
            return new WholeFile(target, part, Files.newByteChannel(part, options));
        } catch (IOException failure) {
            throw FileFault.unwritable(target, failure);
        }
    }

    /// Writes a whole file at once.
    public static void write(Path target, ByteBuffer content) {
        try (WholeFile file = create(target)) {
            file.write(content);
            file.commit();
        }
    }

    /// Where the file will be.
    public Path target() {
        return target;
    }

    /// Adds `content`.
    public void write(ByteBuffer content) {
        try {
            while (content.hasRemaining()) {
                channel.write(content);
            }
        } catch (IOException failure) {
            throw FileFault.unwritable(target, failure);
        }
    }

    /// A stream to the same file; it need not be closed, and fails as streams do, with an [IOException].
    public OutputStream stream() {
        return Channels.newOutputStream(channel);
    }

    /// Makes the file appear, with all that was written, and safe from a loss of power where the file system can do
    /// that.
    public void commit() {
        try {
            if (channel instanceof FileChannel file) {
                file.force(true);
            }
            channel.close();
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            committed = true;
        } catch (IOException failure) {
            throw FileFault.unwritable(target, failure);
        }
        syncFolder(folder(target));
    }

    /// Brings a folder's list of names to the disk; of no effect where a folder cannot be opened as a file is.
    private static void syncFolder(Path folder) {
        try (SeekableByteChannel names = Files.newByteChannel(folder, StandardOpenOption.READ)) {
            if (names instanceof FileChannel file) {
                file.force(true);
            }
        } catch (IOException notOffered) {
            // Windows and some network drives; the file itself is safe.
            return;
        }
    }

    private static Path folder(Path target) {
        Path parent = target.toAbsolutePath().getParent();
        return parent == null ? target.toAbsolutePath() : parent;
    }

    /// Ends the writing; removes what was written unless it was committed.
    @Override
    public void close() {
        @Nullable IOException failure = null;
        try {
            channel.close();
        } catch (IOException closing) {
            failure = closing;
        }
        try {
            if (!committed) {
                Files.deleteIfExists(part);
            }
        } catch (IOException deleting) {
            failure = deleting;
        }
        if (failure != null && !committed) {
            throw FileFault.unwritable(part, failure);
        }
    }
}
