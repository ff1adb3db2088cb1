// SPDX-License-Identifier: Apache-2.0
/// The nodes that the modules offer by name, for text pipelines, command lines and documents; nothing is found by
/// reflection.
///
/// ```java
/// public final class MyNodes implements NodeCatalog {
///     public String module() {
///         return "my-module";
///     }
///
///     public ImmutableList<NodeType> types() {
///         return ImmutableList.of(NodeType.of("Inverter", "makes negatives of images", Inverter::new));
///     }
/// }
/// ```
///
/// A module offers its catalog with `provides NodeCatalog with MyNodes` and, for the class path, in
/// `META-INF/services/org.fastpipeline.core.catalog.NodeCatalog`.
@NullMarked
package org.fastpipeline.core.catalog;

import org.jspecify.annotations.NullMarked;
