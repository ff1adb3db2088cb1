// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.catalog;

import com.google.common.collect.ImmutableList;

/// The nodes that one module offers by name.
public interface NodeCatalog {
    /// The module's name.
    String module();

    /// Its nodes, in any order; names are unique among all catalogs of an application.
    ImmutableList<NodeType> types();
}
