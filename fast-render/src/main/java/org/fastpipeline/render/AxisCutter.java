// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Vector3;

/// Cuts across an axis, as [SliceLayer] says.
record AxisCutter(SliceAxis axis, int index) implements Cut.Cutter {
    private static final Vector3 X = new Vector3(1, 0, 0);
    private static final Vector3 Y = new Vector3(0, 1, 0);
    private static final Vector3 Z = new Vector3(0, 0, 1);

    @Override
    public Cut of(ImageSpec spec, int slid) {
        int count =
                switch (axis) {
                    case X -> spec.width();
                    case Y -> spec.height();
                    case Z -> spec.depth();
                };
        int own = index < 0 ? count / 2 : Math.min(index, count - 1);
        int shown = Math.clamp((long) own + slid, 0, count - 1);
        Geometry geometry = spec.geometry();
        Vector3 x = toward(X, geometry.directionX().x() >= 0);
        Vector3 y = toward(Y, geometry.directionY().y() >= 0);
        Vector3 fallingZ = toward(Z, geometry.directionZ().z() < 0);
        Vector3 across = axis == SliceAxis.X ? y : x;
        Vector3 down = axis == SliceAxis.Z ? y : fallingZ;
        Vector3 corner = begin(across).plus(begin(down)).plus(through((shown + 0.5) / count));
        return new Cut(corner, across, down, extent(spec), shown - own, "slice " + shown + " of " + count);
    }

    private static Vector3 toward(Vector3 axis, boolean ahead) {
        return ahead ? axis : axis.times(-1);
    }

    /// Where a way along an axis begins: at the end of it, if it leads back.
    private static Vector3 begin(Vector3 way) {
        return new Vector3(Math.max(0, -way.x()), Math.max(0, -way.y()), Math.max(0, -way.z()));
    }

    /// From the volume's side to a part of all slices.
    private Vector3 through(double part) {
        return switch (axis) {
            case X -> X.times(part);
            case Y -> Y.times(part);
            case Z -> Z.times(part);
        };
    }

    private Extent extent(ImageSpec spec) {
        Vector3 spacing = spec.geometry().spacing();
        return switch (axis) {
            case X -> new Extent(spec.height(), spec.depth(), new Vector3(spacing.y(), spacing.z(), spacing.x()));
            case Y -> new Extent(spec.width(), spec.depth(), new Vector3(spacing.x(), spacing.z(), spacing.y()));
            case Z -> new Extent(spec.width(), spec.height(), spacing);
        };
    }
}
