// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.hash.Hashing;
import com.google.common.primitives.Longs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Answers of [SpeedTrial], one small text file each: the key, the figures, and a last line that shows that it is
/// whole. A file that is not exactly so counts for nothing.
///
/// @param folder made when the first answer is written
record TrialCache(Path folder) {
    private static final int MOST_BYTES = 1 << 16;
    private static final int NAME_LENGTH = 32;
    private static final int HASH_LENGTH = 64;
    private static final Splitter WORDS = Splitter.on(' ');

    /// That of the user, as the XDG Base Directory Specification has it.
    static Path ofUser() {
        String folder = Optional.ofNullable(System.getenv("XDG_CACHE_HOME")).orElse("");
        Path base = folder.isEmpty() || !Path.of(folder).isAbsolute()
                ? Path.of(System.getProperty("user.home", ""), ".cache")
                : Path.of(folder);
        return base.resolve("fast").resolve("engines");
    }

    /// What a trial's answer depends on besides models and engines.
    static String machine() {
        return String.join(
                " ",
                System.getProperty("os.name", ""),
                System.getProperty("os.arch", ""),
                Runtime.getRuntime().availableProcessors() + " x",
                processor());
    }

    private static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.toLowerCase(Locale.ROOT).startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .orElse("unknown");
        } catch (IOException noSuchFile) {
            return Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER")).orElse("unknown");
        }
    }

    /// Where the answer for `key` is, or would be.
    Path file(String key) {
        return folder.resolve(hash(key).substring(0, NAME_LENGTH) + ".txt");
    }

    private static String hash(String text) {
        return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
    }

    /// The figures kept for `key`.
    ///
    /// @param labels those that may be among them
    /// @return none if there are none, or the file is damaged
    Optional<ImmutableMap<String, Long>> read(String key, Collection<String> labels) {
        Path file = file(key);
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MOST_BYTES) {
                return Optional.empty();
            }
            String text = Files.readString(file);
            int end = Math.max(0, text.length() - HASH_LENGTH - 1);
            String content = text.substring(0, end);
            return content.startsWith(key) && text.substring(end).equals(hash(content) + "\n")
                    ? figures(content.substring(key.length()), labels)
                    : Optional.empty();
        } catch (IOException damaged) {
            return Optional.empty();
        }
    }

    private static Optional<ImmutableMap<String, Long>> figures(String text, Collection<String> labels) {
        ImmutableMap.Builder<String, Long> figures = ImmutableMap.builder();
        for (String line : text.lines().toList()) {
            List<String> words = WORDS.splitToList(line);
            Long nanos = Longs.tryParse(words.getLast());
            String label = String.join(" ", words.subList(0, words.size() - 1));
            if (nanos == null || nanos < 1 || !labels.contains(label)) {
                return Optional.empty();
            }
            figures.put(label, nanos);
        }
        ImmutableMap<String, Long> all = figures.buildKeepingLast();
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    /// Keeps figures; whoever looks sees all of them or none.
    ///
    /// @return why they could not be kept; empty if they were
    String write(String key, Map<String, Long> figures) {
        StringBuilder text = new StringBuilder(key);
        figures.forEach(
                (label, nanos) -> text.append(label).append(' ').append(nanos).append('\n'));
        String content = text.toString();
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, "part", ".txt");
            try {
                Files.writeString(part, content + hash(content) + "\n");
                Files.move(part, file(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
            return "";
        } catch (IOException unwritable) {
            return unwritable.toString();
        }
    }
}
