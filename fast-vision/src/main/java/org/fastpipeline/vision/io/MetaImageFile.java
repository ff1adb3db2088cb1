// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.Lease;
import org.fastpipeline.vision.format.MetaHeader;

/// Reads MetaImages, `.mhd` with the samples in a file beside it, and `.mha` with both in one: straight from the file
/// into leased memory, with their place in the patient.
final class MetaImageFile {
    /// Bytes that are read at once: a volume may be more than one buffer can show.
    private static final int PIECE = 1 << 20;

    private static final String ANEW = "Copy or export it again from where it came from";

    private final Path path;
    private final Allocator memory;

    MetaImageFile(Path path, Allocator memory) {
        this.path = path;
        this.memory = memory;
    }

    /// Whether a file is one by its name: its content begins with no number that tells.
    static boolean isNamed(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".mhd") || name.endsWith(".mha");
    }

    /// @param mostPixels an image of more is refused before anything is allocated for it
    /// @throws InputException if a file cannot be read, or is not a whole image of a kind that is read
    Image read(long mostPixels) {
        try {
            MetaHeader header = header(mostPixels);
            Path data = header.dataFile().map(path::resolveSibling).orElse(path);
            Image image = Image.allocate(header.spec(), memory);
            try {
                samples(header, data, image.writablePixels());
                return image;
            } catch (IOException | RuntimeException failure) {
                image.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw FileFault.unreadable(path, failure);
        }
    }

    private MetaHeader header(long mostPixels) throws IOException {
        return MetaHeader.read(path.toString(), head(), mostPixels);
    }

    /// Whether a file is one with several slices, as far as its header can be read.
    static boolean isVolume(Path file) {
        try {
            return isNamed(file)
                    && new MetaImageFile(file, MetaImageFile::nothing)
                                    .header(Long.MAX_VALUE)
                                    .spec()
                                    .depth()
                            > 1;
        } catch (IOException | InputException unreadable) {
            return false;
        }
    }

    private static Lease nothing(long bytes) {
        throw new IllegalStateException("a header needs no memory of ours, met " + bytes + " bytes");
    }

    private byte[] head() throws IOException {
        if (!Files.isRegularFile(path)) {
            throw Files.exists(path)
                    ? problem(path, "not a file", "Give an image file, or a folder as an input of its own")
                    : problem(path, "there is no such file", "Check the name");
        }
        try (SeekableByteChannel channel = Files.newByteChannel(path)) {
            ByteBuffer head = ByteBuffer.allocate((int) Math.min(MetaHeader.MOST_BYTES, channel.size()));
            if (head.capacity() == 0) {
                throw problem(path, "the file is empty", "Copy it again from its origin");
            }
            fill(channel, head);
            return head.array();
        }
    }

    private void samples(MetaHeader header, Path data, MemorySegment pixels) throws IOException {
        if (!Files.isRegularFile(data)) {
            throw problem(path, "there is no file " + data.getFileName() + " with its samples", "Copy it beside this");
        }
        try (SeekableByteChannel channel = Files.newByteChannel(data)) {
            long local = header.dataFile().isEmpty() ? header.length() : 0;
            long stored = channel.size() - local;
            if (header.compressed()) {
                channel.position(local + Math.max(0, header.skipped()));
                inflate(channel, header, data, pixels);
            } else {
                long skipped = header.skipped() < 0 ? stored - header.storedSize() : header.skipped();
                boolean external = header.dataFile().isPresent() && header.skipped() == 0;
                if (skipped < 0
                        || stored - skipped < header.storedSize()
                        || (external && stored != header.storedSize())) {
                    throw problem(
                            data,
                            "met " + stored + " bytes of samples; needed "
                                    + (header.storedSize() + Math.max(0, skipped)) + " for " + header.spec(),
                            ANEW);
                }
                channel.position(local + skipped);
                MemorySegment samples = stored(header, pixels);
                for (long at = 0; at < samples.byteSize(); at += PIECE) {
                    fill(channel, piece(samples, at));
                }
            }
        }
        convert(header, pixels);
    }

    /// Where samples go as they are stored; signed bytes to the end, so that they can be widened from the beginning.
    private static MemorySegment stored(MetaHeader header, MemorySegment pixels) {
        return pixels.asSlice(pixels.byteSize() - header.storedSize());
    }

    private static ByteBuffer piece(MemorySegment samples, long from) {
        return samples.asSlice(from, Math.min(PIECE, samples.byteSize() - from)).asByteBuffer();
    }

    private static void fill(SeekableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("it became shorter while it was read");
            }
        }
    }

    /// Inflates piece by piece; a stream that holds less or more than the header says is damaged.
    private void inflate(SeekableByteChannel channel, MetaHeader header, Path data, MemorySegment pixels)
            throws IOException {
        MemorySegment samples = stored(header, pixels);
        long size = samples.byteSize();
        long done = 0;
        Inflater inflater = new Inflater();
        try (Lease piece = memory.allocate(PIECE)) {
            ByteBuffer packed = piece.writable().asByteBuffer();
            ByteBuffer beyond = ByteBuffer.allocate(1);
            while (done <= size && !inflater.finished() && isFed(inflater, channel, packed)) {
                done += inflater.inflate(done < size ? piece(samples, done) : beyond.clear());
            }
        } catch (DataFormatException damage) {
            throw new InputException(data.toString(), "its compressed samples are damaged", ANEW, damage);
        } finally {
            inflater.end();
        }
        if (done != size) {
            throw problem(
                    data,
                    "its compressed samples are " + (done > size ? "more" : "fewer") + " than the header says, "
                            + header.spec(),
                    ANEW);
        }
    }

    /// Whether there is something left to inflate; reads on if need be.
    private static boolean isFed(Inflater inflater, SeekableByteChannel channel, ByteBuffer packed) throws IOException {
        if (inflater.needsInput() && channel.read(packed.clear()) > 0) {
            inflater.setInput(packed.flip());
        }
        return !inflater.needsInput() && !inflater.needsDictionary();
    }

    private static void convert(MetaHeader header, MemorySegment pixels) {
        if (header.signedBytes()) {
            long offset = header.storedSize();
            for (long at = 0; at < header.storedSize(); at++) {
                short value = pixels.get(ValueLayout.JAVA_BYTE, offset + at);
                pixels.set(ValueLayout.JAVA_SHORT_UNALIGNED, 2 * at, value);
            }
        } else if (header.order() != ByteOrder.nativeOrder() && header.storedBytes() > 1) {
            swap(pixels, header.storedBytes());
        }
    }

    private static void swap(MemorySegment pixels, int bytes) {
        for (long at = 0; at < pixels.byteSize(); at += bytes) {
            switch (bytes) {
                case 2 -> {
                    short value = pixels.get(ValueLayout.JAVA_SHORT_UNALIGNED, at);
                    pixels.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, Short.reverseBytes(value));
                }
                case 4 -> {
                    int value = pixels.get(ValueLayout.JAVA_INT_UNALIGNED, at);
                    pixels.set(ValueLayout.JAVA_INT_UNALIGNED, at, Integer.reverseBytes(value));
                }
                default -> {
                    long value = pixels.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
                    pixels.set(ValueLayout.JAVA_LONG_UNALIGNED, at, Long.reverseBytes(value));
                }
            }
        }
    }

    private static InputException problem(Path file, String problem, String remedy) {
        return new InputException(file.toString(), problem, remedy, null);
    }
}
