// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

import com.google.common.collect.ImmutableMap;
import java.util.function.Supplier;

/// The nodes a module offers by name, for text pipelines and documents.
public interface NodeCatalog {
    /// From the node's name to a maker of new nodes.
    ImmutableMap<String, Supplier<? extends ProcessObject>> nodes();
}
