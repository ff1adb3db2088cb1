// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import com.google.common.collect.ImmutableList;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.OpenSessions;
import org.fastpipeline.core.inference.Session;
import org.fastpipeline.ie.openvino.binding.OpenVino;

/// A compiled model, which any number of requests run at once.
final class OpenVinoModel implements Model {
    private final String name;
    private final OpenVino ov;
    private final MemorySegment compiled;
    private final String precision;
    private final ImmutableList<Endpoint> inputs;
    private final ImmutableList<Endpoint> outputs;
    private final Optional<Fitting> fitting;
    private final Runnable release;
    private final OpenSessions sessions;

    /// @param fitting checks sizes that come for the first time
    /// @param release frees the compiled model and its ports
    OpenVinoModel(
            String name,
            OpenVino ov,
            MemorySegment compiled,
            String precision,
            ImmutableList<Endpoint> inputs,
            ImmutableList<Endpoint> outputs,
            Optional<Fitting> fitting,
            Runnable release) {
        this.name = name;
        this.ov = ov;
        this.compiled = compiled;
        this.precision = precision;
        this.inputs = inputs;
        this.outputs = outputs;
        this.fitting = fitting;
        this.release = release;
        this.sessions = new OpenSessions(name);
    }

    String name() {
        return name;
    }

    @Override
    public ImmutableList<Port> inputs() {
        return inputs.stream().map(Endpoint::port).collect(ImmutableList.toImmutableList());
    }

    @Override
    public ImmutableList<Port> outputs() {
        return outputs.stream().map(Endpoint::port).collect(ImmutableList.toImmutableList());
    }

    @Override
    public String precision() {
        return precision;
    }

    /// A property of the compiled model as it is in force.
    String property(String key) {
        return ov.compiledModels().property(compiled, key);
    }

    @Override
    public Session openSession() {
        return sessions.open(this::request);
    }

    private OpenVinoSession request() {
        Arena memory = Arena.ofShared();
        try {
            return new OpenVinoSession(
                    this, ov, ov.compiledModels().createRequest(compiled, memory), inputs, outputs, fitting, memory);
        } catch (RuntimeException failed) {
            memory.close();
            throw failed;
        }
    }

    void sessionClosed() {
        sessions.sessionClosed();
    }

    @Override
    public void close() {
        sessions.closeModel(release);
    }
}
