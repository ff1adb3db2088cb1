// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.fastpipeline.core.error.OutputException;

/// Tiles of equal size in a temporary file, which is deleted with its last holder.
///
/// The file is mapped piece by piece: the operating system decides what of it is in memory, reading needs no lock, and
/// a thread that is interrupted closes nothing under the others, as it would with reads through a channel. One thread
/// at a time adds tiles; any thread reads those it was told of.
final class TileFile {
    private static final int ZEROS = 1 << 20;

    private final Path folder;
    private final FileChannel channel;
    private final Arena arena = Arena.ofShared();
    private final long tileBytes;
    private final int tilesAPiece;
    private final AtomicInteger holders = new AtomicInteger(1);
    private volatile ImmutableList<MemorySegment> pieces = ImmutableList.of();
    private long tiles;

    /// @param folder where the file is made
    /// @param tilesAPiece by how many tiles it grows
    TileFile(Path folder, long tileBytes, int tilesAPiece) {
        this.folder = folder;
        this.tileBytes = tileBytes;
        this.tilesAPiece = tilesAPiece;
        try {
            this.channel = FileChannel.open(
                    Files.createTempFile(folder, "fast-", ".tiles"),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException failure) {
            throw failed(failure);
        }
    }

    private OutputException failed(IOException failure) {
        return new OutputException(
                folder.toString(),
                "a temporary file for image tiles cannot be written (" + failure.getMessage() + ")",
                "Make room there, or choose another folder",
                failure);
    }

    /// Adds a tile; its content is undefined.
    ///
    /// @return its number
    long add() {
        if (tiles == (long) pieces.size() * tilesAPiece) {
            try {
                grow();
            } catch (IOException failure) {
                throw failed(failure);
            }
        }
        return tiles++;
    }

    /// How many tiles there are.
    long tiles() {
        return tiles;
    }

    /// Writes zeros first, because a full disk is an error there, but would kill the process when a map is written.
    private void grow() throws IOException {
        long bytes = tileBytes * tilesAPiece;
        long start = pieces.size() * bytes;
        ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(ZEROS, bytes));
        for (long at = 0; at < bytes; ) {
            zeros.position(0).limit((int) Math.min(zeros.capacity(), bytes - at));
            at += channel.write(zeros, start + at);
        }
        MemorySegment piece = channel.map(FileChannel.MapMode.READ_WRITE, start, bytes, arena);
        pieces =
                ImmutableList.<MemorySegment>builder().addAll(pieces).add(piece).build();
    }

    /// The content of a tile.
    MemorySegment tile(long number) {
        MemorySegment piece = pieces.get(Math.toIntExact(number / tilesAPiece));
        return piece.asSlice(number % tilesAPiece * tileBytes, tileBytes);
    }

    void retain() {
        holders.incrementAndGet();
    }

    void release() {
        if (holders.decrementAndGet() > 0) {
            return;
        }
        arena.close();
        try {
            channel.close();
        } catch (IOException failure) {
            throw failed(failure);
        }
    }
}
