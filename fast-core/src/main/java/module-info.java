// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/// The dataflow engine: typed ports, process objects, pipelines, memory, data types and the inference SPI.
///
/// The packages build on each other in this order: `error`, `memory`, `data`, `graph`, `stream`, `measure`,
/// `run`, `inference`, `network`, `catalog`. No native library and no vendor is known here.
///
/// @uses org.fastpipeline.core.inference.InferenceEngine engines on the application's own path
/// @uses org.fastpipeline.core.catalog.NodeCatalog nodes on the application's own path
@NullMarked
module org.fastpipeline.core {
    requires static transitive org.jspecify;
    requires transitive com.google.common;
    requires jdk.jfr;

    exports org.fastpipeline.core.error;
    exports org.fastpipeline.core.memory;
    exports org.fastpipeline.core.data;
    exports org.fastpipeline.core.graph;
    exports org.fastpipeline.core.stream;
    exports org.fastpipeline.core.measure;
    exports org.fastpipeline.core.run;
    exports org.fastpipeline.core.inference;
    exports org.fastpipeline.core.network;
    exports org.fastpipeline.core.catalog;

    uses org.fastpipeline.core.inference.InferenceEngine;
    uses org.fastpipeline.core.catalog.NodeCatalog;

    provides org.fastpipeline.core.catalog.NodeCatalog with
            org.fastpipeline.core.catalog.CoreNodes;
}
