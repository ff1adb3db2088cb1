// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.text;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fastpipeline.core.error.NearName;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Input;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.ProcessObject;
import org.fastpipeline.text.Definition.Named;

/// Finds the outputs that references mean, and joins inputs to them if the types fit.
final class Joints {
    private final Map<String, ImmutableList<Out<?>>> outputs = new LinkedHashMap<>();
    private final Map<String, Place> places = new HashMap<>();
    private final Set<String> broken;
    private final Variables variables;
    private final Faults faults;

    /// @param broken ids that are declared but lead nowhere, which is a fault already
    Joints(Set<String> broken, Variables variables, Faults faults) {
        this.broken = broken;
        this.variables = variables;
        this.faults = faults;
    }

    /// From now on `id` can be referred to.
    void declare(String id, ImmutableList<Out<?>> outs, Place place) {
        outputs.put(id, outs);
        places.put(id, place);
    }

    /// Where a node, or a node's input as `node.input`, is declared.
    Place placeOf(String name) {
        return Optional.ofNullable(places.get(name)).orElse(Place.START);
    }

    /// Joins the inputs of `node` as `named` has it; required ones that are left out are faults.
    void join(ProcessObject node, List<Named> named, Place place) {
        List<String> known = node.inputs().stream().map(Input::name).toList();
        for (Named entry : named) {
            if (known.contains(entry.name())) {
                join(node.inputs().get(known.indexOf(entry.name())), entry);
            } else {
                faults.add(
                        entry.key().place(),
                        "node '" + node.name() + "' has no input '" + entry.name() + "'",
                        "one of its inputs",
                        NearName.remedy(entry.name(), known));
            }
        }
        List<String> met = named.stream().map(Named::name).toList();
        for (Input<?> input : node.inputs()) {
            boolean required = input.need() != Input.Need.OPTIONAL;
            if (required && !met.contains(input.name()) && !mayBeMeant(named, known)) {
                faults.add(
                        place,
                        "input '" + input.name() + "' of node '" + node.name() + "' is not connected",
                        "an output of " + input.type().getSimpleName() + candidates(input, node),
                        "Add under inputs '" + input.name() + ": ID.PORT'");
            }
        }
    }

    /// A slip in the name of an input is told once, and not as a missing input too.
    private static boolean mayBeMeant(List<Named> named, List<String> known) {
        return named.stream().anyMatch(entry -> !known.contains(entry.name()));
    }

    private void join(Input<?> input, Named entry) {
        places.put(input.toString(), entry.key().place());
        if (input instanceof In<?> && entry.values().size() != 1) {
            faults.add(
                    entry.place(),
                    "input '" + input + "' has " + entry.values().size() + " connections",
                    "one",
                    "Name one output");
            return;
        }
        for (Yaml.Scalar reference : entry.values()) {
            resolve(reference, "input '" + input + "'").ifPresent(out -> {
                if (out.as(input.type()).isPresent()) {
                    input.connect(out);
                } else {
                    faults.add(
                            reference.place(),
                            "input '" + input + "' reads " + input.type().getSimpleName() + ", but " + out + " carries "
                                    + out.type().getSimpleName(),
                            "an output of " + input.type().getSimpleName() + candidates(input, input.owner()),
                            "Connect one of these, or put a node between the two");
                }
            });
        }
    }

    /// Outputs that would fit, in brackets; nothing where there is none.
    private String candidates(Input<?> input, ProcessObject reader) {
        int most = 5;
        List<String> fitting = outputs.values().stream()
                .flatMap(List::stream)
                .filter(out ->
                        !out.owner().equals(reader) && out.as(input.type()).isPresent())
                .map(Out::toString)
                .limit(most)
                .toList();
        return fitting.isEmpty() ? "" : " (such as " + String.join(", ", fitting) + ")";
    }

    /// The output that `reference` means: `id.port`, or `id` for a node with one output.
    Optional<Out<?>> resolve(Yaml.Scalar reference, String reader) {
        return variables.expand(reference).flatMap(text -> {
            int dot = text.indexOf('.');
            String id = dot < 0 ? text : text.substring(0, dot);
            ImmutableList<Out<?>> outs = outputs.get(id);
            if (outs != null) {
                return port(reference.place(), reader, id, dot < 0 ? "" : text.substring(dot + 1), outs);
            }
            if (!broken.contains(id)) {
                faults.add(
                        reference.place(),
                        reader + " reads '" + text + "', but there is no node '" + id + "'",
                        "ID.PORT, or ID of a node with one output",
                        NearName.remedy(id, outputs.keySet()));
            }
            return Optional.empty();
        });
    }

    private Optional<Out<?>> port(Place place, String reader, String id, String port, ImmutableList<Out<?>> outs) {
        List<String> names = outs.stream().map(Out::name).toList();
        if (port.isEmpty() && outs.size() == 1) {
            return Optional.of(outs.getFirst());
        }
        if (names.contains(port)) {
            return Optional.of(outs.get(names.indexOf(port)));
        }
        String met = port.isEmpty()
                ? reader + " reads '" + id + "', a node of " + outs.size() + " outputs"
                : reader + " reads '" + id + "." + port + "', but node '" + id + "' has no output '" + port + "'";
        faults.add(
                place,
                met,
                outs.isEmpty() ? "a node with an output: this one is an end" : "one of its outputs",
                outs.isEmpty() ? "Name another node" : NearName.remedy(port, names));
        return Optional.empty();
    }
}
