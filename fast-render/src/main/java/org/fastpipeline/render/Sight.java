// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import java.util.OptionalDouble;
import org.fastpipeline.render.gl.GlContext;

/// How a scene looks at what fills its view, in a place of some size, in points.
sealed interface Sight permits PlaneSight, SpaceSight {
    /// That of a view's kind.
    static Sight of(View view) {
        return view.ground() == Ground.SPACE ? new SpaceSight(view) : new PlaneSight();
    }

    /// Sees all of what the drawings fill now, if that is something else than before.
    void take(ImmutableList<Drawing> drawings);

    /// What is drawn on in a place of that size.
    ///
    /// @param scale pixels for a point
    Canvas canvas(GlContext gl, double width, double height, double scale);

    /// Height by width of what is seen; nothing before the first frame with something to see.
    OptionalDouble shape();

    /// Turns it by a drag over so many points; what cannot be turned is moved.
    void turn(Place place, double right, double down);

    /// Moves it by so many points.
    void pan(Place place, double right, double down);

    /// Enlarges it, keeping what is seen at a point of the place.
    void zoom(Place place, double factor, double x, double y);

    /// Sees all of it again.
    void recentre();
}
