// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fastpipeline.render.gl.GlContext;

/// The views of a window, in rows of equal places. Of the window's thread.
final class Grid implements AutoCloseable {
    private final ImmutableList<Scene> scenes;

    /// Inside the use of the window's context.
    Grid(List<View> views, GlContext gl) {
        scenes = views.stream().map(view -> new Scene(view, gl)).collect(ImmutableList.toImmutableList());
    }

    int size() {
        return scenes.size();
    }

    Scene scene(int index) {
        return scenes.get(index);
    }

    /// Draws all of them.
    ///
    /// @param bar points that are taken at the bottom
    void draw(Screen screen, double bar) {
        for (Hand.Spot spot : spots(screen, bar)) {
            spot.scene().draw(spot.place(), screen.scale());
        }
    }

    /// The views and where they are.
    ///
    /// @param bar points that are taken at the bottom
    List<Hand.Spot> spots(Screen screen, double bar) {
        int columns = (int) Math.ceil(Math.sqrt(scenes.size()));
        int rows = Math.ceilDiv(scenes.size(), columns);
        double width = screen.width() / columns;
        double height = (screen.height() - bar) / rows;
        List<Hand.Spot> spots = new ArrayList<>();
        for (int i = 0; i < scenes.size(); i++) {
            int row = i / columns;
            Place place = new Place(i % columns * width, row * height, width, height, screen.height());
            spots.add(new Hand.Spot(scenes.get(i), place));
        }
        return spots;
    }

    /// The view at a place of the window, in points.
    Optional<Hand.Spot> under(double x, double y, Screen screen, double bar) {
        return spots(screen, bar).stream()
                .filter(spot -> spot.place().contains(x, y))
                .findFirst();
    }

    /// Makes all larger or smaller, about their middle.
    void zoom(int steps, Screen screen, double bar) {
        for (Hand.Spot spot : spots(screen, bar)) {
            Place place = spot.place();
            spot.zoom(Math.pow(Hand.STEP, steps), place.x() + place.width() / 2, place.y() + place.height() / 2);
        }
    }

    /// Shows all of each again.
    void recentre() {
        scenes.forEach(scene -> scene.sight().recentre());
    }

    @Override
    public void close() {
        scenes.forEach(Scene::close);
    }
}
