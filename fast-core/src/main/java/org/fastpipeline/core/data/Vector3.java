// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

/// Three numbers along x, y and z.
public record Vector3(double x, double y, double z) {
    /// The origin.
    public static final Vector3 ZERO = new Vector3(0, 0, 0);

    /// One along each axis.
    public static final Vector3 ONE = new Vector3(1, 1, 1);
}
