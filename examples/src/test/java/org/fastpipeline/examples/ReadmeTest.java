// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The README shows programs that exist, links to files that exist, and no other.
class ReadmeTest {
    private static final Path ROOT =
            Path.of(System.getProperty("fast.home")).resolve("../../..").normalize();
    private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)(#[^)]*)?\\)");
    private static final int MOST_LINES = 15;

    @Test
    void everyProgramStandsInASourceFileOfTheExamples() throws IOException {
        List<String> sources;
        try (Stream<Path> files = Files.walk(ROOT.resolve("examples/src/main"))) {
            sources = files.filter(file -> file.toString().endsWith(".java"))
                    .map(ReadmeTest::text)
                    .toList();
        }
        List<String> programs = found(PROGRAM);
        assertThat(programs).hasSizeGreaterThanOrEqualTo(2);
        assertThat(programs).allSatisfy(program -> assertThat(sources).anyMatch(source -> source.contains(program)));
    }

    @Test
    void firstProgramIsWholeAndHasAtMostFifteenLines() throws IOException {
        String program = found(PROGRAM).getFirst();
        String source = text(ROOT.resolve("examples/src/main/programs/CapillaryDensities.java"));
        assertThat(source).isEqualTo("// SPDX-License-Identifier: Apache-2.0\n" + program);
        assertThat(program.lines().filter(line -> !line.isBlank()).count()).isLessThanOrEqualTo(MOST_LINES);
    }

    @Test
    void everyLinkAndPictureLeadsToAFile() throws IOException {
        assertThat(found(LINK)).isNotEmpty().allSatisfy(target -> assertThat(ROOT.resolve(target))
                .exists());
    }

    private static List<String> found(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
