// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.behaviours;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// Runs the tests with some tags, up to the first that fails; the program that [MutantRun] starts.
///
/// Its exit status tells how it went; what it says last on its output is the test that failed.
final class TaggedTests {
    static final int PASSED = 0;
    static final int FAILED = 1;
    static final int NONE = 2;

    private TaggedTests() {}

    /// Runs them and ends the JVM.
    ///
    /// @param arguments the folder of test classes, then the tags
    public static void main(String[] arguments) {
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClasspathRoots(Set.of(Path.of(arguments[0]))))
                .filters(TagFilter.includeTags(Arrays.asList(arguments).subList(1, arguments.length)))
                .build();
        CancellationToken failure = CancellationToken.create();
        FirstFailure first = new FirstFailure(failure);
        LauncherFactory.create()
                .execute(LauncherExecutionRequestBuilder.request(request)
                        .cancellationToken(failure)
                        .listeners(first)
                        .build());
        int status = first.name.isEmpty() ? first.passed > 0 ? PASSED : NONE : FAILED;
        System.out.println(first.name);
        System.out.flush();
        // Threads that a broken program left behind must not keep this one.
        Runtime.getRuntime().halt(status);
    }

    private static final class FirstFailure implements TestExecutionListener {
        private final CancellationToken failure;
        private int passed;
        private String name = "";

        FirstFailure(CancellationToken failure) {
            this.failure = failure;
        }

        @Override
        public synchronized void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                failure.cancel();
                name = identifier.getSource().orElse(null) instanceof MethodSource source
                        ? BehaviourListener.name(source)
                        : identifier.getDisplayName();
            } else if (identifier.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                passed++;
            }
        }
    }
}
