// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.behaviours;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The files of the checkout that matter here, always in the same order.
///
/// @param root the folder that holds all modules
record Checkout(Path root) {
    private static final String REFUSED = "-refused.txt";

    /// The checkout that the program runs in.
    static Checkout here() {
        @Nullable Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.isRegularFile(at.resolve("mvnw"))) {
            at = at.getParent();
        }
        if (at == null) {
            throw new IllegalStateException("met no mvnw in this folder or above it; run this inside the checkout");
        }
        return new Checkout(at);
    }

    /// The folders of all modules.
    List<Path> modules() throws IOException {
        return list(root, folder -> Files.isRegularFile(folder.resolve("pom.xml")));
    }

    /// How the tests of `module` went: one file of its unit tests, one of its integration tests.
    static List<Path> results(Path module) throws IOException {
        return list(module.resolve("target"), file -> name(file).matches("behaviours-.*\\.tsv"));
    }

    /// The mutants whose tests are in `module`.
    List<Mutant> mutants(Path module) throws IOException {
        List<Mutant> mutants = new ArrayList<>();
        for (Path file :
                list(module.resolve("src/test/mutants"), file -> !name(file).endsWith(REFUSED))) {
            mutants.addAll(Mutant.parse(root.relativize(file), Files.readString(file)));
        }
        return mutants;
    }

    /// Rows that are refused, with the reason.
    List<Row.Refusal> refusals() throws IOException {
        List<Row.Refusal> refusals = new ArrayList<>();
        for (Path module : modules()) {
            for (Path file :
                    list(module.resolve("src/test/mutants"), file -> name(file).endsWith(REFUSED))) {
                Files.readString(file)
                        .lines()
                        .filter(line -> !line.isBlank())
                        .map(Row.Refusal::parse)
                        .forEach(refusals::add);
            }
        }
        return refusals;
    }

    private static List<Path> list(Path folder, Predicate<Path> wanted) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(wanted).sorted().toList();
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
