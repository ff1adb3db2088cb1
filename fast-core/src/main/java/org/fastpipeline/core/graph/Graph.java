// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.fastpipeline.core.error.Fault;
import org.fastpipeline.core.error.GraphException;
import org.fastpipeline.core.error.WrongUseException;

/// A checked pipeline graph: an immutable value, made before any thread starts.
///
/// It holds the nodes that the given ports and sinks need, and no others. Rewiring nodes later does not change it.
/// Building costs what its edges cost, without recursion.
public final class Graph {
    /// The domain of static things.
    public static final Domain ROOT = new Domain("static", Optional.empty());

    /// A node in its place.
    ///
    /// @param object the process object
    /// @param name its name, unique in this graph
    /// @param domain where it works: the deepest domain it reads
    /// @param outputDomain where its outputs live
    /// @param feeds the outputs that feed each of its inputs, by input position
    /// @param origins domains whose frames must pass for frames of the output domain to pass
    /// @param awaited domains whose last frame must be through before its outputs are known
    public record Node(
            ProcessObject object,
            String name,
            Domain domain,
            Domain outputDomain,
            ImmutableList<ImmutableList<Out<?>>> feeds,
            ImmutableSet<Domain> origins,
            ImmutableSet<Domain> awaited) {}

    private final ImmutableMap<ProcessObject, Node> nodes;
    private final ImmutableList<Out<?>> ports;

    private Graph(ImmutableMap<ProcessObject, Node> nodes, ImmutableList<Out<?>> ports) {
        this.nodes = nodes;
        this.ports = ports;
    }

    /// Builds the graph that computes `ports` and feeds `sinks`.
    ///
    /// @throws GraphException with every fault found
    public static Graph of(Collection<? extends Out<?>> ports, Collection<? extends Sink<?>> sinks) {
        List<Fault> faults = new ArrayList<>();
        List<ProcessObject> ends = new ArrayList<>(sinks);
        ports.forEach(port -> ends.add(port.owner()));
        if (ends.isEmpty()) {
            throw new GraphException(List.of(
                    new Fault("pipeline", "no port and no sink", "at least one", "Name what is to be computed")));
        }
        Wiring wiring = Wiring.upstreamOf(ends, faults);
        ImmutableMap<ProcessObject, Node> nodes = Domains.assign(wiring, faults);
        if (!faults.isEmpty()) {
            throw new GraphException(faults);
        }
        Graph graph = new Graph(nodes, ImmutableList.copyOf(ports));
        graph.requireNoCircle(List.of());
        return graph;
    }

    /// Checks that no frames wait for the end of a stream that waits for theirs, when the ports of each element of
    /// `together` are handed out frame by frame.
    ///
    /// @throws GraphException with every fault found
    public void requireNoCircle(Collection<? extends Collection<? extends Out<?>>> together) {
        List<Fault> faults = Circles.find(this, together);
        if (!faults.isEmpty()) {
            throw new GraphException(faults);
        }
    }

    /// All nodes, each after those it reads from.
    public ImmutableList<Node> nodes() {
        return nodes.values().asList();
    }

    /// The ports it was built for.
    public ImmutableList<Out<?>> ports() {
        return ports;
    }

    /// The place of a process object.
    ///
    /// @throws WrongUseException if the graph does not hold it
    public Node node(ProcessObject object) {
        Node node = nodes.get(object);
        if (node == null) {
            throw new WrongUseException(
                    object.name(),
                    "met a node that the graph does not hold; needed one it holds",
                    "Ask for one of its ports");
        }
        return node;
    }

    /// Where the values of `port` live.
    public Domain domain(Out<?> port) {
        return node(port.owner()).outputDomain();
    }

    /// `node.port`, with the node's unique name.
    public String name(Out<?> port) {
        return node(port.owner()).name() + "." + port.name();
    }

    /// How a graph is written down.
    public enum Format {
        /// Aligned text: node, kind, domain, inputs.
        TABLE,
        /// A Mermaid flowchart.
        MERMAID,
        /// A Graphviz digraph.
        DOT
    }

    /// The graph in words.
    public String describe(Format format) {
        return GraphText.describe(this, format);
    }

    @Override
    public String toString() {
        return describe(Format.TABLE);
    }
}
