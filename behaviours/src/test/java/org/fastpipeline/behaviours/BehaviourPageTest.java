// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.behaviours;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.fastpipeline.behaviours.TestRecord.Outcome;
import org.junit.jupiter.api.Test;

class BehaviourPageTest {
    private static final List<Row> ROWS = Row.parse("""
            # Demand
            1 | it runs
            2 | it rests
            # later: Networks
            120 | it learns
            121 | it forgets
            """);

    private static List<String> page(List<TestRecord> records, List<Row.Refusal> refusals) {
        return BehaviourPage.of(ROWS, records, refusals)
                .getKey()
                .lines()
                .filter(line -> line.matches("\\| \\d.*"))
                .toList();
    }

    private static List<String> problems(List<TestRecord> records, List<Row.Refusal> refusals) {
        return BehaviourPage.of(ROWS, records, refusals).getValue();
    }

    @Test
    void rowsOfTodayAreTwoHundredAndThirtyTwoInOrder() {
        List<Row> all = Row.all();
        assertThat(all).hasSize(232);
        assertThat(all).extracting(Row::number).isSorted().doesNotHaveDuplicates();
        assertThat(all.stream().filter(row -> !row.isRequired()).map(Row::number))
                .startsWith(162)
                .endsWith(216)
                .hasSize(54);
    }

    @Test
    void oneLineARowNamesItsTestsInOrder() {
        assertThat(page(
                        List.of(new TestRecord(1, "B.b", Outcome.PASSED), new TestRecord(1, "A.a", Outcome.PASSED)),
                        List.of(new Row.Refusal(2, "nobody needs it"))))
                .containsExactly("| 1 | it runs | A.a, B.b | pass |", "| 2 | it rests |  | refused: nobody needs it |");
    }

    @Test
    void aRowWithNeitherTestNorRefusalIsMissing() {
        assertThat(page(List.of(), List.of())).contains("| 2 | it rests |  | missing |");
        assertThat(problems(List.of(), List.of()))
                .containsExactly("behaviours with neither a passing test nor a refusal: 1, 2");
    }

    @Test
    void rowsForLaterAppearWithTheirFirstTest() {
        assertThat(page(List.of(new TestRecord(120, "A.a", Outcome.PASSED)), List.of()))
                .contains("| 120 | it learns | A.a | pass |")
                .noneMatch(line -> line.contains("it forgets"));
    }

    @Test
    void oneFailedTestFailsItsRow() {
        List<TestRecord> records =
                List.of(new TestRecord(1, "A.a", Outcome.PASSED), new TestRecord(1, "A.b", Outcome.FAILED));
        assertThat(page(records, List.of())).contains("| 1 | it runs | A.a, A.b | fail |");
        assertThat(problems(records, List.of())).contains("behaviour 1: a test of it failed");
    }

    @Test
    void aTestThatCouldNotRunShowsNothing() {
        assertThat(page(List.of(new TestRecord(1, "A.a", Outcome.SKIPPED)), List.of()))
                .contains("| 1 | it runs | A.a | missing |");
    }

    @Test
    void whatIsWrittenDownIsReadAgain() {
        List<TestRecord> records =
                List.of(new TestRecord(1, "A.a", Outcome.PASSED), new TestRecord(12, "B.c", Outcome.SKIPPED));
        assertThat(TestRecord.parse(TestRecord.print(records))).isEqualTo(records);
    }
}
