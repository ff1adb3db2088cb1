// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

import java.util.Locale;

/// The names that phantoms' frames would have as files.
final class FrameName {
    private FrameName() {}

    /// `frame-0001.png` for `frame.png` and place 0.
    static String numbered(String name, long place) {
        int dot = name.lastIndexOf('.') < 0 ? name.length() : name.lastIndexOf('.');
        return String.format(Locale.ROOT, "%s-%04d%s", name.substring(0, dot), place + 1, name.substring(dot));
    }
}
