// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.format;

import java.util.Arrays;

/// A canonical prefix code of DEFLATE (RFC 1951, 3.2.2) as a table: the next bits of the stream, lowest first, are
/// the index of an entry that says what they mean. Codes longer than the index go on in a second table behind the
/// first.
///
/// An entry has in bits 0 to 7 how many bits it uses up, and its value from 16 on. With [#LITERAL] that is one byte or
/// two, the first one lowest, as many as bits 8 to 12 say. Else it is a length or a distance, and bits 8 to 12 say how
/// many bits follow that are added to it. Entries with [#SPECIAL] are none of these: with [#LINK] they have the place
/// of a second table; else they are [#END], or of no code.
final class HuffmanTable {
    static final int SPECIAL = 1 << 15;
    static final int LINK = 1 << 14;
    static final int LITERAL = 1 << 13;
    static final int END = SPECIAL | 1 << 16;

    /// Where the value is.
    static final int VALUE = 16;

    /// Where the number of literals or of further bits is.
    static final int COUNT = 8;

    private static final int LONGEST = 15;

    private final int[] entries;
    private final int indexBits;
    private final int most;

    /// @param indexBits bits of the first table's index
    /// @param symbols most symbols that the code has
    HuffmanTable(int indexBits, int symbols) {
        this.indexBits = indexBits;
        this.most = symbols;
        // Codes that share their first bits come at least in pairs, or alone in a code that is not complete.
        this.entries = new int[(1 << indexBits) + ((symbols / 2 + 1) << (LONGEST - indexBits))];
    }

    /// All entries; the second tables have 15 less `indexBits` bits each.
    int[] entries() {
        return entries;
    }

    /// Makes the table anew.
    ///
    /// @param lengths bits of each symbol's code, 0 for none
    /// @param meanings what an entry says of each symbol, without the bits that it uses up
    /// @return whether that is a code: complete, or of one symbol at most
    boolean make(byte[] lengths, int from, int count, int[] meanings) {
        int[] ofLength = new int[LONGEST + 1];
        for (int symbol = 0; symbol < count; symbol++) {
            ofLength[lengths[from + symbol]]++;
        }
        int used = count - ofLength[0];
        int[] next = new int[LONGEST + 1];
        int code = 0;
        for (int length = 1; length <= LONGEST; length++) {
            next[length] = code;
            code = (code + ofLength[length]) << 1;
        }
        boolean complete = code == 1 << (LONGEST + 1);
        if (count > most || (!complete && (used > 1 || ofLength[1] != used))) {
            return false;
        }
        Arrays.fill(entries, 0, 1 << indexBits, SPECIAL);
        int free = 1 << indexBits;
        for (int symbol = 0; symbol < count; symbol++) {
            int length = lengths[from + symbol];
            if (length > 0) {
                int reversed = Integer.reverse(next[length]++) >>> (Integer.SIZE - length);
                free = enter(reversed, length, meanings[symbol], free);
            }
        }
        pairLiterals();
        return true;
    }

    /// Where the bits after a literal are a whole one too, one entry tells of both. From behind, so that what is met
    /// of the second, whose index is lower, is still single.
    private void pairLiterals() {
        for (int at = (1 << indexBits) - 1; at >= 0; at--) {
            int first = entries[at];
            if ((first & LITERAL) != 0) {
                int used = first & 0xFF;
                int second = entries[at >>> used];
                int both = used + (second & 0xFF);
                if ((second & LITERAL) != 0 && both <= indexBits) {
                    int value = (first >>> VALUE) | ((second >>> VALUE) << Byte.SIZE);
                    entries[at] = (value << VALUE) | LITERAL | (2 << COUNT) | both;
                }
            }
        }
    }

    private int enter(int code, int length, int meaning, int free) {
        if (length <= indexBits) {
            for (int at = code; at < 1 << indexBits; at += 1 << length) {
                entries[at] = meaning | length;
            }
            return free;
        }
        int more = LONGEST - indexBits;
        int first = code & ((1 << indexBits) - 1);
        int after = free;
        if ((entries[first] & LINK) == 0) {
            Arrays.fill(entries, free, free + (1 << more), SPECIAL);
            entries[first] = SPECIAL | LINK | (free << VALUE) | indexBits;
            after += 1 << more;
        }
        int table = entries[first] >>> VALUE;
        for (int at = code >>> indexBits; at < 1 << more; at += 1 << (length - indexBits)) {
            entries[table + at] = meaning | (length - indexBits);
        }
        return after;
    }
}
