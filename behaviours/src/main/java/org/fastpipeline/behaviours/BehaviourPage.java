// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.behaviours;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.fastpipeline.behaviours.TestRecord.Outcome;

/// Makes `docs/behaviours.md` of what the tests of all modules wrote down; `./fast test` runs it at its end.
final class BehaviourPage {
    /// Whether a required row with neither test nor refusal, a tagged row without a mutant, and a page that was out of
    /// date fail the build.
    static final boolean IS_STRICT = true;

    private static final String HEAD = """
            <!-- SPDX-License-Identifier: Apache-2.0 -->
            # Behaviours

            What the framework promises, and the tests that show it. Made by `./fast test`; do not edit.
            That each test can fail is shown by `.ci/long mutants`.
            """;

    private final Map<Integer, List<TestRecord>> records = new TreeMap<>();
    private final Map<Integer, String> refusals = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    private BehaviourPage() {}

    /// Writes the page of this checkout.
    public static void main(String[] arguments) throws IOException {
        Checkout checkout = Checkout.here();
        BehaviourPage page = new BehaviourPage();
        for (Path module : checkout.modules()) {
            for (Path results : Checkout.results(module)) {
                TestRecord.parse(Files.readString(results)).forEach(page::add);
            }
        }
        checkout.refusals().forEach(page::add);
        String text = page.print(Row.all());
        Path file = checkout.root().resolve("docs/behaviours.md");
        if (!Files.isRegularFile(file) || !Files.readString(file).equals(text)) {
            Files.writeString(file, text);
            page.problems.add("docs/behaviours.md was out of date and has been written anew: commit it");
        }
        page.problems.forEach(System.out::println);
        System.exit(IS_STRICT && !page.problems.isEmpty() ? 1 : 0);
    }

    /// The page for `rows`, and what is wrong with it.
    static Map.Entry<String, List<String>> of(List<Row> rows, List<TestRecord> records, List<Row.Refusal> refusals) {
        BehaviourPage page = new BehaviourPage();
        records.forEach(page::add);
        refusals.forEach(page::add);
        String text = page.print(rows);
        return Map.entry(text, page.problems);
    }

    private void add(TestRecord each) {
        records.computeIfAbsent(each.row(), _ -> new ArrayList<>()).add(each);
    }

    private void add(Row.Refusal refusal) {
        refusals.put(refusal.row(), refusal.reason());
    }

    private String print(List<Row> rows) {
        Map<String, StringBuilder> groups = new LinkedHashMap<>();
        List<Integer> missing = new ArrayList<>();
        for (Row row : rows) {
            String state = state(row.number());
            if (state.equals("missing")) {
                if (!row.isRequired()) {
                    continue;
                }
                missing.add(row.number());
            } else if (state.equals("fail")) {
                problems.add("behaviour " + row.number() + ": a test of it failed");
            }
            groups.computeIfAbsent(row.group(), _ -> new StringBuilder())
                    .append("| " + row.number() + " | " + row.behaviour() + " | " + tests(row.number()) + " | " + state
                            + " |\n");
        }
        if (!missing.isEmpty()) {
            problems.add("behaviours with neither a passing test nor a refusal: "
                    + missing.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        StringBuilder page = new StringBuilder(HEAD);
        groups.forEach((group, lines) -> page.append("\n## " + group + "\n\n")
                .append("| number | behaviour | test | pass |\n| --- | --- | --- | --- |\n")
                .append(lines));
        return page.toString();
    }

    private String state(int row) {
        List<Outcome> outcomes = records.getOrDefault(row, List.of()).stream()
                .map(TestRecord::outcome)
                .toList();
        if (outcomes.contains(Outcome.FAILED)) {
            return "fail";
        }
        if (outcomes.contains(Outcome.PASSED)) {
            return "pass";
        }
        return refusals.containsKey(row) ? "refused: " + refusals.get(row) : "missing";
    }

    private String tests(int row) {
        return records.getOrDefault(row, List.of()).stream()
                .map(TestRecord::test)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
