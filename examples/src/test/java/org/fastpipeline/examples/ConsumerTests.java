// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.examples;

import java.nio.file.Path;
import java.util.Set;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/// Runs all tests in a folder of classes; the program that [ConsumerTest] starts in place of a user's build.
final class ConsumerTests {
    private ConsumerTests() {}

    /// Prints how many tests passed and what failed.
    ///
    /// @param arguments the folder
    public static void main(String[] arguments) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClasspathRoots(Set.of(Path.of(arguments[0]))))
                                .build(),
                        summary);
        System.out.println(summary.getSummary().getTestsSucceededCount() + " passed");
        summary.getSummary()
                .getFailures()
                .forEach(failure -> System.out.println(
                        failure.getTestIdentifier().getDisplayName() + ": " + failure.getException()));
    }
}
