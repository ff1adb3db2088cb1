// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import org.fastpipeline.vision.io.FaultyFileSystem.Call;

/// An open file that moves few bytes at a time, as a slow drive may, and asks a guard before each.
final class FaultyChannel implements SeekableByteChannel {
    private static final int MOST_AT_ONCE = 1000;

    private final SeekableByteChannel inner;
    private final Path file;
    private final boolean writes;
    private final FaultyFileSystem.Guard guard;

    FaultyChannel(SeekableByteChannel inner, Path file, boolean writes, FaultyFileSystem.Guard guard) {
        this.inner = inner;
        this.file = file;
        this.writes = writes;
        this.guard = guard;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int bytes = Math.min(target.remaining(), MOST_AT_ONCE);
        try {
            guard.pass(Call.READ, file, bytes);
        } catch (EOFException end) {
            return -1;
        }
        ByteBuffer part = target.slice(target.position(), bytes);
        int read = inner.read(part);
        target.position(target.position() + part.position());
        return read;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int bytes = Math.min(source.remaining(), MOST_AT_ONCE);
        guard.pass(Call.WRITE, file, bytes);
        int written = inner.write(source.slice(source.position(), bytes));
        source.position(source.position() + written);
        return written;
    }

    /// The file is closed even if that fails; a second time is of no effect.
    @Override
    public void close() throws IOException {
        if (inner.isOpen()) {
            inner.close();
            guard.pass(writes ? Call.CLOSE_WRITTEN : Call.CLOSE_READ, file, 0);
        }
    }

    @Override
    public boolean isOpen() {
        return inner.isOpen();
    }

    @Override
    public long position() throws IOException {
        return inner.position();
    }

    @Override
    public SeekableByteChannel position(long place) throws IOException {
        inner.position(place);
        return this;
    }

    @Override
    public long size() throws IOException {
        return inner.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
        inner.truncate(size);
        return this;
    }
}
