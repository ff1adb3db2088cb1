// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

/// Where a model has the channels of images.
public enum Layout {
    /// Where the axes of its inputs say.
    DECLARED,
    /// Where a size of 1 to 4 is found: last, else before depth, height and width; in the inputs, else in the
    /// outputs. For models that do not name their axes, which engines then name N, H, W, C; axes that are named C,
    /// H, W are taken as they are.
    GUESSED,
    /// After height and width: H, W, C.
    CHANNEL_LAST,
    /// Before height and width: C, H, W.
    CHANNEL_FIRST
}
