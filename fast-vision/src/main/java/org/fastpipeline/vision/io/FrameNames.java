// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import java.util.Locale;
import java.util.Set;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.Step;

/// The names of files that are written of frames, after what these were read from.
final class FrameNames {
    private FrameNames() {}

    /// A name without extension that is not used yet, and is from now on.
    ///
    /// @param used names so far, in lower case: some file systems do not tell cases apart
    static String next(Set<String> used, Step step) {
        String stem = step.metadata()
                .get(Metadata.ORIGIN)
                .map(FrameNames::nameOf)
                .orElseGet(() -> "frame-" + padded(index(step)));
        String name = stem;
        for (int copy = 2; !used.add(name.toLowerCase(Locale.ROOT)); copy++) {
            name = stem + "-" + copy;
        }
        return name;
    }

    private static String index(Step step) {
        return step.metadata()
                .get(Metadata.INDEX)
                .orElse(step.frame().sequence())
                .toString();
    }

    /// Name of a frame that was read from `origin`, without extension.
    static String nameOf(String origin) {
        String name = origin.substring(Math.max(origin.lastIndexOf('/'), origin.lastIndexOf('\\')) + 1);
        int hash = name.lastIndexOf('#');
        boolean numbered = hash > 0
                && hash < name.length() - 1
                && name.chars().skip(hash + 1L).allMatch(Character::isDigit);
        String file = numbered ? name.substring(0, hash) : name;
        int dot = file.lastIndexOf('.');
        String stem = dot > 0 ? file.substring(0, dot) : file;
        return numbered ? stem + "-" + padded(name.substring(hash + 1)) : stem;
    }

    private static String padded(String number) {
        return "0".repeat(Math.max(0, 6 - number.length())) + number;
    }
}
