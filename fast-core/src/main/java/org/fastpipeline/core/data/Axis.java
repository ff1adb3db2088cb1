// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

/// The meaning of a tensor's dimension.
public enum Axis {
    /// Item of a batch.
    N,
    /// Time.
    T,
    /// Depth (slices).
    D,
    /// Height (rows).
    H,
    /// Width (columns).
    W,
    /// Channel, class or feature.
    C
}
