// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The files of the checkout that the tests run in.
final class Repository {
    private Repository() {}

    /// The folder that holds the launcher and all modules.
    static Path root() {
        @Nullable Path at = Path.of("").toAbsolutePath();
        while (at != null && !(Files.isRegularFile(at.resolve("mvnw")) && Files.isDirectory(at.resolve("fast-bom")))) {
            at = at.getParent();
        }
        return Objects.requireNonNull(at, "the tests run inside the checkout");
    }

    /// The text of a file, named from the root.
    static String read(String name) throws IOException {
        return Files.readString(root().resolve(name));
    }

    /// The Java sources of every module, tests and projects below it among them.
    static List<Path> sources(int atLeast) throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(root())) {
            for (Path module : modules.sorted().toList()) {
                if (Files.isRegularFile(module.resolve("pom.xml"))) {
                    try (Stream<Path> files = Files.walk(module)) {
                        files.filter(file -> file.toString().endsWith(".java"))
                                .filter(file -> !module.relativize(file).startsWith("target"))
                                .sorted()
                                .forEach(sources::add);
                    }
                }
            }
        }
        assertThat(sources).as("source files of the repository").hasSizeGreaterThanOrEqualTo(atLeast);
        return sources;
    }

    /// The name of a file as seen from the root.
    static String name(Path file) {
        return root().relativize(file).toString();
    }
}
