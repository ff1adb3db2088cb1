// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fastpipeline.core.error.InputException;

/// Finds the files that a list of files, folders and patterns stands for: patterns with stars, and numbered ones.
record Inputs(ImmutableList<Input> inputs) {
    private static final ImmutableSet<String> EXTENSIONS = ImmutableSet.of(
            "png", "jpg", "jpeg", "jpe", "bmp", "dib", "tif", "tiff", "pbm", "pgm", "ppm", "pnm", "mhd", "mha");
    private static final String WILDCARDS = "*?[{";
    /// A group, a set, an escaped letter, or what is wanted: two stars for whole folders.
    private static final Pattern FOLDERS =
            Pattern.compile("\\{[^}]*}|\\[[^]]*]|\\\\.|(?<folders>(?<![^/])(?:\\*\\*/)+)");

    /// A file, folder or pattern, as it was given, and the file system it means.
    record Input(String text, FileSystem files) {}

    static Inputs of(FileSystem files, String... texts) {
        return new Inputs(
                Stream.of(texts).map(text -> new Input(text, files)).collect(ImmutableList.toImmutableList()));
    }

    static Inputs of(List<Path> paths) {
        return new Inputs(paths.stream()
                .map(path -> new Input(path.toString(), path.getFileSystem()))
                .collect(ImmutableList.toImmutableList()));
    }

    /// The files in the order of the inputs; those of one folder or pattern by path, character by character.
    List<Path> resolve() {
        return resolve(0, 1);
    }

    /// Some of these files.
    ///
    /// @param start number of the first file of each numbered pattern, and its place among files that are not
    /// numbered
    /// @param stepSize distance to the next file
    List<Path> resolve(int start, int stepSize) {
        if (inputs.isEmpty()) {
            throw new InputException("input", "no file was given", "Name image files, folders or patterns", null);
        }
        List<Path> found = new ArrayList<>();
        List<Path> listed = new ArrayList<>();
        for (Input input : inputs) {
            Optional<Numbered> numbered = numbered(input);
            if (numbered.isPresent()) {
                found.addAll(every(listed, start, stepSize));
                listed.clear();
                found.addAll(numbered.get().files(start, stepSize));
            } else {
                listed.addAll(resolve(input));
            }
        }
        found.addAll(every(listed, start, stepSize));
        return found;
    }

    private static List<Path> every(List<Path> files, int start, int stepSize) {
        if (start > 0 && start >= files.size() && !files.isEmpty()) {
            throw new InputException(
                    String.valueOf(files.getFirst().getParent()),
                    "there are " + files.size() + " files, none at " + start,
                    "Start at an earlier one (parameter start)",
                    null);
        }
        return IntStream.iterate(start, at -> at < files.size(), at -> at + stepSize)
                .mapToObj(files::get)
                .toList();
    }

    /// A file or a pattern with stars that has a hash sign in its name is not meant.
    private static Optional<Numbered> numbered(Input input) {
        boolean isOther = firstWildcard(input.text) < input.text.length()
                || path(input).filter(Files::exists).isPresent();
        return isOther ? Optional.empty() : Numbered.of(input);
    }

    /// What the folders among the inputs hold and [#resolve] passes over: a sentence for each that has such.
    ImmutableList<String> leftOut() {
        return inputs.stream()
                .flatMap(input -> path(input).filter(Files::isDirectory).stream())
                .distinct()
                .flatMap(folder -> LeftOut.of(folder).sentence().stream())
                .collect(ImmutableList.toImmutableList());
    }

    private static List<Path> resolve(Input input) {
        Optional<Path> path = path(input).filter(Files::exists);
        if (path.isPresent()) {
            return Files.isDirectory(path.get()) ? folder(path.get()) : List.of(path.get());
        }
        if (firstWildcard(input.text) < input.text.length()) {
            return pattern(input);
        }
        throw new InputException(input.text, "there is no such file or folder", "Check the name", null);
    }

    private static Optional<Path> path(Input input) {
        try {
            return Optional.of(input.files.getPath(input.text));
        } catch (InvalidPathException onlyAPattern) {
            return Optional.empty();
        }
    }

    private static int firstWildcard(String text) {
        int at = 0;
        while (at < text.length() && WILDCARDS.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private static List<Path> folder(Path folder) {
        List<Path> images = list(folder, 1, Inputs::hasImageName);
        if (images.isEmpty()) {
            throw new InputException(
                    folder.toString(),
                    "the folder has no image",
                    "Give a folder with files that end in " + String.join(", ", EXTENSIONS)
                            + "; name videos themselves",
                    null);
        }
        return images;
    }

    static boolean hasImageName(Path file) {
        String name = String.valueOf(file.getFileName());
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && EXTENSIONS.contains(extension);
    }

    /// Walks from the last folder before the first wildcard, only as deep as the pattern reaches.
    private static List<Path> pattern(Input input) {
        String text = input.text.replace(input.files.getSeparator(), "/");
        int slash = text.lastIndexOf('/', firstWildcard(text));
        String rest = text.substring(slash + 1);
        int depth = rest.contains("**")
                ? Integer.MAX_VALUE
                : Math.toIntExact(rest.chars().filter(letter -> letter == '/').count()) + 1;
        Path root = input.files.getPath(slash < 0 ? "" : text.substring(0, Math.max(1, slash)));
        PathMatcher matcher = matcher(input, rest);
        List<Path> matches =
                Files.isDirectory(root) ? list(root, depth, file -> matcher.matches(root.relativize(file))) : List.of();
        if (matches.isEmpty()) {
            throw new InputException(
                    input.text, "no file matches the pattern", "Check it, and quote it, as in 'frames/*.png'", null);
        }
        return matches;
    }

    private static PathMatcher matcher(Input input, String pattern) {
        try {
            return input.files.getPathMatcher("glob:" + withoutFoldersToo(pattern));
        } catch (PatternSyntaxException malformed) {
            throw new InputException(
                    input.text,
                    "not a pattern: " + malformed.getDescription(),
                    "Write it as 'frames/*.png'",
                    malformed);
        }
    }

    /// Lets two stars for folders stand for no folder too, as shells and git do; within braces they need one.
    private static String withoutFoldersToo(String pattern) {
        return FOLDERS.matcher(pattern)
                .replaceAll(part -> Matcher.quoteReplacement(part.group("folders") == null ? part.group() : "{,**/}"));
    }

    private static List<Path> list(Path folder, int depth, Predicate<Path> wanted) {
        try (Stream<Path> files = Files.find(folder, depth, (file, attributes) -> !attributes.isDirectory())) {
            return files.filter(wanted)
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        } catch (IOException failure) {
            throw FileFault.unreadable(folder, failure);
        } catch (UncheckedIOException failure) {
            throw FileFault.unreadable(folder, FileFault.unwrap(failure));
        }
    }
}
