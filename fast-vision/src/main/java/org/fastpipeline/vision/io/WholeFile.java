// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// A file that appears whole or not at all.
///
/// What is written goes to a hidden file `.NAME.X.part` in the same folder, where X is of this writer alone: of two
/// writers of one file, the one that commits later wins, whole. [#commit] brings the hidden file to the disk and
/// renames it, in one step for all who look; closing without a commit removes it. After a crash it may be left, is
/// in nobody's way, and may be deleted. Used by one thread at a time. Every failure is an
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
        try {
            Path folder = folder(target);
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
            }
            return begin(target);
        } catch (IOException failure) {
            throw inTheWay(target)
                    .map(path -> FileFault.inTheWay(path, failure))
                    .orElseGet(() -> FileFault.unwritable(target, failure));
        }
    }

    /// Makes the hidden file as any other is made, so that the user's mask sets its permissions.
    private static WholeFile begin(Path target) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        while (true) {
            String mine = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
            Path part = target.resolveSibling("." + target.getFileName() + "." + mine + ".part");
            try {
                return new WholeFile(target, part, Files.newByteChannel(part, options));
            } catch (FileAlreadyExistsException taken) {
                // The next name.
            }
        }
    }

    /// What is not a folder and is where a folder of the file should be.
    private static Optional<Path> inTheWay(Path target) {
        Path folder = target.getParent();
        while (folder != null && !Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            folder = folder.getParent();
        }
        return Optional.ofNullable(folder).filter(path -> !Files.isDirectory(path));
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

    /// Replaces the beginning by as many bytes as there are in `content`, and goes on at the end.
    public void rewrite(ByteBuffer content) {
        try {
            long end = channel.position();
            channel.position(0);
            write(content);
            channel.position(end);
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
        } catch (NoSuchFileException gone) {
            throw Files.isDirectory(folder(target))
                    ? FileFault.removed(target, part, gone)
                    : FileFault.unwritable(target, gone);
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
