// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The bits of a zlib stream, lowest of each byte first; at least 56 are held after [#refill]. Fields are open to the
/// inner loop of [Inflate], which keeps them in local variables meanwhile. Used by one thread.
final class ZlibBits {
    /// What the stream has to be followed by, so that eight bytes can be read at once.
    static final int SLACK = 24;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    final byte[] in;
    final int end;
    int at;
    long bits;
    int held;

    /// Thrown for what is no zlib stream.
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed() {
            super("not a zlib stream", null, false, false);
        }
    }

    /// @param in the stream from 0 to `end`, and [#SLACK] bytes after it
    ZlibBits(byte[] in, int end) {
        this.in = in;
        this.end = end;
    }

    void refill() throws Malformed {
        if (at > end + Long.BYTES) {
            throw new Malformed();
        }
        bits |= eight(at) << held;
        at += (63 - held) >>> 3;
        held |= 56;
    }

    void drop(int count) {
        bits >>>= count;
        held -= count;
    }

    int take(int count) throws Malformed {
        refill();
        int value = (int) bits & ((1 << count) - 1);
        drop(count);
        return value;
    }

    /// Leaves the rest of a byte aside.
    void align() {
        drop(held % Byte.SIZE);
        at -= held / Byte.SIZE;
        bits = 0;
        held = 0;
    }

    /// The eight bytes at `position`, the first one lowest.
    long eight(int position) {
        return (long) LONGS.get(in, position);
    }
}
