// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

/// Three numbers along x, y and z.
public record Vector3(double x, double y, double z) {
    /// The origin.
    public static final Vector3 ZERO = new Vector3(0, 0, 0);

    /// One along each axis.
    public static final Vector3 ONE = new Vector3(1, 1, 1);

    /// This and another added up.
    public Vector3 plus(Vector3 other) {
        return new Vector3(x + other.x, y + other.y, z + other.z);
    }

    /// What leads here from the end of another.
    public Vector3 minus(Vector3 other) {
        return new Vector3(x - other.x, y - other.y, z - other.z);
    }

    /// So many of this one.
    public Vector3 times(double factor) {
        return new Vector3(factor * x, factor * y, factor * z);
    }

    /// The dot product: for unit vectors the cosine of the angle between them.
    public double dot(Vector3 other) {
        return x * other.x + y * other.y + z * other.z;
    }

    /// The cross product: at a right angle to both, as the third axis is to the first and the second.
    public Vector3 cross(Vector3 other) {
        return new Vector3(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
    }

    /// How long it is.
    public double length() {
        return Math.sqrt(dot(this));
    }
}
