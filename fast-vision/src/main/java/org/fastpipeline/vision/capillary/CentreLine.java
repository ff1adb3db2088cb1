// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import java.util.ArrayList;
import java.util.List;

/// The centre line of a shape: what parallel thinning leaves of it (Zhang and Suen, "A fast parallel algorithm for
/// thinning digital patterns", 1984), less spurs shorter than the shape is thick where they begin.
///
/// Pixels are numbered in an image with a border of one pixel that is never set. Used by one thread.
final class CentreLine {
    private static final int EDGES = 0b01010101;
    private static final double STEP = 0.980;
    private static final double DIAGONAL = 1.406;
    private static final double TURN = 0.091;
    private static final int LOOK_BACK = 5;
    private static final double STRIDE = 0.25;

    /// Neighbours clockwise from the one above; even ones share an edge with the pixel.
    private final int[] around;

    private final int width;
    private final byte[] shape;
    private final byte[] line;
    private final int[] going;

    private CentreLine(byte[] inside, int columns) {
        int rows = inside.length / columns;
        this.width = columns + 2;
        this.shape = new byte[width * (rows + 2)];
        for (int y = 0; y < rows; y++) {
            System.arraycopy(inside, y * columns, shape, (y + 1) * width + 1, columns);
        }
        this.line = shape.clone();
        this.going = new int[line.length];
        this.around = new int[] {-width, 1 - width, 1, width + 1, width, width - 1, -1, -width - 1};
    }

    /// Length of the centre line from tip to tip, in pixels; 0 for nothing.
    ///
    /// Steps over edges count 0.980, over corners 1.406, less 0.091 for each change from one to the other, which is
    /// right on average for lines of all directions (Vossepoel and Smeulders 1982). Ends are drawn out straight to
    /// where the shape ends.
    ///
    /// @param inside row by row: 1 inside, 0 outside
    static double length(byte[] inside, int columns) {
        CentreLine centre = new CentreLine(inside, columns);
        centre.thin();
        centre.cutCorners();
        centre.prune();
        return centre.length();
    }

    private void thin() {
        int[] left = new int[line.length];
        int count = 0;
        for (int at = 0; at < line.length; at++) {
            if (line[at] != 0) {
                left[count++] = at;
            }
        }
        int before;
        do {
            before = count;
            count = peel(left, count, 0b00010101, 0b01010100);
            count = peel(left, count, 0b01000101, 0b01010001);
        } while (count < before);
    }

    /// Removes border pixels of two sides; at least one neighbour of each triple has to be unset.
    ///
    /// @return how many pixels are left
    private int peel(int[] left, int count, int oneTriple, int otherTriple) {
        int kept = 0;
        int gone = 0;
        for (int i = 0; i < count; i++) {
            int at = left[i];
            if (isWithin(at)) {
                left[kept++] = at;
                continue;
            }
            int code = code(at);
            int neighbours = Integer.bitCount(code);
            boolean goes = neighbours >= 2
                    && neighbours <= 6
                    && Integer.bitCount(code & ~(code >> 1 | code << 7)) == 1
                    && (code & oneTriple) != oneTriple
                    && (code & otherTriple) != otherTriple;
            if (goes) {
                going[gone++] = at;
            } else {
                left[kept++] = at;
            }
        }
        for (int i = 0; i < gone; i++) { // only now: whether a pixel goes must not depend on the order
            line[going[i]] = 0;
        }
        return kept;
    }

    /// Whether all pixels that share an edge with it are set: most are, and need no closer look.
    private boolean isWithin(int at) {
        return (line[at - width] & line[at + width] & line[at - 1] & line[at + 1]) != 0;
    }

    /// A bit for each neighbour that is set.
    private int code(int at) {
        int above = at - width;
        int below = at + width;
        return line[above]
                | line[above + 1] << 1
                | line[at + 1] << 2
                | line[below + 1] << 3
                | line[below] << 4
                | line[below - 1] << 5
                | line[at - 1] << 6
                | line[above - 1] << 7;
    }

    /// Thinning leaves stairs where a diagonal would do.
    private void cutCorners() {
        for (int at = 0; at < line.length; at++) {
            if (line[at] != 0) {
                int code = code(at);
                int edges = code & EDGES;
                boolean isCorner = (edges & (edges >> 2 | edges << 6)) != 0;
                if (isCorner && isOneWithout(code)) {
                    line[at] = 0;
                }
            }
        }
    }

    /// Whether the neighbours hang together without the pixel (Hilditch 1969).
    private static boolean isOneWithout(int code) {
        int next = code >> 1 | code << 7;
        int afterNext = code >> 2 | code << 6;
        return Integer.bitCount(~code & (next | afterNext) & EDGES) == 1;
    }

    private void prune() {
        List<List<Integer>> spurs = new ArrayList<>();
        for (int at = 0; at < line.length; at++) {
            if (line[at] != 0 && links(at).size() == 1) {
                List<Integer> branch = branch(at);
                int fork = branch.removeLast();
                if (links(fork).size() > 2 && branch.size() < distanceToOutside(fork)) {
                    spurs.add(branch);
                }
            }
        }
        spurs.forEach(spur -> spur.forEach(at -> line[at] = 0));
    }

    /// From an end to the next fork or the other end, both included.
    private List<Integer> branch(int end) {
        List<Integer> branch = new ArrayList<>(List.of(end));
        int previous = end;
        int at = links(end).getFirst();
        branch.add(at);
        while (links(at).size() == 2) {
            List<Integer> ways = links(at);
            int next = ways.getFirst() == previous ? ways.getLast() : ways.getFirst();
            previous = at;
            at = next;
            branch.add(at);
        }
        return branch;
    }

    /// The pixels that a pixel of the line is joined to; over a corner only where there is no way over edges.
    private List<Integer> links(int at) {
        List<Integer> links = new ArrayList<>(4);
        for (int i = 0; i < around.length; i++) {
            boolean isSet = line[at + around[i]] != 0;
            boolean overEdges =
                    i % 2 == 1 && (line[at + around[i - 1]] != 0 || line[at + around[(i + 1) % around.length]] != 0);
            if (isSet && !overEdges) {
                links.add(at + around[i]);
            }
        }
        return links;
    }

    private double length() {
        double length = 0;
        for (int at = 0; at < line.length; at++) {
            if (line[at] != 0) {
                List<Integer> links = links(at);
                int straight = 0;
                for (int other : links) {
                    int step = Math.abs(other - at);
                    straight += step == 1 || step == width ? 1 : 0;
                }
                int diagonal = links.size() - straight;
                length += (STEP * straight + DIAGONAL * diagonal) / 2; // each link is met from both sides
                length -= straight == 1 && diagonal == 1 ? TURN : 0;
                length += switch (links.size()) {
                    case 0 -> 2 * distanceToOutside(at) - 1;
                    case 1 -> toTip(at);
                    default -> 0;
                };
            }
        }
        return length;
    }

    /// From an end of the line straight on to where the shape ends.
    private double toTip(int end) {
        List<Integer> branch = branch(end);
        int back = branch.get(Math.min(LOOK_BACK, branch.size() - 1));
        double dx = end % width - back % width;
        double dy = Math.floorDiv(end, width) - Math.floorDiv(back, width);
        double step = Math.hypot(dx, dy);
        double reach = 0;
        int at = end;
        while (shape[at] != 0) {
            reach += STRIDE;
            int x = (int) Math.round(end % width + dx / step * reach);
            int y = (int) Math.round(Math.floorDiv(end, width) + dy / step * reach);
            at = y * width + x;
        }
        return reach;
    }

    /// From a pixel's middle to that of the nearest pixel outside the shape.
    private double distanceToOutside(int at) {
        int x = at % width;
        int y = at / width;
        int rows = shape.length / width;
        int nearest = Integer.MAX_VALUE;
        for (int row = 0; row < rows; row++) {
            int dy = (row - y) * (row - y);
            for (int column = 0; column < width && dy < nearest; column++) {
                if (shape[row * width + column] == 0) {
                    nearest = Math.min(nearest, dy + (column - x) * (column - x));
                }
            }
        }
        return Math.sqrt(nearest);
    }
}
