// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.text;

/// Where something stands in a file.
///
/// @param line from 1
/// @param column from 1, in characters
record Place(int line, int column) implements Comparable<Place> {
    static final Place START = new Place(1, 1);

    @Override
    public int compareTo(Place other) {
        return line == other.line ? Integer.compare(column, other.column) : Integer.compare(line, other.line);
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
