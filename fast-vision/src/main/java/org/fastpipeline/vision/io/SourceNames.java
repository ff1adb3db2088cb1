// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.MultimapBuilder;
import com.google.common.collect.SetMultimap;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fastpipeline.core.data.Key;

/// What files of one name in several folders are called in tables: with as many of their folders as tell them apart,
/// as in `day1/frame-01.png` and `day2/frame-01.png`. Of all others the name alone will do.
///
/// @param names of such files
record SourceNames(ImmutableMap<Path, String> names) {
    /// The name of the file that a frame was read from, where its own name alone is not enough.
    static final Key<String> NAME = new Key<>("sourceName", String.class);

    static SourceNames of(Collection<Path> files) {
        SetMultimap<Path, Path> byName =
                MultimapBuilder.linkedHashKeys().linkedHashSetValues(1).build();
        files.forEach(file -> byName.put(file.getFileName(), file));
        ImmutableMap.Builder<Path, String> names = ImmutableMap.builder();
        for (Path name : byName.keySet()) {
            Set<Path> alike = byName.get(name);
            if (alike.size() > 1) {
                int length = telling(alike);
                alike.forEach(file -> names.put(file, tail(file, length)));
            }
        }
        return new SourceNames(names.buildOrThrow());
    }

    /// What the file is called, if its name alone is not enough.
    Optional<String> of(Path file) {
        return Optional.ofNullable(names.get(file));
    }

    /// How many of their last names tell paths apart; all, if they are one file under several names.
    private static int telling(Set<Path> alike) {
        int most = alike.stream()
                .mapToInt(file -> file.toAbsolutePath().normalize().getNameCount())
                .max()
                .orElse(1);
        return IntStream.range(2, most)
                .filter(length -> alike.stream()
                                .map(file -> tail(file, length))
                                .distinct()
                                .count()
                        == alike.size())
                .findFirst()
                .orElse(most);
    }

    private static String tail(Path file, int length) {
        Path whole = file.toAbsolutePath().normalize();
        int count = whole.getNameCount();
        Path last = whole.subpath(Math.max(0, count - length), count);
        return IntStream.range(0, last.getNameCount())
                .mapToObj(i -> last.getName(i).toString())
                .collect(Collectors.joining("/"));
    }
}
