// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.OptionalDouble;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.render.gl.GlContext;
import org.jspecify.annotations.Nullable;

/// Looks at a space.
final class SpaceSight implements Sight {
    private static final Space NONE =
            new Space(Vector3.ZERO, new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1), Vector3.ONE);

    /// How much larger or smaller than all of it somebody can make it.
    private static final double MOST = 400;

    private final View view;

    /// What fills the view; none before the first frame.
    private @Nullable Space space;

    /// Where somebody has moved it to; none while all is to be seen.
    private @Nullable SpaceCamera moved;

    SpaceSight(View view) {
        this.view = view;
    }

    @Override
    public void take(ImmutableList<Drawing> drawings) {
        Optional<Space> now =
                drawings.stream().flatMap(drawing -> drawing.space().stream()).findFirst();
        if (now.isPresent() && !now.get().equals(space)) {
            space = now.get();
            moved = null;
        }
    }

    private Space shown() {
        return space != null ? space : NONE;
    }

    private SpaceCamera whole(double width, double height) {
        return SpaceCamera.fit(shown(), view.azimuth(), view.elevation(), width, height);
    }

    private SpaceCamera camera(double width, double height) {
        return moved == null
                ? whole(width, height)
                : new SpaceCamera(moved.target(), moved.azimuth(), moved.elevation(), moved.scale(), width, height);
    }

    @Override
    public Canvas canvas(GlContext gl, double width, double height, double scale) {
        return new Canvas(gl, camera(width, height), shown(), scale);
    }

    /// As wide as high, so that all of it is seen however it is turned.
    @Override
    public OptionalDouble shape() {
        return space == null ? OptionalDouble.empty() : OptionalDouble.of(1);
    }

    @Override
    public void turn(Place place, double right, double down) {
        moved = camera(place.width(), place.height()).turned(right, down);
    }

    @Override
    public void pan(Place place, double right, double down) {
        moved = camera(place.width(), place.height()).panned(right, down);
    }

    @Override
    public void zoom(Place place, double factor, double x, double y) {
        SpaceCamera now = camera(place.width(), place.height());
        double fitting = whole(place.width(), place.height()).scale();
        double scale = Math.clamp(now.scale() * factor, fitting / MOST, fitting * MOST);
        moved = now.zoomed(scale / now.scale(), x, y);
    }

    @Override
    public void recentre() {
        moved = null;
    }
}
