// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Decompresses a zlib stream (RFC 1950 and 1951) a stretch at a time, in a window of its own. Written for speed:
/// tables that take eleven bits at once and copies of eight bytes. Used by one thread.
final class Inflate {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int HISTORY = 1 << 15;
    private static final int STRIDE = Long.BYTES;

    /// What one turn of the inner loop may write, and what copies of eight bytes at once write beyond their ends.
    private static final int ROOM = DeflateCodes.LONGEST_MATCH + 2 * STRIDE;

    /// What a number of so many bytes is multiplied with to be repeated over eight.
    private static final long[] REPEATS = {
        0,
        0x0101_0101_0101_0101L,
        0x0001_0001_0001_0001L,
        0x0001_0000_0100_0001L,
        0x1_0000_0001L,
        0x100_0000_0001L,
        0x1_0000_0000_0001L,
        0x100_0000_0000_0001L
    };
    private static final int LITERAL_MASK = (1 << DeflateCodes.LITERAL_BITS) - 1;
    private static final int DISTANCE_MASK = (1 << DeflateCodes.DISTANCE_BITS) - 1;
    private static final int MORE_LITERAL_MASK = (1 << (15 - DeflateCodes.LITERAL_BITS)) - 1;
    private static final int MORE_DISTANCE_MASK = (1 << (15 - DeflateCodes.DISTANCE_BITS)) - 1;

    private final ZlibBits input;
    private final DeflateCodes codes = new DeflateCodes();
    private final byte[] out;
    private int from;
    private int to;

    private boolean inBlock;
    private boolean last;
    private int stored;

    /// @param input the whole stream
    /// @param most most bytes that are asked for at once
    Inflate(ZlibBits input, int most) throws ZlibBits.Malformed {
        this.input = input;
        this.out = new byte[2 * (HISTORY + most) + ROOM];
        int method = input.take(Byte.SIZE);
        int flags = input.take(Byte.SIZE);
        boolean deflate = (method & 0x8F) == 8;
        boolean dictionary = (flags & 0x20) != 0;
        if (((method << Byte.SIZE) + flags) % 31 != 0 || !deflate || dictionary) {
            throw new ZlibBits.Malformed();
        }
    }

    /// The window, in which the bytes not taken yet begin at [#from].
    byte[] window() {
        return out;
    }

    int from() {
        return from;
    }

    /// Takes bytes.
    void skip(int bytes) {
        from += bytes;
    }

    /// Sees to it that so many bytes are there to be taken.
    ///
    /// @return whether the stream has so many
    boolean has(int bytes) throws ZlibBits.Malformed {
        while (to - from < bytes) {
            if (!inBlock && last) {
                return false;
            }
            slide();
            decode();
        }
        return true;
    }

    /// The four bytes after the compressed data, the sum of what was compressed.
    int checksum() throws ZlibBits.Malformed {
        if (!last || inBlock) {
            throw new ZlibBits.Malformed();
        }
        input.align();
        int sum = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            sum = (sum << Byte.SIZE) | input.take(Byte.SIZE);
        }
        return sum;
    }

    /// Makes room behind, by leaving out what is taken and too far back to be copied.
    private void slide() {
        int needless = Math.min(from, to - HISTORY);
        if (needless > out.length / 3) {
            System.arraycopy(out, needless, out, 0, to - needless);
            from -= needless;
            to -= needless;
        }
    }

    /// Decodes up to the end of a block or of the window.
    private void decode() throws ZlibBits.Malformed {
        if (!inBlock) {
            begin();
        }
        if (stored > 0) {
            int count = Math.min(stored, out.length - ROOM - to);
            System.arraycopy(input.in, input.at, out, to, count);
            input.at += count;
            to += count;
            stored -= count;
            inBlock = stored > 0;
        } else if (inBlock) {
            symbols();
        }
    }

    private void begin() throws ZlibBits.Malformed {
        last = input.take(1) != 0;
        inBlock = true;
        switch (input.take(2)) {
            case 0 -> beginStored();
            case 1 -> codes.beginFixed();
            case 2 -> codes.beginDynamic(input);
            default -> throw new ZlibBits.Malformed();
        }
    }

    private void beginStored() throws ZlibBits.Malformed {
        input.align();
        stored = input.take(Short.SIZE);
        boolean same = (input.take(Short.SIZE) ^ 0xFFFF) == stored;
        input.align();
        if (!same || stored > input.end - input.at) {
            throw new ZlibBits.Malformed();
        }
        inBlock = stored > 0;
    }

    /// The inner loop; all that it needs is in local variables. 48 bits are enough for a length and a distance with all
    /// that belongs to them.
    private void symbols() throws ZlibBits.Malformed {
        ZlibBits source = input;
        byte[] target = out;
        int[] literalEntries = codes.literals();
        int[] distanceEntries = codes.distances();
        int limit = target.length - ROOM;
        int stop = source.end + STRIDE;
        int read = source.at;
        int write = to;
        long next = source.bits;
        int count = source.held;
        while (write < limit && read <= stop) {
            next |= source.eight(read) << count;
            read += (63 - count) >>> 3;
            count |= 56;
            int entry = literalEntries[(int) next & LITERAL_MASK];
            if ((entry & HuffmanTable.LITERAL) != 0) {
                next >>>= entry;
                count -= entry & 0xFF;
                SHORTS.set(target, write, (short) (entry >>> HuffmanTable.VALUE));
                write += (entry >>> HuffmanTable.COUNT) & 3;
                entry = literalEntries[(int) next & LITERAL_MASK];
                if ((entry & HuffmanTable.LITERAL) != 0) {
                    next >>>= entry;
                    count -= entry & 0xFF;
                    SHORTS.set(target, write, (short) (entry >>> HuffmanTable.VALUE));
                    write += (entry >>> HuffmanTable.COUNT) & 3;
                    continue;
                }
                if (count < 48) {
                    continue;
                }
            }
            if ((entry & HuffmanTable.SPECIAL) != 0) {
                next >>>= entry;
                count -= entry & 0xFF;
                if ((entry & HuffmanTable.LINK) != 0) {
                    entry = literalEntries[(entry >>> HuffmanTable.VALUE) + ((int) next & MORE_LITERAL_MASK)];
                    next >>>= entry;
                    count -= entry & 0xFF;
                    if ((entry & HuffmanTable.LITERAL) != 0) {
                        target[write++] = (byte) (entry >>> HuffmanTable.VALUE);
                        continue;
                    }
                }
                if ((entry & HuffmanTable.SPECIAL) != 0) {
                    if (entry >>> HuffmanTable.VALUE != HuffmanTable.END >>> HuffmanTable.VALUE) {
                        throw new ZlibBits.Malformed();
                    }
                    inBlock = false;
                    break;
                }
            } else {
                next >>>= entry;
                count -= entry & 0xFF;
            }
            int extra = (entry >>> HuffmanTable.COUNT) & 0x1F;
            int length = (entry >>> HuffmanTable.VALUE) + ((int) next & ((1 << extra) - 1));
            next >>>= extra;
            count -= extra;

            entry = distanceEntries[(int) next & DISTANCE_MASK];
            next >>>= entry;
            count -= entry & 0xFF;
            if ((entry & HuffmanTable.LINK) != 0) {
                entry = distanceEntries[(entry >>> HuffmanTable.VALUE) + ((int) next & MORE_DISTANCE_MASK)];
                next >>>= entry;
                count -= entry & 0xFF;
            }
            extra = (entry >>> HuffmanTable.COUNT) & 0x1F;
            int distance = (entry >>> HuffmanTable.VALUE) + ((int) next & ((1 << extra) - 1));
            next >>>= extra;
            count -= extra;
            if ((entry & HuffmanTable.SPECIAL) != 0 || distance > write) {
                throw new ZlibBits.Malformed();
            }
            copy(target, write, distance, length);
            write += length;
        }
        if (read - count / Byte.SIZE > source.end) {
            throw new ZlibBits.Malformed();
        }
        to = write;
        source.at = read;
        source.bits = next;
        source.held = count;
    }

    /// Repeats what lies `distance` bytes back; writes up to 15 bytes more.
    private static void copy(byte[] target, int write, int distance, int length) {
        int stop = write + length;
        int to = write;
        if (distance < STRIDE) {
            // Eight bytes of repeats, made by a product; each time as many as are a whole number of them.
            long once = (long) LONGS.get(target, write - distance) & ((1L << (Byte.SIZE * distance)) - 1);
            long repeated = once * REPEATS[distance];
            int step = STRIDE - STRIDE % distance;
            do {
                LONGS.set(target, to, repeated);
                to += step;
            } while (to < stop);
            return;
        }
        LONGS.set(target, to, (long) LONGS.get(target, to - distance));
        LONGS.set(target, to + STRIDE, (long) LONGS.get(target, to + STRIDE - distance));
        for (to += 2 * STRIDE; to < stop; to += STRIDE) {
            LONGS.set(target, to, (long) LONGS.get(target, to - distance));
        }
    }
}
