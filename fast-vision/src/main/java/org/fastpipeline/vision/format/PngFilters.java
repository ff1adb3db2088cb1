// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.format;

/// Undoes what was done to a row of 8-bit RGB so that it compresses better (ISO/IEC 15948, 9), and turns RGB into
/// BGR on the way. Filters treat channels apart, so that their order does not matter.
final class PngFilters {
    private PngFilters() {}

    /// Undoes the filter of one row.
    ///
    /// @param filtered has the filter's number at `from` and then the row
    /// @param before the row above, as BGR; zeros above the first
    /// @param row receives the row as BGR
    /// @return whether there is such a filter
    static boolean undo(byte[] filtered, int from, byte[] before, byte[] row) {
        int start = from + 1;
        switch (filtered[from]) {
            case 0 -> none(filtered, start, row);
            case 1 -> sub(filtered, start, row);
            case 2 -> up(filtered, start, before, row);
            case 3 -> {
                for (int channel = 0; channel < 3; channel++) {
                    average(filtered, start + channel, before, row, 2 - channel);
                }
            }
            case 4 -> {
                for (int channel = 0; channel < 3; channel++) {
                    paeth(filtered, start + channel, before, row, 2 - channel);
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void none(byte[] filtered, int start, byte[] row) {
        for (int i = 0; i < row.length; i += 3) {
            row[i] = filtered[start + i + 2];
            row[i + 1] = filtered[start + i + 1];
            row[i + 2] = filtered[start + i];
        }
    }

    private static void sub(byte[] filtered, int start, byte[] row) {
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int i = 0; i < row.length; i += 3) {
            red += filtered[start + i];
            green += filtered[start + i + 1];
            blue += filtered[start + i + 2];
            row[i] = (byte) blue;
            row[i + 1] = (byte) green;
            row[i + 2] = (byte) red;
        }
    }

    private static void up(byte[] filtered, int start, byte[] before, byte[] row) {
        for (int i = 0; i < row.length; i += 3) {
            row[i] = (byte) (before[i] + filtered[start + i + 2]);
            row[i + 1] = (byte) (before[i + 1] + filtered[start + i + 1]);
            row[i + 2] = (byte) (before[i + 2] + filtered[start + i]);
        }
    }

    private static void average(byte[] filtered, int start, byte[] before, byte[] row, int channel) {
        int left = 0;
        for (int i = 0; i + channel < row.length; i += 3) {
            left = (filtered[start + i] + ((left + (before[i + channel] & 0xFF)) >> 1)) & 0xFF;
            row[i + channel] = (byte) left;
        }
    }

    private static void paeth(byte[] filtered, int start, byte[] before, byte[] row, int channel) {
        int left = 0;
        int corner = 0;
        for (int i = 0; i + channel < row.length; i += 3) {
            int above = before[i + channel] & 0xFF;
            int toLeft = Math.abs(above - corner);
            int toAbove = Math.abs(left - corner);
            int toCorner = Math.abs(left + above - 2 * corner);
            int nearest = toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
            left = (filtered[start + i] + nearest) & 0xFF;
            row[i + channel] = (byte) left;
            corner = above;
        }
    }
}
