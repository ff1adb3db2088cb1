// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.behaviours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The mutants of all modules as they stand in the sources; that they are killed is for the long profile.
class MutantsTest {
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"" + BehaviourListener.TAG + "(\\d+)\"\\)");

    private final Checkout checkout = Checkout.here();

    @Test
    void theTextOfEachStandsExactlyOnceInItsFile() throws IOException {
        List<String> stale = new ArrayList<>();
        for (Path module : checkout.modules()) {
            for (Mutant mutant : checkout.mutants(module)) {
                Path source = checkout.root().resolve(mutant.source());
                int count = Files.isRegularFile(source) ? mutant.count(Files.readString(source)) : 0;
                if (count != 1) {
                    stale.add(mutant + ": met " + count + " times '" + mutant.before() + "'");
                }
            }
        }
        assertThat(stale).isEmpty();
    }

    @Test
    void eachTaggedRowHasOneInTheModuleOfItsTest() throws IOException {
        assumeTrue(BehaviourPage.IS_STRICT, "the list of behaviours is still being filled");
        List<String> without = new ArrayList<>();
        for (Path module : checkout.modules()) {
            Set<Integer> mutated =
                    checkout.mutants(module).stream().map(Mutant::row).collect(Collectors.toSet());
            for (int row : taggedRows(module)) {
                if (!mutated.contains(row)) {
                    without.add(module.getFileName() + ", behaviour " + row);
                }
            }
            mutated.removeAll(taggedRows(module));
            mutated.removeAll(rowsOfTheConformanceSuite(module));
            mutated.forEach(row -> without.add(module.getFileName() + ", mutant of " + row + " without a test"));
        }
        assertThat(without).isEmpty();
    }

    @Test
    void noRowIsBothTestedAndRefused() throws IOException {
        Set<Integer> both = new TreeSet<>();
        for (Path module : checkout.modules()) {
            both.addAll(taggedRows(module));
        }
        both.retainAll(checkout.refusals().stream().map(Row.Refusal::row).collect(Collectors.toSet()));
        assertThat(both).isEmpty();
    }

    @Test
    void blocksOfThreeLinesAreRead() {
        String text = """
                16 | core/A.java
                -     x + 1;
                +     x;

                7 | core/B.java
                - gone
                +
                """;
        assertThat(Mutant.parse(Path.of("m.txt"), text))
                .containsExactly(
                        new Mutant("m.txt:1", 16, Path.of("core/A.java"), "x + 1;", "x;"),
                        new Mutant("m.txt:5", 7, Path.of("core/B.java"), "gone", ""));
    }

    @Test
    void aBlockThatIsNoneIsRefusedWithItsLine() {
        assertThatThrownBy(() -> Mutant.parse(Path.of("m.txt"), "\n16 | A.java\n+ x\n- y\n"))
                .hasMessage("m.txt:2: met '+ x'; needed a line that begins with -");
    }

    @Test
    void aTextThatStandsTwiceIsNotTakenForOne() {
        assertThat(new Mutant("", 1, Path.of("A"), "ab", "").count("ab ab")).isEqualTo(2);
    }

    /// The rows that a module's tests inherit: those of engines are all in the suite that each engine runs.
    private Set<Integer> rowsOfTheConformanceSuite(Path module) throws IOException {
        return Files.isDirectory(module.resolve("src/main/java/org/fastpipeline/ie"))
                ? taggedIn(checkout.root().resolve("fast-testing/src/main/java"))
                : Set.of();
    }

    private static Set<Integer> taggedRows(Path module) throws IOException {
        return taggedIn(module.resolve("src/test/java"));
    }

    private static Set<Integer> taggedIn(Path tests) throws IOException {
        Set<Integer> rows = new TreeSet<>();
        if (Files.isDirectory(tests)) {
            try (Stream<Path> files = Files.walk(tests)) {
                for (Path file :
                        files.filter(name -> name.toString().endsWith(".java")).toList()) {
                    Matcher tag = TAG.matcher(Files.readString(file));
                    while (tag.find()) {
                        rows.add(Integer.valueOf(tag.group(1)));
                    }
                }
            }
        }
        return rows;
    }
}
