// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Vector3;

/// Cuts through any plane, as [ObliqueLayer] says.
record ObliqueCutter(Vector3 point, Vector3 normal) implements Cut.Cutter {
    @Override
    public Cut of(ImageSpec spec, int slid) {
        Space space = Space.of(spec);
        SpaceCamera eye = SpaceCamera.facing(normal, point);
        double step = space.smallestSpacing();
        DoubleSummaryStatistics away = along(space, eye.eye());
        DoubleSummaryStatistics wide = along(space, eye.right());
        DoubleSummaryStatistics high = along(space, eye.up());
        long first = (long) Math.ceil(away.getMin() / step);
        long last = (long) Math.floor(away.getMax() / step);
        int inside = (int) Math.max(first, Math.min(slid, last));
        int shown = slid == 0 ? 0 : inside;
        Vector3 corner = point.plus(eye.eye().times(shown * step))
                .plus(eye.right().times(wide.getMin()))
                .plus(eye.up().times(high.getMax()));
        double width = wide.getMax() - wide.getMin();
        double height = high.getMax() - high.getMin();
        return new Cut(
                space.parts(corner.minus(space.corner())),
                space.parts(eye.right().times(width)),
                space.parts(eye.up().times(-height)),
                new Extent(width / step, height / step, new Vector3(step, step, step)),
                shown,
                String.format(Locale.ROOT, "%+.1f mm", shown * step));
    }

    /// How far the corners of the volume are from the point.
    private DoubleSummaryStatistics along(Space space, Vector3 way) {
        return space.corners().stream()
                .mapToDouble(corner -> corner.minus(point).dot(way))
                .summaryStatistics();
    }
}
