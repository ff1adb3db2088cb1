// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.Comparator;

/// What a frame of one table is known by in another: the name that it was read from, without folder and file type,
/// and its number if that is a video.
///
/// @param stem name without folder and file type
/// @param number of a frame of a video, from 0; -1 for a picture
record FrameKey(String stem, long number) implements Comparable<FrameKey> {
    private static final Comparator<FrameKey> ORDER =
            Comparator.comparing(FrameKey::stem).thenComparingLong(FrameKey::number);

    /// From a source as tables have it: `frame-07.png`, `clip.avi#12`, or with folders where these tell files apart.
    static FrameKey of(String source) {
        int mark = source.lastIndexOf('#');
        boolean isVideo = mark > 0
                && mark < source.length() - 1
                && source.substring(mark + 1).chars().allMatch(Character::isDigit);
        String path = isVideo ? source.substring(0, mark) : source;
        String file = path.substring(path.lastIndexOf('/') + 1);
        int dot = file.lastIndexOf('.');
        return new FrameKey(
                dot > 0 ? file.substring(0, dot) : file, isVideo ? Long.parseLong(source.substring(mark + 1)) : -1);
    }

    @Override
    public int compareTo(FrameKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return number < 0 ? stem : stem + "#" + number;
    }
}
