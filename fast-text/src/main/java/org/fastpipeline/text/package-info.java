// SPDX-License-Identifier: Apache-2.0
/// Pipelines as files: nodes by id, made of the node types that modules offer, joined by the names of their ports.
///
/// ```java
/// var reader = new PipelineReader(NodeCatalogs.find()).set("input", "frames/*.png");
/// TextPipeline text = reader.read(Path.of("background.yaml"));
/// try (Run run = text.pipeline().start()) {
///     for (Frame frame : run) {
///         System.out.println(frame.get(text.output("background", Image.class)));
///     }
/// }
/// ```
///
/// `docs/text-pipelines.md` describes the format.
@NullMarked
package org.fastpipeline.text;

import org.jspecify.annotations.NullMarked;
