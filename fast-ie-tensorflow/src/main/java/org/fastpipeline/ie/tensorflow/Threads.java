// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.tensorflow;

import java.io.ByteArrayOutputStream;

/// How TensorFlow uses threads, as a serialized `ConfigProto`.
///
/// Operations run one after another in the thread that calls, never in a pool shared between callers
/// (`inter_op_parallelism_threads` = -1); one operation may be split over a pool of its model
/// (`intra_op_parallelism_threads`), which with one thread stays unused.
final class Threads {
    private static final int WITHIN_OPERATION = 2;
    private static final int BETWEEN_OPERATIONS = 5;
    private static final int CALLER_ONLY = -1;
    private static final int LOW_BITS = 0x7f;
    private static final int MORE = 0x80;

    private Threads() {}

    static byte[] config(int threads) {
        ByteArrayOutputStream config = new ByteArrayOutputStream();
        put(config, WITHIN_OPERATION, threads);
        put(config, BETWEEN_OPERATIONS, CALLER_ONLY);
        return config.toByteArray();
    }

    /// A field that holds a whole number: its tag, and seven bits a byte, lowest first.
    private static void put(ByteArrayOutputStream message, int field, long value) {
        message.write(field << 3);
        long left = value;
        while ((left & ~LOW_BITS) != 0) {
            message.write((int) (left & LOW_BITS) | MORE);
            left >>>= 7;
        }
        message.write((int) left);
    }
}
