// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// State that goes from frame to frame.
class RecurrentNetworkTest {
    /// Its output is what it reads + 10 x its state, which is then that.
    private static LoadedModel model(long stateSize) {
        return Net.of(
                        List.of(Net.port("state-in", "NC", -1, stateSize), Net.port("x", "NC", -1, 1)),
                        List.of(Net.port("state-out", "NC", -1, stateSize), Net.port("y", "NC", -1, 1)),
                        in -> {
                            float[] sum = Net.floats(
                                    in.get(1).floatAt(0) + 10 * in.getFirst().floatAt(0));
                            return List.of(Net.given(sum, 1, 1), Net.given(sum, 1, 1));
                        })
                .load();
    }

    private static RecurrentNetwork node(String in, String out) {
        return new RecurrentNetwork(model(1), ImmutableMap.of(in, out), ImmutableMap.of(), Layout.DECLARED);
    }

    private static float next(NodeRun run, RecurrentNetwork node, float x) {
        Tensor tensor = Tensor.of(TensorSpec.of("C", ElementType.F32, 1), run.memory(), x);
        return run.with(node.inputs.getFirst(), tensor)
                .execute()
                .get(node.outputs.getFirst())
                .floatAt(0);
    }

    @Test
    @Tag("behaviour-135")
    void stateBeginsWithZerosAndIsThenThatOfTheFrameBefore() {
        RecurrentNetwork node = node("state-in", "state-out");
        try (NodeRun run = NodeRun.of(node)) {
            assertThat(next(run, node, 1)).isEqualTo(1);
            assertThat(next(run, node, 2)).isEqualTo(12);
            assertThat(next(run, node, 3)).isEqualTo(123);
        }
    }

    @Test
    @Tag("behaviour-135")
    void anotherSequenceBeginsWithZerosAgain() {
        RecurrentNetwork node = node("state-in", "state-out");
        try (NodeRun run = NodeRun.of(node)) {
            assertThat(next(run, node, 1)).isEqualTo(1);
            run.with(node.sequence, 1);
            assertThat(next(run, node, 2)).isEqualTo(2);
            assertThat(next(run, node, 3)).isEqualTo(23);
        }
    }

    @Test
    @Tag("behaviour-135")
    void stateIsNoPort() {
        RecurrentNetwork node = node("state-in", "state-out");
        assertThat(node.inputs).extracting(In::name).containsExactly("x");
        assertThat(node.outputs).extracting(Out::name).containsExactly("y");
    }

    @Test
    @Tag("behaviour-135")
    void stateOfUnknownPortsIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> node("state", "state-out"))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("met input 'state'; needed one of [state-in, x]");
        assertThatThrownBy(() -> node("state-in", "state"))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("met output 'state'; needed one of [state-out, y]");
    }

    @Test
    void stateOfUnknownSizeIsRefused() {
        var node = new RecurrentNetwork(
                model(-1), ImmutableMap.of("state-in", "state-out"), ImmutableMap.of(), Layout.DECLARED);
        try (NodeRun run = NodeRun.of(node)) {
            assertThatThrownBy(() -> next(run, node, 1))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("state state-in is F32(N=?, C=?); needed known sizes, but for N");
        }
    }

    @Test
    void stateOfUnlikeShapeIsRefused() {
        LoadedModel unlike = Net.of(Net.port("in", "NC", -1, 2), Net.port("out", "NC", -1, 3), in -> List.of())
                .load();
        assertThatThrownBy(() ->
                        new RecurrentNetwork(unlike, ImmutableMap.of("in", "out"), ImmutableMap.of(), Layout.DECLARED))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("state goes from output out, F32(N=?, C=3), to input in, F32(N=?, C=2)");
    }
}
