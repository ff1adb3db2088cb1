// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.catalog;

import com.google.common.collect.ImmutableList;

/// The nodes of core: networks of any engine, and what joins streams. Those that hold a value or a function of the
/// program are not among them.
public final class CoreNodes implements NodeCatalog {
    @Override
    public String module() {
        return "fast-core";
    }

    @Override
    public ImmutableList<NodeType> types() {
        return ImmutableList.<NodeType>builder()
                .addAll(new NetworkNodes().types())
                .addAll(new StreamNodes().types())
                .build();
    }
}
