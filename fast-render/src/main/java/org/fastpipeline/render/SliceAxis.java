// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

/// The axis of a volume that a slice lies across.
public enum SliceAxis {
    /// Across its columns: shows y and z; sagittal in a volume whose axes are the patient's.
    X,
    /// Across its rows: shows x and z; coronal in a volume whose axes are the patient's.
    Y,
    /// Across its slices: shows x and y; axial in a volume whose axes are the patient's.
    Z
}
