// SPDX-License-Identifier: Apache-2.0
/// Networks as nodes, of any engine: what gives images to them, and what makes images, labels, objects and texts of
/// what they give.
///
/// ```java
/// var segmentation = new SegmentationNetwork(model, descriptor);
/// segmentation.image.from(frames.image);
/// for (Frame frame : Pipeline.to(segmentation.segmentation).start()) {
///     // a label image per frame
/// }
/// ```
///
/// `docs/networks.md` describes them.
@NullMarked
package org.fastpipeline.core.network;

import org.jspecify.annotations.NullMarked;
