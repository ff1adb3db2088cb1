// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.Locale;
import org.fastpipeline.core.inference.Availability;
import org.fastpipeline.core.inference.EngineChoice;
import org.fastpipeline.core.inference.EngineReport;
import org.fastpipeline.core.inference.ModelDescriptor;
import org.fastpipeline.core.inference.ModelFile;
import org.fastpipeline.core.inference.ModelFormat;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON as all commands write it, and what several of them tell in it.
final class Json {
    private Json() {}

    /// Lines without an end.
    static String text(JsonNode tree) {
        DefaultIndenter indent = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(indent)
                .withArrayIndenter(indent);
        return JsonMapper.shared().writer().with(printer).writeValueAsString(tree);
    }

    /// What was found of an engine.
    static ObjectNode of(EngineReport report) {
        ObjectNode json = object().put("name", report.name()).put("plugin", report.location());
        switch (report.availability()) {
            case Availability.Available able -> {
                json.put("available", true).put("version", able.version());
                able.devices().forEach(json.putArray("devices")::add);
                able.formats().stream().map(ModelFormat::word).forEach(json.putArray("formats")::add);
                able.precisions().forEach(json.putArray("precisions")::add);
                json.put("speed", able.speed().name().toLowerCase(Locale.ROOT));
            }
            case Availability.Unavailable(String reason, String remedy) ->
                json.put("available", false).put("reason", reason).put("remedy", remedy);
        }
        return json;
    }

    /// Which engine computed, in what numbers, and why.
    static ObjectNode of(EngineChoice choice) {
        return object().put("name", choice.engine())
                .put("version", choice.version())
                .put("precision", choice.precision())
                .put("why", choice.why());
    }

    /// What was computed with.
    ///
    /// @param file the one of its files that was loaded
    static ObjectNode of(ModelDescriptor model, ModelFile file) {
        return object().put("name", model.name())
                .put("version", model.version())
                .put("path", model.folder().toString())
                .put("format", file.source().format().word())
                .put("sha256", file.sha256());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
