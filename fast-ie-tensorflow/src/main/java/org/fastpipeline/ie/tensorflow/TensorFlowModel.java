// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.tensorflow;

import com.google.common.collect.ImmutableList;
import org.bytedeco.javacpp.PointerScope;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.OpenSessions;
import org.fastpipeline.core.inference.Session;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Output;
import org.tensorflow.internal.c_api.TF_Session;

/// A graph with its weights and the one native session that all sessions share; TensorFlow lets any number of threads
/// run it at once.
final class TensorFlowModel implements Model {
    private final String name;
    private final TF_Graph graph;
    private final TF_Session session;
    private final ImmutableList<Port> inputs;
    private final ImmutableList<Port> outputs;
    private final TF_Output inputPlaces;
    private final TF_Output outputPlaces;
    private final OpenSessions sessions;

    /// Keeps `graph` and `session` beyond the pointer scope in which they were made.
    TensorFlowModel(
            String name,
            TF_Graph graph,
            TF_Session session,
            ImmutableList<Endpoint> inputs,
            ImmutableList<Endpoint> outputs) {
        this.name = name;
        this.sessions = new OpenSessions(name);
        this.inputs = inputs.stream().map(Endpoint::port).collect(ImmutableList.toImmutableList());
        this.outputs = outputs.stream().map(Endpoint::port).collect(ImmutableList.toImmutableList());
        this.inputPlaces = places(inputs);
        this.outputPlaces = places(outputs);
        this.graph = graph.retainReference();
        this.session = session.retainReference();
    }

    private static TF_Output places(ImmutableList<Endpoint> endpoints) {
        TF_Output places = new TF_Output(endpoints.size());
        for (int i = 0; i < endpoints.size(); i++) {
            places.getPointer(i)
                    .oper(endpoints.get(i).operation())
                    .index(endpoints.get(i).index());
        }
        return places.retainReference();
    }

    String name() {
        return name;
    }

    TF_Session session() {
        return session;
    }

    TF_Output inputPlaces() {
        return inputPlaces;
    }

    TF_Output outputPlaces() {
        return outputPlaces;
    }

    @Override
    public ImmutableList<Port> inputs() {
        return inputs;
    }

    @Override
    public ImmutableList<Port> outputs() {
        return outputs;
    }

    @Override
    public Session openSession() {
        return sessions.open(() -> new TensorFlowSession(this));
    }

    void sessionClosed() {
        sessions.sessionClosed();
    }

    @Override
    public void close() {
        sessions.closeModel(this::release);
    }

    private void release() {
        try (PointerScope _ = new PointerScope()) {
            session.releaseReference();
            graph.releaseReference();
            inputPlaces.releaseReference();
            outputPlaces.releaseReference();
        }
    }
}
