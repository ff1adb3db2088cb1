// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Writes graphs down.
final class GraphText {
    private GraphText() {}

    static String describe(Graph graph, Graph.Format format) {
        return switch (format) {
            case TABLE -> table(graph);
            case MERMAID -> mermaid(graph);
            case DOT -> dot(graph);
        };
    }

    private static String kind(ProcessObject object) {
        return switch (object) {
            case Stateless _ -> "stateless";
            case Stateful<?> _ -> "stateful";
            case Source<?> _ -> "source";
            case Fold<?> _ -> "fold";
            case Restream<?> _ -> "restream";
            case Sink<?> _ -> "sink";
        };
    }

    private static String table(Graph graph) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("node", "kind", "domain", "lane", "inputs"));
        for (Graph.Node node : graph.nodes()) {
            rows.add(List.of(
                    node.name(),
                    kind(node.object()),
                    node.outputDomain().toString(),
                    node.object().lane().name(),
                    inputs(graph, node)));
        }
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
        }
        return line.toString().stripTrailing();
    }

    private static String inputs(Graph graph, Graph.Node node) {
        List<String> parts = new ArrayList<>();
        for (Input<?> input : node.object().inputs()) {
            node.feeds().get(input.position()).forEach(out -> parts.add(input.name() + "=" + graph.name(out)));
        }
        return String.join(" ", parts);
    }

    private static String mermaid(Graph graph) {
        StringBuilder text = new StringBuilder("flowchart LR");
        for (Graph.Node node : graph.nodes()) {
            text.append("\n    n").append(graph.nodes().indexOf(node));
            text.append("[\"").append(node.name().replace("\"", "#quot;")).append("\"]");
        }
        for (Graph.Node node : graph.nodes()) {
            node.feeds()
                    .forEach(outs -> outs.forEach(out -> text.append("\n    n")
                            .append(graph.nodes().indexOf(graph.node(out.owner())))
                            .append(" -- ")
                            .append(out.name())
                            .append(" --> n")
                            .append(graph.nodes().indexOf(node))));
        }
        return text.toString();
    }

    private static String dot(Graph graph) {
        StringBuilder text = new StringBuilder("digraph pipeline {\n    rankdir=LR;");
        for (Graph.Node node : graph.nodes()) {
            text.append("\n    ").append(quoted(node.name()));
            text.append(" [label=")
                    .append(quoted(node.name() + "\\n" + kind(node.object())))
                    .append("];");
        }
        for (Graph.Node node : graph.nodes()) {
            node.feeds()
                    .forEach(outs -> outs.forEach(out -> text.append("\n    ")
                            .append(quoted(graph.node(out.owner()).name()))
                            .append(" -> ")
                            .append(quoted(node.name()))
                            .append(" [label=")
                            .append(quoted(out.name()))
                            .append("];")));
        }
        return text.append("\n}").toString();
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\\\"") + '"';
    }
}
