// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.OptionalDouble;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.render.gl.GlContext;
import org.jspecify.annotations.Nullable;

/// Looks at a plane.
final class PlaneSight implements Sight {
    /// What fills the view; none before the first frame.
    private @Nullable Extent extent;

    /// Where somebody has moved it to; none while all is to be seen.
    private @Nullable Camera moved;

    @Override
    public void take(ImmutableList<Drawing> drawings) {
        Optional<Extent> now =
                drawings.stream().flatMap(drawing -> drawing.extent().stream()).findFirst();
        if (now.isPresent() && !now.get().equals(extent)) {
            extent = now.get();
            moved = null;
        }
    }

    private Extent shown(double width, double height) {
        return extent != null ? extent : new Extent(width, height, Vector3.ONE);
    }

    private Camera camera(double width, double height) {
        Camera whole = Camera.fit(shown(width, height), width, height);
        return moved == null ? whole : new Camera(moved.x(), moved.y(), moved.scale(), whole.stretch(), width, height);
    }

    @Override
    public Canvas canvas(GlContext gl, double width, double height, double scale) {
        return new Canvas(gl, camera(width, height), shown(width, height), scale);
    }

    @Override
    public OptionalDouble shape() {
        return extent == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(extent.height()
                        * extent.spacing().y()
                        / (extent.width() * extent.spacing().x()));
    }

    @Override
    public void turn(Place place, double right, double down) {
        pan(place, right, down);
    }

    @Override
    public void pan(Place place, double right, double down) {
        moved = camera(place.width(), place.height()).panned(right, down);
    }

    @Override
    public void zoom(Place place, double factor, double x, double y) {
        moved = camera(place.width(), place.height()).zoomed(factor, x, y);
    }

    @Override
    public void recentre() {
        moved = null;
    }
}
