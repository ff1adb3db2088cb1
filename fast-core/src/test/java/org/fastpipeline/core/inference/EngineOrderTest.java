// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fastpipeline.core.inference.ModelFormat.FROZEN_GRAPH;
import static org.fastpipeline.core.inference.ModelFormat.ONNX;
import static org.fastpipeline.core.inference.ModelFormat.OPENVINO_IR;
import static org.fastpipeline.core.inference.ModelFormat.SAVED_MODEL;
import static org.fastpipeline.core.inference.ModelFormat.TFLITE;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import org.fastpipeline.core.error.EngineException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class EngineOrderTest {
    private static final List<EngineReport> REPORTS = List.of(
            able("b", SAVED_MODEL, FROZEN_GRAPH),
            able("a", OPENVINO_IR, ONNX, SAVED_MODEL),
            able("c", ONNX),
            able("aa", SAVED_MODEL),
            new EngineReport("d", "plugins/d", new Availability.Unavailable("no library", "Install it")));

    private static EngineReport able(String name, ModelFormat... formats) {
        return new EngineReport(
                name,
                "application",
                new Availability.Available("1", ImmutableSet.copyOf(formats), ImmutableList.of("CPU")));
    }

    private static List<String> names(ModelFormat format, String wish) {
        return EngineOrder.of(REPORTS, List.of(format), EngineWish.parse(wish)).candidates().stream()
                .map(EngineOrder.Candidate::name)
                .toList();
    }

    @Test
    void theEngineThatReadsTheFormatNativelyComesFirstThenNamesDecide() {
        assertThat(names(SAVED_MODEL, "auto")).containsExactly("aa", "b", "a");
        assertThat(names(ONNX, "auto")).containsExactly("c", "a");
    }

    @Test
    void theOrderOfDiscoveryDoesNotMatter() {
        assertThat(EngineOrder.of(REPORTS.reversed(), List.of(SAVED_MODEL), EngineWish.parse("auto")))
                .isEqualTo(EngineOrder.of(REPORTS, List.of(SAVED_MODEL), EngineWish.parse("auto")));
    }

    @Test
    @Tag("behaviour-121")
    void theEngineAskedForComesFirst() {
        EngineOrder order = EngineOrder.of(REPORTS, List.of(SAVED_MODEL), EngineWish.parse("a"));
        assertThat(names(SAVED_MODEL, "a")).containsExactly("a", "aa", "b");
        assertThat(order.candidates().getFirst().why()).isEqualTo("it was asked for");
        assertThat(order.passedOver()).isEmpty();
    }

    @Test
    void anEngineAskedForThatCannotReadTheFormatIsPassedOverWithNotice() {
        assertThat(names(FROZEN_GRAPH, "c")).containsExactly("b");
        assertThat(EngineOrder.of(REPORTS, List.of(FROZEN_GRAPH), EngineWish.parse("c"))
                        .passedOver())
                .isEqualTo("c was asked for but reads [ONNX], not frozen graph");
    }

    @Test
    void anEngineAskedForThatIsNotAvailableIsPassedOverWithItsReason() {
        assertThat(EngineOrder.of(REPORTS, List.of(ONNX), EngineWish.parse("d")).passedOver())
                .isEqualTo("d was asked for but is not available: no library (Install it)");
    }

    @Test
    @Tag("behaviour-120")
    void anUnknownEngineIsRefusedWithTheListOfThoseThereAre() {
        assertThatThrownBy(() -> EngineOrder.of(REPORTS, List.of(ONNX), EngineWish.parse("x")))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("engine x: is unknown; met b 1 on CPU, reads [SavedModel, frozen graph]; a 1")
                .hasMessageContaining("d is not available: no library. Install it")
                .hasMessageEndingWith("Ask for one of these, for auto, or for measure");
    }

    @Test
    void aFormatThatNobodyReadsIsRefusedWithTheListOfThoseThereAre() {
        assertThatThrownBy(() -> EngineOrder.of(REPORTS, List.of(TFLITE), EngineWish.parse("auto")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("no engine can load a model of format TensorFlow Lite; met b 1 on CPU");
        assertThatThrownBy(() -> EngineOrder.of(List.of(), List.of(TFLITE), EngineWish.parse("auto")))
                .hasMessageContaining("met no engine at all");
    }

    @Test
    @Tag("behaviour-121")
    void theSpeedThatEnginesExpectOfThemselvesGoesBeforeTheOrderOfTheirFormats() {
        List<EngineReport> reports = List.of(
                able("a", Availability.Speed.LOW, SAVED_MODEL),
                able("b", Availability.Speed.USUAL, ONNX),
                able("c", Availability.Speed.HIGH, OPENVINO_IR, ONNX));
        EngineOrder order = EngineOrder.of(reports, List.of(SAVED_MODEL, ONNX), EngineWish.parse("auto"));
        assertThat(order.candidates())
                .extracting(candidate -> candidate.name() + " " + candidate.format() + ": " + candidate.why())
                .containsExactly(
                        "c ONNX: it reads ONNX and is expected to be faster than b, a",
                        "b ONNX: it reads ONNX",
                        "a SavedModel: it reads SavedModel");
    }

    @Test
    void anEngineIsToReadTheFormatThatItReadsBest() {
        EngineOrder order = EngineOrder.of(REPORTS, List.of(SAVED_MODEL, ONNX, OPENVINO_IR), EngineWish.parse("a"));
        assertThat(order.candidates())
                .extracting(candidate -> candidate.name() + " " + candidate.format())
                .containsExactly("a OpenVINO IR", "a ONNX", "a SavedModel", "aa SavedModel", "b SavedModel", "c ONNX");
    }

    @Test
    @Tag("behaviour-121")
    void anEngineAskedForThatReadsNoneOfTheFormatsIsReplacedWithNotice() {
        EngineOrder order = EngineOrder.of(REPORTS, List.of(FROZEN_GRAPH, SAVED_MODEL), EngineWish.parse("c"));
        assertThat(order.passedOver()).isEqualTo("c was asked for but reads [ONNX], not frozen graph, SavedModel");
        assertThat(order.candidates().getFirst().name()).isEqualTo("aa");
    }

    private static EngineReport able(String name, Availability.Speed speed, ModelFormat... formats) {
        return new EngineReport(
                name,
                "application",
                new Availability.Available("1", ImmutableSet.copyOf(formats), ImmutableList.of("CPU")).at(speed));
    }
}
