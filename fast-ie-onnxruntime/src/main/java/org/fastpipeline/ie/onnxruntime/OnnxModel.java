// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.common.collect.ImmutableList;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.error.ReleasedException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.inference.Model;
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
    private int open;
    private boolean closed;

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
    public synchronized Session openSession() {
        if (closed) {
            throw new ReleasedException("model", name);
        }
        open++;
        return new OnnxSession(this);
    }

    synchronized void sessionClosed() {
        open--;
    }

    @Override
    public synchronized void close() {
        if (open > 0) {
            throw new WrongUseException(
                    "model " + name,
                    "met a close with " + open + " sessions open; needed none",
                    "Close the sessions first");
        }
        if (!closed) {
            closed = true;
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
}
