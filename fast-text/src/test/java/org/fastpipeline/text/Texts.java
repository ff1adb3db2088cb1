// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.text;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.fastpipeline.core.catalog.NodeCatalogs;
import org.fastpipeline.core.error.Fault;
import org.fastpipeline.core.error.GraphException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Run;

/// Reads texts with the nodes of a shop.
final class Texts {
    final Shop shop = new Shop();
    final PipelineReader reader = new PipelineReader(NodeCatalogs.of(shop));

    TextPipeline read(String text) {
        return read(reader, text);
    }

    static TextPipeline read(PipelineReader with, String text) {
        return with.read("test.yaml", Path.of("there"), text);
    }

    /// The one fault of a text.
    String fault(String text) {
        return faults(text).stream().map(Fault::toString).collect(Collectors.joining("\n"));
    }

    List<Fault> faults(String text) {
        return faults(reader, text);
    }

    static List<Fault> faults(PipelineReader with, String text) {
        return catchThrowableOfType(GraphException.class, () -> read(with, text))
                .faults();
    }

    /// The values of a numeric output, frame by frame.
    static List<Long> values(TextPipeline text, String output) {
        Out<? extends Long> port = text.output(output, Long.class);
        List<Long> values = new ArrayList<>();
        try (Run run = text.pipeline().start()) {
            for (Frame frame : run) {
                values.add(frame.get(port));
            }
        }
        return values;
    }
}
