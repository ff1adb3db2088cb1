// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.error.ReleasedException;
import org.fastpipeline.core.error.WrongUseException;
import org.junit.jupiter.api.Test;

final class OpenSessionsTest {
    private final OpenSessions sessions = new OpenSessions("net.onnx");
    private final List<String> events = new ArrayList<>();
    private final Model model =
            FakeEngine.of("fake").load(ModelSource.of(Path.of("net.onnx"), ModelFormat.ONNX), new EngineOptions(1, 1));

    private Session open() {
        return sessions.open(model::openSession);
    }

    private void closeModel() {
        sessions.closeModel(() -> events.add("released"));
    }

    @Test
    void aModelIsNotClosedUnderItsSessions() {
        open();
        open();
        sessions.sessionClosed();
        assertThatThrownBy(this::closeModel)
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("model net.onnx: met a close with 1 sessions open; needed none");
        assertThat(events).isEmpty();
        sessions.sessionClosed();
        closeModel();
        assertThat(events).containsExactly("released");
    }

    @Test
    void whatTheModelHoldsIsFreedOnce() {
        closeModel();
        closeModel();
        assertThat(events).containsExactly("released");
    }

    @Test
    void aClosedModelOpensNoSession() {
        closeModel();
        assertThatThrownBy(this::open)
                .isInstanceOf(ReleasedException.class)
                .hasMessageContaining("model")
                .hasMessageContaining("net.onnx");
    }

    @Test
    void aSessionThatCannotBeOpenedDoesNotCount() {
        assertThatThrownBy(() -> sessions.open(() -> {
                    throw new EngineException("fake", "is out of memory", "Close something", null);
                }))
                .isInstanceOf(EngineException.class);
        closeModel();
        assertThat(events).containsExactly("released");
    }
}
