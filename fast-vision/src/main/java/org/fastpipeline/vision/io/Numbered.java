// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fastpipeline.core.error.InputException;

/// A numbered pattern: `frame_#.png` stands for `frame_0.png`, `frame_1.png` and so on up to the first that is
/// missing, `frame_###.png` for `frame_000.png` and so on.
///
/// @param input the pattern
/// @param before what stands before the number
/// @param digits digits of the number at least, filled with zeros
/// @param after what stands after it
record Numbered(Inputs.Input input, String before, int digits, String after) {
    /// The last hash signs stand for the number.
    static Optional<Numbered> of(Inputs.Input input) {
        int last = input.text().lastIndexOf('#');
        if (last < 0) {
            return Optional.empty();
        }
        int first = last;
        while (first > 0 && input.text().charAt(first - 1) == '#') {
            first--;
        }
        return Optional.of(new Numbered(
                input,
                input.text().substring(0, first),
                last - first + 1,
                input.text().substring(last + 1)));
    }

    /// Every `stepSize`-th file from number `start` on, up to the first that is missing.
    ///
    /// @throws InputException if there is no file with number `start`
    List<Path> files(long start, long stepSize) {
        List<Path> files = new ArrayList<>();
        long number = start;
        for (Path file = file(number); Files.exists(file); file = file(number)) {
            files.add(file);
            number += stepSize;
        }
        if (files.isEmpty()) {
            throw new InputException(input.text(), "there is no " + file(start), remedy(), null);
        }
        return files;
    }

    private Path file(long number) {
        return input.files().getPath(before + String.format("%0" + digits + "d", number) + after);
    }

    private String remedy() {
        OptionalLong lowest = lowest();
        return lowest.isPresent()
                ? "The lowest number is " + lowest.getAsLong() + ": start there (parameter start)"
                : "Check the name, and how many digits it has: # is one or more, ### is three filled with zeros";
    }

    /// The lowest number that a file has, as far as the folder can be listed.
    private OptionalLong lowest() {
        Path folder = file(0).toAbsolutePath().getParent();
        String name = String.valueOf(file(0).getFileName());
        int rest = digits + after.length();
        if (folder == null || name.length() < rest) {
            return OptionalLong.empty();
        }
        Pattern pattern = Pattern.compile(Pattern.quote(name.substring(0, name.length() - rest)) + "(\\d{" + digits
                + ",17})" + Pattern.quote(after));
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> pattern.matcher(String.valueOf(file.getFileName())))
                    .filter(Matcher::matches)
                    .mapToLong(match -> Long.parseLong(match.group(1)))
                    .min();
        } catch (IOException notListed) {
            return OptionalLong.empty();
        }
    }
}
