// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.behaviours;

import static org.fastpipeline.behaviours.TestRecord.Outcome.FAILED;
import static org.fastpipeline.behaviours.TestRecord.Outcome.PASSED;
import static org.fastpipeline.behaviours.TestRecord.Outcome.SKIPPED;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fastpipeline.behaviours.TestRecord.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/// Writes down how the tests tagged with a behaviour went, and in what JVM they ran.
///
/// Found by the test platform in every module. Writes `X.tsv` and `X.jvm` where the system property `fast.behaviours`
/// says X, and nothing without it. Called by one thread at a time.
public final class BehaviourListener implements TestExecutionListener {
    /// What the tags begin with.
    static final String TAG = "behaviour-";

    private static final String TARGET = "fast.behaviours";

    /// Of each test or container that ended: how.
    private final Map<String, Outcome> ended = new HashMap<>();

    private final Map<String, TestRecord> records = new TreeMap<>();

    private final @Nullable String target;

    /// For the test platform.
    public BehaviourListener() {
        this(System.getProperty(TARGET));
    }

    /// @param target what the names of the files begin with; nothing is written without it
    BehaviourListener(@Nullable String target) {
        this.target = target;
    }

    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        ended.put(
                identifier.getUniqueId(),
                switch (result.getStatus()) {
                    case SUCCESSFUL -> PASSED;
                    case ABORTED -> SKIPPED;
                    case FAILED -> FAILED;
                });
    }

    @Override
    public void executionSkipped(TestIdentifier identifier, String reason) {
        ended.put(identifier.getUniqueId(), SKIPPED);
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        for (TestIdentifier root : plan.getRoots()) {
            plan.getDescendants(root).forEach(identifier -> record(plan, identifier));
        }
        if (target != null) {
            write(target);
        }
    }

    /// What was written down so far, by row and test.
    List<TestRecord> records() {
        List<TestRecord> sorted = new ArrayList<>(records.values());
        sorted.sort(Comparator.comparingInt(TestRecord::row).thenComparing(TestRecord::test));
        return sorted;
    }

    private void write(String target) {
        try {
            Files.createDirectories(Path.of(target).toAbsolutePath().getParent());
            Files.writeString(Path.of(target + ".tsv"), TestRecord.print(records()));
            Files.writeString(Path.of(target + ".jvm"), TestJvm.current().print());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void record(TestPlan plan, TestIdentifier identifier) {
        if (identifier.getSource().orElse(null) instanceof MethodSource source) {
            String test = name(source);
            identifier.getTags().stream()
                    .map(tag -> tag.getName())
                    .filter(tag -> tag.startsWith(TAG))
                    .map(tag -> Integer.parseInt(tag.substring(TAG.length())))
                    .forEach(row -> records.merge(
                            row + " " + test,
                            new TestRecord(row, test, outcome(plan, identifier)),
                            (one, other) ->
                                    new TestRecord(row, test, one.outcome().and(other.outcome()))));
        }
    }

    /// A test whose class was skipped, or failed before it, has no end of its own.
    private Outcome outcome(TestPlan plan, TestIdentifier identifier) {
        TestIdentifier at = identifier;
        while (!ended.containsKey(at.getUniqueId())) {
            var parent = plan.getParent(at);
            if (parent.isEmpty()) {
                return FAILED;
            }
            at = parent.get();
        }
        Outcome outcome = ended.getOrDefault(at.getUniqueId(), FAILED);
        return at.equals(identifier) || outcome == SKIPPED ? outcome : FAILED;
    }

    /// `Class.method`, with the enclosing classes of a nested one.
    static String name(MethodSource source) {
        String type = source.getClassName();
        return type.substring(type.lastIndexOf('.') + 1).replace('$', '.') + "." + source.getMethodName();
    }
}
