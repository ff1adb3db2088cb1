// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.behaviours;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.fastpipeline.behaviours.TestRecord.Outcome;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class BehaviourListenerTest {
    /// Not written out in tags: what stands there is taken for the number of a row.
    private static final String ROW = BehaviourListener.TAG;

    private static final LauncherConfig ALONE = LauncherConfig.builder()
            .enableTestExecutionListenerAutoRegistration(false)
            .build();

    @Tag(ROW + "1")
    static final class Sample {
        @Test
        void passes() {}

        @Test
        @Tag(ROW + "2")
        void failsBesides() {
            throw new IllegalStateException("as it must");
        }

        @Test
        @Disabled("to be passed over")
        void isDisabled() {}

        @Test
        void cannotRunHere() {
            Assumptions.abort("no such device");
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        @Tag(ROW + "3")
        void failsForOneValue(int value) {
            assertThat(value).isNotEqualTo(2);
        }
    }

    static final class Broken {
        @BeforeAll
        static void fail() {
            throw new IllegalStateException("nothing runs here");
        }

        @Test
        @Tag(ROW + "4")
        void neverBegins() {}
    }

    static final class Untagged {
        @Test
        void showsNoBehaviour() {}
    }

    private static List<TestRecord> run(Class<?> type) {
        BehaviourListener listener = new BehaviourListener(null);
        LauncherFactory.create(ALONE)
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(type))
                                .build(),
                        listener);
        return listener.records();
    }

    private static TestRecord sample(int row, String method, Outcome outcome) {
        return new TestRecord(row, "BehaviourListenerTest.Sample." + method, outcome);
    }

    @Test
    void eachTestIsRecordedOncePerTagWithTheWorstOfItsInvocations() {
        assertThat(run(Sample.class))
                .containsExactly(
                        sample(1, "cannotRunHere", Outcome.SKIPPED),
                        sample(1, "failsBesides", Outcome.FAILED),
                        sample(1, "failsForOneValue", Outcome.FAILED),
                        sample(1, "isDisabled", Outcome.SKIPPED),
                        sample(1, "passes", Outcome.PASSED),
                        sample(2, "failsBesides", Outcome.FAILED),
                        sample(3, "failsForOneValue", Outcome.FAILED));
    }

    @Test
    void aTestThatNeverBeganHasFailed() {
        assertThat(run(Broken.class)).extracting(TestRecord::outcome).containsExactly(Outcome.FAILED);
    }

    @Test
    void testsWithoutATagAreNotRecorded() {
        assertThat(run(Untagged.class)).isEmpty();
    }
}
