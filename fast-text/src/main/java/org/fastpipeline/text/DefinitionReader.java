// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.text;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.fastpipeline.core.error.NearName;
import org.fastpipeline.text.Definition.Given;
import org.fastpipeline.text.Definition.Named;
import org.fastpipeline.text.Definition.NodeText;
import org.fastpipeline.text.Definition.Variable;

/// Takes a YAML document apart into what a pipeline consists of; what has the wrong shape is a fault.
final class DefinitionReader {
    private static final ImmutableList<String> SECTIONS = ImmutableList.of("variables", "inputs", "nodes", "outputs");
    private static final ImmutableList<String> NODE_KEYS = ImmutableList.of("type", "settings", "parameters", "inputs");
    private static final Pattern VARIABLE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
    /// Dots part nodes from ports; domains of frames are printed with the others.
    private static final Pattern NOT_IN_IDS = Pattern.compile("[./#$\\p{Cntrl}]|^\\s|\\s$");

    private final Faults faults;

    private DefinitionReader(Faults faults) {
        this.faults = faults;
    }

    static Definition read(Yaml document, Faults faults) {
        return new DefinitionReader(faults).read(document);
    }

    private Definition read(Yaml document) {
        Yaml.Mapping file = mapping(document, "the file", SECTIONS.toString());
        List<Yaml.Entry> sections = distinct(file, "section");
        sections.forEach(section -> checkKnown(section, "section", SECTIONS));
        ImmutableMap.Builder<String, Variable> variables = ImmutableMap.builder();
        for (Yaml.Entry entry : entries(sections, "variables", "variable")) {
            variable(entry).ifPresent(variable -> variables.put(entry.name(), variable));
        }
        ImmutableList.Builder<Given> inputs = ImmutableList.builder();
        for (Yaml.Entry entry : entries(sections, "inputs", "input")) {
            checkId(entry);
            scalar(entry.value(), "the type of input '" + entry.name() + "'")
                    .ifPresent(type -> inputs.add(new Given(entry.key(), type)));
        }
        ImmutableList.Builder<NodeText> nodes = ImmutableList.builder();
        for (Yaml.Entry entry : entries(sections, "nodes", "node")) {
            checkId(entry);
            node(entry).ifPresent(nodes::add);
        }
        Place start = sections.stream()
                .filter(section -> section.name().equals("nodes"))
                .findFirst()
                .map(Yaml.Entry::place)
                .orElse(file.place());
        return new Definition(
                variables.buildOrThrow(), inputs.build(), nodes.build(), values(sections, "outputs", "output"), start);
    }

    private Optional<Variable> variable(Yaml.Entry entry) {
        if (!VARIABLE_NAME.matcher(entry.name()).matches() || entry.name().equals(Variables.HERE)) {
            faults.add(
                    entry.place(),
                    "a variable called '" + entry.name() + "'",
                    "a name of letters, digits, _ and -, other than " + Variables.HERE,
                    "Rename it");
            return Optional.empty();
        }
        if (entry.value() instanceof Yaml.Scalar nothing && nothing.isNull()) {
            return Optional.of(new Variable(Optional.empty(), entry.place()));
        }
        return scalar(entry.value(), "the default of variable '" + entry.name() + "'")
                .map(fallback -> new Variable(Optional.of(fallback), entry.place()));
    }

    private void checkId(Yaml.Entry entry) {
        if (NOT_IN_IDS.matcher(entry.name()).find()) {
            faults.add(
                    entry.place(),
                    "the name '" + entry.name() + "'",
                    "one without . / # $ and without blanks at its ends",
                    "Rename it");
        }
    }

    private Optional<NodeText> node(Yaml.Entry entry) {
        String what = "node '" + entry.name() + "'";
        List<Yaml.Entry> parts = distinct(mapping(entry.value(), what, NODE_KEYS.toString()), "key");
        parts.forEach(part -> checkKnown(part, "key", NODE_KEYS));
        Optional<Yaml.Scalar> type = part(parts, "type").flatMap(part -> scalar(part.value(), "the type of " + what));
        if (part(parts, "type").isEmpty()) {
            faults.add(
                    entry.place(),
                    what + " has no type",
                    "type: NAME",
                    "Add one; './fast nodes' lists those there are");
        }
        ImmutableList<Named> settings = values(parts, "settings", "setting");
        ImmutableList<Named> parameters = values(parts, "parameters", "parameter");
        ImmutableList<Named> inputs = values(parts, "inputs", "input");
        return type.map(known -> new NodeText(entry.key(), known, settings, parameters, inputs));
    }

    private void checkKnown(Yaml.Entry entry, String what, List<String> known) {
        if (!known.contains(entry.name())) {
            faults.add(
                    entry.place(),
                    what + " '" + entry.name() + "', which is not known",
                    "one of " + String.join(", ", known),
                    NearName.of(entry.name(), known)
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse("Leave it out"));
        }
    }

    private static Optional<Yaml.Entry> part(List<Yaml.Entry> parts, String name) {
        return parts.stream().filter(part -> part.name().equals(name)).findFirst();
    }

    /// The entries of one of `parts`; none if it is missing or empty.
    private List<Yaml.Entry> entries(List<Yaml.Entry> parts, String name, String each) {
        return part(parts, name)
                .filter(part -> !(part.value() instanceof Yaml.Scalar nothing && nothing.isNull()))
                .map(part -> distinct(mapping(part.value(), "'" + name + "'", each + "s by name"), each))
                .orElse(List.of());
    }

    private ImmutableList<Named> values(List<Yaml.Entry> parts, String name, String each) {
        ImmutableList.Builder<Named> values = ImmutableList.builder();
        for (Yaml.Entry entry : entries(parts, name, each)) {
            String what = each + " '" + entry.name() + "'";
            boolean list = entry.value() instanceof Yaml.Sequence;
            List<Yaml> all =
                    entry.value() instanceof Yaml.Sequence sequence ? sequence.items() : List.of(entry.value());
            ImmutableList<Yaml.Scalar> scalars = all.stream()
                    .flatMap(value -> scalar(value, what).stream())
                    .collect(ImmutableList.toImmutableList());
            if (scalars.size() == all.size()) {
                values.add(new Named(entry.key(), scalars, list, entry.value().place()));
            }
        }
        return values.build();
    }

    /// Of entries of one name the first; the others are faults.
    private List<Yaml.Entry> distinct(Yaml.Mapping mapping, String each) {
        Set<String> names = new HashSet<>();
        return mapping.entries().stream()
                .filter(entry -> {
                    boolean first = names.add(entry.name());
                    if (!first) {
                        faults.add(
                                entry.place(),
                                each + " '" + entry.name() + "' a second time",
                                "each name once",
                                "Rename one of the two, or leave it out");
                    }
                    return first;
                })
                .toList();
    }

    private Yaml.Mapping mapping(Yaml value, String what, String needed) {
        if (value instanceof Yaml.Mapping mapping) {
            return mapping;
        }
        faults.add(value.place(), what + " is " + value.kind(), needed, "Write 'NAME: VALUE', one in a line");
        return new Yaml.Mapping(ImmutableList.of(), value.place());
    }

    private Optional<Yaml.Scalar> scalar(Yaml value, String what) {
        if (value instanceof Yaml.Scalar scalar && !scalar.isNull()) {
            return Optional.of(scalar);
        }
        faults.add(value.place(), what + " is " + value.kind(), "a single value", "Write it behind the colon");
        return Optional.empty();
    }
}
