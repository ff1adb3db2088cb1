// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import com.google.common.collect.ImmutableList;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.OpenSessions;
import org.fastpipeline.core.inference.Session;
import org.fastpipeline.ie.openvino.binding.OpenVino;

/// A model, compiled once for all sessions or once for each, which any number of requests run at once.
final class OpenVinoModel implements Model {
    private final String name;
    private final OpenVino ov;
    private final ImmutableList<Compiled> compiled;

    /// Which is to be used next: first those that nobody uses, then the one that was taken the longest time ago.
    private final Deque<Compiled> next;

    private final String precision;
    private final Optional<Fitting> fitting;
    private final Runnable release;
    private final OpenSessions sessions;

    /// @param compiled the same model, once or several times
    /// @param fitting checks sizes that come for the first time
    /// @param release frees the compiled models and their ports
    OpenVinoModel(
            String name,
            OpenVino ov,
            ImmutableList<Compiled> compiled,
            String precision,
            Optional<Fitting> fitting,
            Runnable release) {
        this.name = name;
        this.ov = ov;
        this.compiled = compiled;
        this.next = new ArrayDeque<>(compiled);
        this.precision = precision;
        this.fitting = fitting;
        this.release = release;
        this.sessions = new OpenSessions(name);
    }

    String name() {
        return name;
    }

    @Override
    public ImmutableList<Port> inputs() {
        return compiled.getFirst().inputs().stream().map(Endpoint::port).collect(ImmutableList.toImmutableList());
    }

    @Override
    public ImmutableList<Port> outputs() {
        return compiled.getFirst().outputs().stream().map(Endpoint::port).collect(ImmutableList.toImmutableList());
    }

    @Override
    public String precision() {
        return precision;
    }

    /// A property as it is in force, of each time that the model was compiled.
    ImmutableList<String> properties(String key) {
        return compiled.stream()
                .map(one -> ov.compiledModels().property(one.handle(), key))
                .collect(ImmutableList.toImmutableList());
    }

    @Override
    public Session openSession() {
        return sessions.open(this::request);
    }

    private OpenVinoSession request() {
        Arena memory = Arena.ofShared();
        try {
            Compiled taken = take();
            MemorySegment request = ov.compiledModels().createRequest(taken.handle(), memory);
            return new OpenVinoSession(this, ov, taken, request, fitting, memory);
        } catch (RuntimeException failed) {
            memory.close();
            throw failed;
        }
    }

    private Compiled take() {
        synchronized (next) {
            Compiled taken = next.removeFirst();
            next.addLast(taken);
            return taken;
        }
    }

    /// @param used what it ran on
    void sessionClosed(Compiled used) {
        synchronized (next) {
            next.remove(used);
            next.addFirst(used);
        }
        sessions.sessionClosed();
    }

    @Override
    public void close() {
        sessions.closeModel(release);
    }
}
