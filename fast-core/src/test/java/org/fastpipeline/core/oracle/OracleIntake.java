// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.oracle;

import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import org.fastpipeline.core.graph.Domain;
import org.fastpipeline.core.graph.Graph;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Ins;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.memory.MemoryPool;

/// What the oracle's restreams take from: all rows of each input stream are there already.
record OracleIntake(Graph graph, Graph.Node node, Map<Domain, Deque<Row>> queues, MemoryPool pool)
        implements Restream.Intake {
    @Override
    public Optional<Restream.Arrival> take(In<?> in) {
        return take(in.position(), 0);
    }

    @Override
    public Optional<Restream.Arrival> take(Ins<?> in, int connection) {
        return take(in.position(), connection);
    }

    @Override
    public int connections(Ins<?> in) {
        return node.feeds().get(in.position()).size();
    }

    private Optional<Restream.Arrival> take(int position, int connection) {
        Domain domain = graph.domain(node.feeds().get(position).get(connection));
        return Optional.ofNullable(queues.get(domain).poll())
                .map(row -> new OracleStep(graph, node, row, domain, pool).asArrival());
    }
}
