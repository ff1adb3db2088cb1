// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

/// What a layer lies on, and so which others it can share a view with.
public enum Ground {
    /// A plane, whose pixels are the unit: images, slices, labels, boxes.
    PLANE,
    /// Space, in millimetres: volumes.
    SPACE,
    /// The view itself, such as one of its corners: texts, plots, legends. They go with both.
    VIEW
}
