// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.catalog.NodeCatalogs;
import org.fastpipeline.core.catalog.NodeType;
import org.fastpipeline.core.catalog.Setting;
import org.fastpipeline.core.graph.Input;
import org.fastpipeline.core.graph.Ins;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.ProcessObject;

/// Describes a node for people, with a piece of a pipeline to begin with.
final class NodePage {
    private static final String INDENT = "  ";

    private NodePage() {}

    /// The lines of the page.
    static List<String> of(NodeCatalogs.Offer offer) {
        NodeType type = offer.type();
        ProcessObject node = type.sample(type.initial());
        List<String> lines = new ArrayList<>();
        lines.add(type.name() + " (" + offer.module() + "): " + type.doc() + ".");
        Table inputs = new Table();
        node.inputs().forEach(input -> inputs.row(input.name(), kind(input), input.doc()));
        section("Inputs", inputs, lines);
        Table outputs = new Table();
        node.outputs()
                .forEach(output -> outputs.row(output.name(), output.type().getSimpleName(), output.doc()));
        section("Outputs", outputs, lines);
        Table settings = new Table();
        for (Setting<?> setting : type.settings()) {
            settings.row(
                    setting.name(),
                    kind(setting.declaration()),
                    initial(setting),
                    setting.declaration().doc());
        }
        section("Settings, fixed when the node is made", settings, lines);
        Table parameters = new Table();
        for (Parameter<?> parameter : node.parameters()) {
            Parameter.Declaration<?> declaration = parameter.declaration();
            parameters.row(declaration.name(), kind(declaration), "default " + initial(declaration), declaration.doc());
        }
        section("Parameters, which may change at any time", parameters, lines);
        lines.add("");
        lines.add("In a pipeline:");
        snippet(type, node).forEach(line -> lines.add(INDENT + line));
        return lines;
    }

    private static void section(String title, Table table, List<String> lines) {
        List<String> rows = table.lines(INDENT);
        if (!rows.isEmpty()) {
            lines.add("");
            lines.add(title + ":");
            lines.addAll(rows);
        }
    }

    private static String kind(Input<?> input) {
        String type = input.type().getSimpleName();
        return input instanceof Ins<?> ? type + ", any number" : need(input, type);
    }

    private static String need(Input<?> input, String type) {
        return switch (input.need()) {
            case VALUE -> type;
            case OPTIONAL -> type + ", optional";
            case OUTCOME -> type + ", failed ones too";
        };
    }

    /// As in `0 to 960 work pixels`.
    private static String kind(Parameter.Declaration<?> declaration) {
        return declaration.range() + (declaration.unit().isEmpty() ? "" : " " + declaration.unit());
    }

    private static String initial(Setting<?> setting) {
        return switch (setting.occurrence()) {
            case OPTIONAL -> "default " + text(setting);
            case REQUIRED -> "required";
            case SEVERAL -> "required, one or more";
        };
    }

    private static <T> String initial(Parameter.Declaration<T> declaration) {
        String text = declaration.text(declaration.initial());
        return text.isEmpty() ? "none" : text;
    }

    private static String text(Setting<?> setting) {
        return initial(setting.declaration());
    }

    /// With what must be given, and no more.
    private static List<String> snippet(NodeType type, ProcessObject node) {
        List<String> lines = new ArrayList<>();
        lines.add(node.name() + ":");
        lines.add("  type: " + type.name());
        List<String> settings = type.settings().stream()
                .filter(setting -> setting.occurrence() != Setting.Occurrence.OPTIONAL)
                .map(setting -> setting.name() + ": "
                        + (setting.occurrence() == Setting.Occurrence.SEVERAL
                                ? "['" + text(setting) + "']"
                                : text(setting)))
                .toList();
        add(lines, "settings", settings);
        List<String> inputs = node.inputs().stream()
                .filter(input -> input.need() != Input.Need.OPTIONAL)
                .map(input -> input.name() + ": "
                        + (input instanceof Ins<?> ? "[ID.PORT, ID.PORT]" : "ID.PORT")
                        + "   # " + input.type().getSimpleName())
                .toList();
        add(lines, "inputs", inputs);
        return lines;
    }

    private static void add(List<String> lines, String key, List<String> entries) {
        if (!entries.isEmpty()) {
            lines.add("  " + key + ":");
            entries.forEach(entry -> lines.add("    " + entry));
        }
    }
}
