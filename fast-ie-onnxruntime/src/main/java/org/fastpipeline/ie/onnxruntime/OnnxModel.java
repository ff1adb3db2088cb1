// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.common.collect.ImmutableList;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.OpenSessions;
import org.fastpipeline.core.inference.Session;

/// A network with its weights in the one native session that all sessions share; ONNX Runtime lets any number of
/// threads run it at once.
final class OnnxModel implements Model {
    private final String name;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ImmutableList<Place> inputs;
    private final ImmutableList<Place> outputs;
    private final String precision;
    private final OpenSessions sessions;

    /// Takes `session` over.
    OnnxModel(
            String name,
            OrtEnvironment environment,
            OrtSession session,
            ImmutableList<Place> inputs,
            ImmutableList<Place> outputs,
            String precision) {
        this.name = name;
        this.environment = environment;
        this.session = session;
        this.inputs = inputs;
        this.outputs = outputs;
        this.precision = precision;
        this.sessions = new OpenSessions(name);
    }

    String name() {
        return name;
    }

    OrtEnvironment environment() {
        return environment;
    }

    OrtSession session() {
        return session;
    }

    ImmutableList<Place> inputPlaces() {
        return inputs;
    }

    ImmutableList<Place> outputPlaces() {
        return outputs;
    }

    @Override
    public ImmutableList<Port> inputs() {
        return inputs.stream().map(Place::port).collect(ImmutableList.toImmutableList());
    }

    @Override
    public ImmutableList<Port> outputs() {
        return outputs.stream().map(Place::port).collect(ImmutableList.toImmutableList());
    }

    @Override
    public String precision() {
        return precision;
    }

    @Override
    public Session openSession() {
        return sessions.open(() -> new OnnxSession(this));
    }

    void sessionClosed() {
        sessions.sessionClosed();
    }

    @Override
    public void close() {
        sessions.closeModel(this::release);
    }

    private void release() {
        try {
            session.close();
        } catch (OrtException stuck) {
            throw new EngineException(
                    OnnxRuntimeEngine.NAME,
                    "model " + name + " cannot be closed: " + stuck.getMessage(),
                    "What was computed before is whole; look for a newer version of the engine's plugin",
                    stuck);
        }
    }
}
