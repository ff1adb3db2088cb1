// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.fastpipeline.core.inference.Availability;
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.core.inference.ModelFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/// That the suite notices what is wrong, and skips what is not its business.
final class EngineConformanceTest {
    @TempDir
    Path folder;

    private static EngineConformance suite(InferenceEngine engine) {
        return new EngineConformance(engine) {};
    }

    @Test
    void anEngineThatGivesTheRightValuesPasses() throws Exception {
        EngineConformance suite = suite(RecordedEngine.reading(ModelFormat.TFLITE, 0));
        suite.aDenseNetworkGivesTheRightValues(ModelFormat.TFLITE, folder);
        suite.aVolumeGivesATensor(ModelFormat.TFLITE, folder);
        suite.oneInputGivesTwoOutputs(ModelFormat.TFLITE, folder);
    }

    @Test
    void aValueOutsideTheToleranceFailsWithBothValues() {
        EngineConformance suite = suite(RecordedEngine.reading(ModelFormat.ONNX, 3e-5f));
        assertThatThrownBy(() -> suite.aDenseNetworkGivesTheRightValues(ModelFormat.ONNX, folder))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("dense, call 0, output y of [1, 2]: met ")
                .hasMessageContaining(" at position 0; needed ")
                .hasMessageContaining(" within 1.0");
    }

    @Test
    void aNumberWhereNoneMayBeFails() {
        EngineConformance suite = suite(
                new RecordedEngine(RecordedEngine.reading(ModelFormat.ONNX, 0).availability(), Float.NaN));
        assertThatThrownBy(() -> suite.aBatchGivesEachImageItsOwnResult(ModelFormat.ONNX, folder))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("met NaN");
    }

    @Test
    void anEngineThatTakesWhatDoesNotFitFails() {
        EngineConformance suite = suite(RecordedEngine.reading(ModelFormat.ONNX, 0));
        assertThatThrownBy(() -> suite.aBrokenOrMissingModelIsRefused(ModelFormat.ONNX, folder))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> suite.nothingRunsAfterTheClose(folder)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> suite.anUnknownDeviceIsRefusedWithThoseThereAre(folder))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void formatsThatTheEngineDoesNotReadAreSkippedWithTheReason() {
        EngineConformance suite = suite(RecordedEngine.reading(ModelFormat.ONNX, 0));
        assertThatThrownBy(() -> suite.aDenseNetworkGivesTheRightValues(ModelFormat.TFLITE, folder))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("recorded reads [ONNX], not TensorFlow Lite");
    }

    @Test
    void anEngineThatIsNotAvailableIsSkippedWithTheReason() {
        EngineConformance suite = suite(new RecordedEngine(new Availability.Unavailable("no library", "Get it"), 0));
        assertThatThrownBy(() -> suite.itSaysWhatItCanDo(folder))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("recorded is not available here: no library. Get it");
    }

    @Test
    void anInstalledPluginThatIsNotThereFails() {
        EngineConformance suite = new EngineConformance(folder, "abacus") {};
        assertThatThrownBy(() -> suite.itSaysWhatItCanDo(folder))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no engine abacus");
    }

    @Test
    void allNetworksAreThereInTheFormatsThatTheyName() {
        for (String name : new String[] {"dense", "convolution", "channel_first", "open_sizes", "volume", "bytes"}) {
            ConformanceCase network = ConformanceCase.read(name);
            assertThat(network.formats()).containsExactlyInAnyOrder(ModelFormat.values());
            for (ModelFormat format : network.formats()) {
                assertThat(ConformanceCase.graph(network.source(format, folder)))
                        .isNotEmptyFile();
            }
        }
    }
}
