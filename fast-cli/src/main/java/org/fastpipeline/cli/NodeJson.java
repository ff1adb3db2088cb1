// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.Collection;
import java.util.Locale;
import org.fastpipeline.core.catalog.NodeCatalogs;
import org.fastpipeline.core.catalog.NodeType;
import org.fastpipeline.core.catalog.Setting;
import org.fastpipeline.core.graph.Input;
import org.fastpipeline.core.graph.Ins;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.ProcessObject;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Describes nodes for programs.
final class NodeJson {
    private NodeJson() {}

    /// A list of nodes.
    static String of(Collection<NodeCatalogs.Offer> offers) {
        ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
        offers.forEach(offer -> node(offer.type(), nodes.addObject().put("module", offer.module())));
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(nodes);
    }

    private static void node(NodeType type, ObjectNode json) {
        ProcessObject node = type.sample(type.initial());
        json.put("name", type.name()).put("doc", type.doc());
        ArrayNode inputs = json.putArray("inputs");
        for (Input<?> input : node.inputs()) {
            inputs.addObject()
                    .put("name", input.name())
                    .put("type", input.type().getSimpleName())
                    .put("need", input.need().name().toLowerCase(Locale.ROOT))
                    .put("several", input instanceof Ins<?>)
                    .put("doc", input.doc());
        }
        ArrayNode outputs = json.putArray("outputs");
        for (Out<?> output : node.outputs()) {
            outputs.addObject()
                    .put("name", output.name())
                    .put("type", output.type().getSimpleName())
                    .put("doc", output.doc());
        }
        ArrayNode settings = json.putArray("settings");
        for (Setting<?> setting : type.settings()) {
            declaration(
                            setting.declaration(),
                            setting.occurrence() == Setting.Occurrence.OPTIONAL,
                            settings.addObject())
                    .put("required", setting.occurrence() != Setting.Occurrence.OPTIONAL)
                    .put("several", setting.occurrence() == Setting.Occurrence.SEVERAL);
        }
        ArrayNode parameters = json.putArray("parameters");
        node.parameters().forEach(parameter -> declaration(parameter.declaration(), true, parameters.addObject()));
    }

    private static <T> ObjectNode declaration(
            Parameter.Declaration<T> declaration, boolean hasDefault, ObjectNode json) {
        return json.put("name", declaration.name())
                .put("type", declaration.type().getSimpleName())
                .put(hasDefault ? "default" : "example", declaration.text(declaration.initial()))
                .put("range", declaration.range())
                .put("unit", declaration.unit())
                .put("doc", declaration.doc());
    }
}
