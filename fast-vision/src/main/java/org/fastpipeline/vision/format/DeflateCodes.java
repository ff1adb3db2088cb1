// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.format;

import java.util.Arrays;

/// The two codes of a block of DEFLATE (RFC 1951): of literals and lengths, and of distances. Used by one thread.
final class DeflateCodes {
    static final int LONGEST_MATCH = 258;
    static final int LITERAL_BITS = 11;
    static final int DISTANCE_BITS = 9;

    private static final int LENGTH_BITS = 7;
    private static final int END = 256;
    private static final int LITERALS = 288;
    private static final int DISTANCES = 32;
    private static final byte[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    private final HuffmanTable literals = new HuffmanTable(LITERAL_BITS, LITERALS);
    private final HuffmanTable distances = new HuffmanTable(DISTANCE_BITS, DISTANCES);
    private final HuffmanTable lengths = new HuffmanTable(LENGTH_BITS, ORDER.length);
    private final int[] literalMeanings = literalMeanings();
    private final int[] distanceMeanings = distanceMeanings();
    private final byte[] codeLengths = new byte[LITERALS + DISTANCES];

    int[] literals() {
        return literals.entries();
    }

    int[] distances() {
        return distances.entries();
    }

    /// Takes the codes that need no description.
    void beginFixed() throws ZlibBits.Malformed {
        Arrays.fill(codeLengths, 0, 144, (byte) 8);
        Arrays.fill(codeLengths, 144, END, (byte) 9);
        Arrays.fill(codeLengths, END, 280, (byte) 7);
        Arrays.fill(codeLengths, 280, LITERALS, (byte) 8);
        Arrays.fill(codeLengths, LITERALS, LITERALS + DISTANCES, (byte) 5);
        makeTables(LITERALS, DISTANCES);
    }

    /// Reads the codes.
    void beginDynamic(ZlibBits input) throws ZlibBits.Malformed {
        int literalCodes = input.take(5) + 257;
        int distanceCodes = input.take(5) + 1;
        int lengthCodes = input.take(4) + 4;
        byte[] ofLengths = new byte[ORDER.length];
        for (int i = 0; i < lengthCodes; i++) {
            ofLengths[ORDER[i]] = (byte) input.take(3);
        }
        int[] meanings = new int[ORDER.length];
        Arrays.setAll(meanings, symbol -> symbol << HuffmanTable.VALUE);
        if (!lengths.make(ofLengths, 0, ORDER.length, meanings)) {
            throw new ZlibBits.Malformed();
        }
        int all = literalCodes + distanceCodes;
        for (int i = 0; i < all; ) {
            input.refill();
            int entry = lengths.entries()[(int) input.bits & 0x7F];
            input.drop(entry & 0xFF);
            int symbol = entry >>> HuffmanTable.VALUE;
            if ((entry & HuffmanTable.SPECIAL) != 0 || (symbol == 16 && i == 0)) {
                throw new ZlibBits.Malformed();
            }
            int count =
                    switch (symbol) {
                        case 16 -> 3 + input.take(2);
                        case 17 -> 3 + input.take(3);
                        case 18 -> 11 + input.take(7);
                        default -> 1;
                    };
            if (i + count > all) {
                throw new ZlibBits.Malformed();
            }
            byte length = symbol < 16 ? (byte) symbol : symbol == 16 ? codeLengths[i - 1] : 0;
            Arrays.fill(codeLengths, i, i + count, length);
            i += count;
        }
        makeTables(literalCodes, distanceCodes);
    }

    private void makeTables(int literalCodes, int distanceCodes) throws ZlibBits.Malformed {
        if (codeLengths[END] == 0
                || !literals.make(codeLengths, 0, literalCodes, literalMeanings)
                || !distances.make(codeLengths, literalCodes, distanceCodes, distanceMeanings)) {
            throw new ZlibBits.Malformed();
        }
    }

    /// 256 bytes, the end, and lengths of 3 to 258.
    private static int[] literalMeanings() {
        int[] meanings = new int[LITERALS];
        for (int symbol = 0; symbol < END; symbol++) {
            meanings[symbol] = HuffmanTable.LITERAL | (symbol << HuffmanTable.VALUE) | (1 << HuffmanTable.COUNT);
        }
        meanings[END] = HuffmanTable.END;
        int base = 3;
        for (int symbol = END + 1; symbol < 285; symbol++) {
            int extra = Math.max(0, (symbol - 261) / 4);
            meanings[symbol] = (base << HuffmanTable.VALUE) | (extra << HuffmanTable.COUNT);
            base += 1 << extra;
        }
        meanings[285] = LONGEST_MATCH << HuffmanTable.VALUE;
        meanings[286] = HuffmanTable.SPECIAL;
        meanings[287] = HuffmanTable.SPECIAL;
        return meanings;
    }

    /// Distances of 1 to 32768.
    private static int[] distanceMeanings() {
        int[] meanings = new int[DISTANCES];
        int base = 1;
        for (int symbol = 0; symbol < 30; symbol++) {
            int extra = Math.max(0, (symbol - 2) / 2);
            meanings[symbol] = (base << HuffmanTable.VALUE) | (extra << HuffmanTable.COUNT);
            base += 1 << extra;
        }
        meanings[30] = HuffmanTable.SPECIAL;
        meanings[31] = HuffmanTable.SPECIAL;
        return meanings;
    }
}
