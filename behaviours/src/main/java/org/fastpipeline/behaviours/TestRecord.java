// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.behaviours;

import java.util.List;

/// How one test of a behaviour went.
///
/// @param row the behaviour's number
/// @param test `Class.method`
/// @param outcome the worst of all its invocations
record TestRecord(int row, String test, Outcome outcome) {
    /// From good to bad.
    enum Outcome {
        /// All invocations passed.
        PASSED,
        /// It could not run on this machine.
        SKIPPED,
        /// An invocation failed, or none began.
        FAILED;

        /// The worse of the two.
        Outcome and(Outcome other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    static String print(List<TestRecord> records) {
        StringBuilder text = new StringBuilder();
        for (TestRecord each : records) {
            text.append(each.row + "\t" + each.test + "\t" + each.outcome + "\n");
        }
        return text.toString();
    }

    static List<TestRecord> parse(String text) {
        return text.lines()
                .map(line -> line.split("\t", -1))
                .map(cells -> new TestRecord(Integer.parseInt(cells[0]), cells[1], Outcome.valueOf(cells[2])))
                .toList();
    }
}
