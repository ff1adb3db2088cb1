// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Sources of all modules, tests too.
class SourceFilesTest {
    private static final int AT_LEAST = 180;
    private static final int MOST_LINES = 300;

    /// Written so that this file does not match it.
    private static final Pattern LEFT_OVER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

    /// Commented-out code: a comment line that ends as a statement does.
    private static final Pattern DEAD_CODE = Pattern.compile("^\\s*//(?!/).*[;{]$");

    /// What a `try` closes.
    private static final Pattern RESOURCES = Pattern.compile("\\btry \\([^{]*\\{");

    /// Written so that this file does not hold it.
    private static final String POOL = "new Memory" + "Pool(";

    @Test
    void beginWithTheLicence() throws IOException {
        assertThat(files(text -> text.startsWith("// SPDX-License-Identifier: Apache-2.0\n")))
                .isEmpty();
    }

    @Test
    void haveAtMost300Lines() throws IOException {
        List<String> longer = new ArrayList<>();
        for (Path file : Repository.sources(AT_LEAST)) {
            long lines = Files.readString(file).lines().count();
            if (lines > MOST_LINES) {
                longer.add(Repository.name(file) + ": " + lines + " lines");
            }
        }
        assertThat(longer).isEmpty();
    }

    @Test
    void leaveNothingForLater() throws IOException {
        assertThat(files(text -> !LEFT_OVER.matcher(text).find())).isEmpty();
    }

    @Test
    void holdNoTab() throws IOException {
        assertThat(files(text -> text.indexOf('\t') < 0)).isEmpty();
    }

    @Test
    void holdNoCommentedOutCode() throws IOException {
        assertThat(files(text -> text.lines().noneMatch(DEAD_CODE.asMatchPredicate())))
                .isEmpty();
    }

    /// A test gets its pool from the leak check, or closes it where it makes it; both fail if something is still held.
    /// The tests of pools see to it themselves.
    @Test
    void makeNoPoolInTestsThatNobodyCloses() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path file : Repository.sources(AT_LEAST)) {
            String name = Repository.name(file);
            String unguarded = RESOURCES.matcher(Files.readString(file)).replaceAll("");
            if (name.contains("src/test/") && !name.contains("core/memory/") && unguarded.contains(POOL)) {
                broken.add(name);
            }
        }
        // That one leaks on purpose, for the test of the soak to see it.
        assertThat(broken).containsExactly("stress/src/test/java/org/fastpipeline/stress/soak/LeakySoak.java");
    }

    /// The formatter breaks longer doc lines, and what follows the break is no doc any more.
    @Test
    void keepDocLinesShortEnoughForTheFormatter() throws IOException {
        assertThat(files(text -> text.lines()
                        .noneMatch(line -> line.length() > 120 && line.strip().startsWith("///"))))
                .isEmpty();
    }

    /// The files whose text does not satisfy `rule`.
    private static List<String> files(Predicate<String> rule) throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path file : Repository.sources(AT_LEAST)) {
            if (!rule.test(Files.readString(file))) {
                broken.add(Repository.name(file));
            }
        }
        return broken;
    }
}
