// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.lwjgl.glfw.GLFW;

/// What the user's mouse does to the views of a window. Called by GLFW on the window's thread.
final class Hand {
    static final double STEP = 1.15;

    /// Finds the scene at a place of the window.
    interface Under {
        Optional<Spot> at(double x, double y);
    }

    /// A scene and where it is.
    record Spot(Scene scene, Place place) {
        /// Enlarges it, keeping what is seen at a place of the window.
        void zoom(double factor, double x, double y) {
            scene.sight().zoom(place, factor, x - place.x(), y - place.y());
        }
    }

    /// What a drag does to the view that it began in.
    private interface Drag {
        void by(double right, double down);
    }

    private final long window;
    private final Widgets widgets;
    private final Under under;
    private @Nullable Drag drag;

    /// The button that it is held by.
    private int holder;

    private double x;
    private double y;

    /// For how many more drawings something may change on the screen; widgets answer with the drawing after.
    private int stirred;

    private boolean used;

    private static final int SETTLES = 3;

    Hand(long window, Widgets widgets, Under under, IntConsumer listener) {
        this.window = window;
        this.widgets = widgets;
        this.under = under;
        GLFW.glfwSetCursorPosCallback(window, (_, newX, newY) -> move(newX, newY));
        GLFW.glfwSetMouseButtonCallback(
                window, (_, button, action, keys) -> press(button, action == GLFW.GLFW_PRESS, keys));
        GLFW.glfwSetScrollCallback(window, (_, sideways, up) -> scroll(sideways, up));
        GLFW.glfwSetKeyCallback(window, (_, key, _, action, _) -> {
            used = true;
            stir();
            if (action != GLFW.GLFW_RELEASE) {
                listener.accept(key);
            }
        });
        GLFW.glfwSetWindowRefreshCallback(window, _ -> stir());
        GLFW.glfwSetFramebufferSizeCallback(window, (_, _, _) -> stir());
    }

    /// Something may look different now.
    void stir() {
        stirred = SETTLES;
    }

    /// Whether somebody has pressed or turned something.
    boolean isUsed() {
        return used;
    }

    /// Whether it is to be drawn anew; counts that as done.
    boolean settle() {
        boolean stirs = stirred > 0;
        stirred = Math.max(0, stirred - 1);
        return stirs;
    }

    private void move(double units, double unitsDown) {
        Screen screen = Screen.of(window);
        double newX = screen.points(units);
        double newY = screen.points(unitsDown);
        widgets.point(newX * screen.scale(), newY * screen.scale());
        if (drag != null) {
            drag.by(newX - x, newY - y);
        }
        x = newX;
        y = newY;
        stir();
    }

    private void press(int button, boolean down, int keys) {
        widgets.button(button, down);
        used = true;
        stir();
        if (down && drag == null && !widgets.wantsMouse()) {
            boolean moves = button != GLFW.GLFW_MOUSE_BUTTON_LEFT || (keys & GLFW.GLFW_MOD_SHIFT) != 0;
            holder = button;
            drag = over().map(spot -> drag(spot, moves)).orElse(null);
        } else if (!down && button == holder) {
            drag = null;
        }
    }

    private static Drag drag(Spot spot, boolean moves) {
        Sight sight = spot.scene().sight();
        return moves
                ? (right, down) -> sight.pan(spot.place(), right, down)
                : (right, down) -> sight.turn(spot.place(), right, down);
    }

    /// The view under the pointer.
    Optional<Spot> over() {
        return under.at(x, y);
    }

    private void scroll(double sideways, double up) {
        widgets.scroll(sideways, up);
        used = true;
        stir();
        if (!widgets.wantsMouse()) {
            over().ifPresent(spot -> spot.zoom(Math.pow(STEP, up), x, y));
        }
    }
}
