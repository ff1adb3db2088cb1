// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.text;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fastpipeline.core.catalog.NodeCatalogs;
import org.fastpipeline.core.error.Fault;
import org.fastpipeline.core.error.GraphException;
import org.fastpipeline.core.error.NearName;
import org.fastpipeline.core.graph.Graph;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.ProcessObject;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.inference.Models;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Subscription;
import org.fastpipeline.text.Definition.Given;
import org.fastpipeline.text.Definition.Named;
import org.fastpipeline.text.Definition.NodeText;

/// Makes what a definition says: nodes, joined. All faults are gathered before one is thrown.
final class Assembly {
    private final Definition definition;
    private final Faults faults;
    private final Joints joints;
    private final Map<String, ProcessObject> nodes = new LinkedHashMap<>();
    private final ImmutableMap<String, Out<?>> outputs;

    /// What a definition is made with.
    ///
    /// @param here folder of the file
    /// @param variables values that go before the defaults
    /// @param data what a program gives, by input
    /// @param complete whether all that is needed to run must be there
    record Surroundings(
            NodeCatalogs catalogs,
            Models models,
            String here,
            ImmutableMap<String, String> variables,
            ImmutableMap<String, Out<?>> data,
            boolean complete) {}

    /// @throws GraphException with all faults, also those found before
    Assembly(Definition definition, Surroundings around, Faults faults) {
        this.definition = definition;
        this.faults = faults;
        Set<String> broken = definition.nodes().stream()
                .map(node -> node.id().text())
                .collect(Collectors.toCollection(HashSet::new));
        Variables variables = new Variables(definition, around.here(), around.variables(), around.complete(), faults);
        this.joints = new Joints(broken, variables, faults);
        for (Given given : definition.inputs()) {
            declare(given, around, variables);
        }
        NodeMaker maker = new NodeMaker(around.catalogs(), around.models(), variables, around.complete(), faults);
        for (NodeText text : definition.nodes()) {
            maker.make(text).ifPresent(node -> {
                nodes.put(text.id().text(), node);
                joints.declare(text.id().text(), node.outputs(), text.id().place());
            });
        }
        for (NodeText text : definition.nodes()) {
            ProcessObject node = nodes.get(text.id().text());
            if (node != null) {
                joints.join(node, text.inputs(), text.id().place());
            }
        }
        this.outputs = outputs();
        if (outputs.isEmpty() && sinks().isEmpty() && definition.outputs().isEmpty() && !anyUnmade()) {
            faults.add(
                    definition.start(),
                    "no output and no node that writes something",
                    "at least one",
                    "Name what is wanted under outputs, as in 'density: density.density'");
        }
        faults.throwIfAny();
    }

    private boolean anyUnmade() {
        return nodes.size() < definition.nodes().size();
    }

    private void declare(Given given, Surroundings around, Variables variables) {
        String id = given.id().text();
        if (definition.nodes().stream().anyMatch(node -> node.id().text().equals(id))) {
            faults.add(
                    given.id().place(),
                    "input '" + id + "' has the name of a node",
                    "a name of its own",
                    "Rename one of the two");
            return;
        }
        Optional<Class<?>> type = variables.expand(given.type()).flatMap(name -> type(name, given, around.catalogs()));
        Out<?> data = around.data().get(id);
        if (data == null && around.complete()) {
            faults.add(
                    given.id().place(),
                    "no data are given for input '" + id + "'",
                    "data of " + given.type().text() + " from the program that runs the pipeline",
                    "Give them with PipelineReader.input; the command line cannot");
        }
        if (type.isPresent() && data != null && data.as(type.get()).isEmpty()) {
            faults.add(
                    given.type().place(),
                    "input '" + id + "' is declared as " + given.type().text() + ", but given "
                            + data.type().getSimpleName(),
                    "data of the declared type",
                    "Declare or give the other");
        }
        Optional<Out<?>> out = Optional.<Out<?>>ofNullable(data).or(() -> type.map(of -> new GivenData(id, of).data));
        joints.declare(
                id, ImmutableList.copyOf(out.stream().toList()), given.id().place());
    }

    /// The types that any node reads or makes are known by their simple names.
    private Optional<Class<?>> type(String name, Given given, NodeCatalogs catalogs) {
        Map<String, Class<?>> known = new LinkedHashMap<>();
        for (NodeCatalogs.Offer offer : catalogs.offers().values()) {
            ProcessObject sample = offer.type().sample(offer.type().initial());
            Stream.<Class<?>>concat(
                            sample.inputs().stream().map(input -> input.type()),
                            sample.outputs().stream().map(output -> output.type()))
                    .forEach(type -> known.putIfAbsent(type.getSimpleName(), type));
        }
        Class<?> type = known.get(name);
        if (type == null) {
            faults.add(
                    given.type().place(),
                    "input '" + given.id().text() + "' has the type '" + name + "', which no node reads",
                    "a type that some node reads",
                    NearName.remedy(name, known.keySet()));
        }
        return Optional.ofNullable(type);
    }

    private ImmutableMap<String, Out<?>> outputs() {
        ImmutableMap.Builder<String, Out<?>> found = ImmutableMap.builder();
        for (Named named : definition.outputs()) {
            if (named.list()) {
                faults.add(
                        named.place(),
                        "output '" + named.name() + "' is a list",
                        "one ID.PORT",
                        "Name them one by one");
            } else {
                joints.resolve(named.values().getFirst(), "output '" + named.name() + "'")
                        .ifPresent(out -> found.put(named.name(), out));
            }
        }
        return found.buildOrThrow();
    }

    private List<Sink<?>> sinks() {
        List<Sink<?>> sinks = new ArrayList<>();
        for (ProcessObject node : nodes.values()) {
            if (node instanceof Sink<?> sink) {
                sinks.add(sink);
            }
        }
        return sinks;
    }

    /// The graph of all that is wanted.
    ///
    /// @throws GraphException with its faults, by their places in the file
    Graph graph() {
        try {
            return Graph.of(outputs.values(), sinks());
        } catch (GraphException wrong) {
            throw placed(wrong);
        }
    }

    /// @param notices things to know that are no faults
    TextPipeline pipeline(List<String> notices) {
        try {
            Out<?>[] ports = outputs.values().toArray(Out<?>[]::new);
            List<Subscription> wanted = ports.length == 0 ? List.of() : List.of(Subscription.every(ports));
            Pipeline pipeline = Pipeline.of(wanted, sinks());
            List<String> all = new ArrayList<>(notices);
            nodes.forEach((id, node) -> {
                if (pipeline.graph().nodes().stream()
                        .noneMatch(used -> used.object().equals(node))) {
                    all.add("node '" + id + "' is not used: no output and no node that writes something needs it");
                }
            });
            return new TextPipeline(ImmutableMap.copyOf(nodes), outputs, pipeline, ImmutableList.copyOf(all));
        } catch (GraphException wrong) {
            throw placed(wrong);
        }
    }

    private GraphException placed(GraphException wrong) {
        for (Fault fault : wrong.faults()) {
            faults.add(
                    joints.placeOf(fault.where()), fault.where() + ": " + fault.met(), fault.needed(), fault.remedy());
        }
        return faults.exception();
    }
}
