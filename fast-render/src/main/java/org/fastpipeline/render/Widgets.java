// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import imgui.ImFontConfig;
import imgui.ImGui;
import imgui.ImGuiIO;
import imgui.flag.ImGuiCond;
import imgui.flag.ImGuiWindowFlags;
import imgui.gl3.ImGuiImplGl3;
import imgui.internal.ImGuiContext;
import imgui.type.ImBoolean;
import java.util.OptionalLong;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.stream.Playback;
import org.fastpipeline.core.stream.Streamer;

/// Draws the controls of a window and hears what is done to them, on Dear ImGui. Of one window's thread.
final class Widgets implements AutoCloseable {
    /// Points that the bar with the playback takes at the bottom.
    static final double BAR = 40;

    private static final float NANOS_PER_SECOND = 1e9f;
    private static final float TEXT = 15;
    private static final float MOST_FOR_SLIDER = 10_000;
    private static final float DRAG_SPEED = 0.1f;
    private static final float FASTEST = 120;
    private static final int BAR_FLAGS = ImGuiWindowFlags.NoTitleBar
            | ImGuiWindowFlags.NoResize
            | ImGuiWindowFlags.NoMove
            | ImGuiWindowFlags.NoScrollbar
            | ImGuiWindowFlags.NoSavedSettings;

    private final Controls controls;
    private final ImGuiContext context;
    private final ImGuiImplGl3 output = new ImGuiImplGl3();
    private final float scale;
    private long drawn = System.nanoTime();

    /// Whether the stream is played at its own rate while no other is chosen.
    private boolean hasOwnRate;

    /// Inside the use of the window's context.
    Widgets(Controls controls, double scale) {
        this.controls = controls;
        this.scale = (float) scale;
        ControlsLibrary.prepare();
        this.context = ImGui.createContext();
        ImGui.setCurrentContext(context);
        ImGuiIO io = ImGui.getIO();
        io.setIniFilename(null);
        ImFontConfig config = new ImFontConfig();
        io.getFonts().addFontFromMemoryTTF(Font.bytes(), TEXT * this.scale, config);
        config.destroy();
        ImGui.getStyle().scaleAllSizes(this.scale);
        output.init("#version 330 core");
    }

    /// Points that are taken at the bottom.
    double bar() {
        return controls.streamer().isPresent() ? BAR : 0;
    }

    /// The pointer is at a place of the window, in pixels.
    void point(double x, double y) {
        io().addMousePosEvent((float) x, (float) y);
    }

    /// A button of the mouse went down or up.
    void button(int button, boolean down) {
        io().addMouseButtonEvent(button, down);
    }

    /// The wheel was turned.
    void scroll(double sideways, double up) {
        io().addMouseWheelEvent((float) sideways, (float) up);
    }

    private ImGuiIO io() {
        ImGui.setCurrentContext(context);
        return ImGui.getIO();
    }

    /// Whether the mouse is at a widget, and so not at the view.
    boolean wantsMouse() {
        return io().getWantCaptureMouse();
    }

    /// Draws them over all that is drawn, inside the use of the window's context.
    void draw(Screen screen) {
        if (controls.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        ImGuiIO io = io();
        io.setDisplaySize(screen.columns(), screen.rows());
        io.setDeltaTime(Math.max(1, now - drawn) / NANOS_PER_SECOND);
        drawn = now;
        output.newFrame();
        ImGui.newFrame();
        controls.streamer().ifPresent(streamer -> playback(streamer, screen));
        if (!controls.parameters().isEmpty()) {
            parameters();
        }
        ImGui.render();
        output.renderDrawData(ImGui.getDrawData());
    }

    private void playback(Streamer<?> streamer, Screen screen) {
        float height = (float) BAR * scale;
        ImGui.setNextWindowPos(0, screen.rows() - height, ImGuiCond.Always);
        ImGui.setNextWindowSize(screen.columns(), height, ImGuiCond.Always);
        ImGui.begin("playback", BAR_FLAGS);
        Playback playback = streamer.playback();
        if (ImGui.button(playback.isPaused() ? "Play" : "Pause", 64 * scale, 0)) {
            toggle(playback);
        }
        ImGui.sameLine();
        float speed = 130 * scale;
        seek(playback, ImGui.getContentRegionAvailX() - speed - 8 * scale);
        ImGui.sameLine();
        float[] rate = {streamer.rate.value().floatValue()};
        ImGui.setNextItemWidth(speed);
        if (streamer.realTime.value()) {
            hasOwnRate = true;
            rate[0] = 0;
        }
        String least = hasOwnRate ? "at its own rate" : "as fast as it can";
        if (ImGui.sliderFloat("##speed", rate, 0, FASTEST, rate[0] == 0 ? least : "%.0f frames/s")) {
            streamer.rate.set((double) rate[0]);
            streamer.realTime.set(hasOwnRate && rate[0] == 0);
        }
        ImGui.end();
    }

    static void toggle(Playback playback) {
        if (playback.isPaused()) {
            playback.resume();
        } else {
            playback.pause();
        }
    }

    private static void seek(Playback playback, float width) {
        OptionalLong count = playback.count();
        long place = playback.position();
        ImGui.setNextItemWidth(width);
        if (count.isEmpty() || count.getAsLong() > Integer.MAX_VALUE) {
            ImGui.labelText("##place", "frame " + place);
            return;
        }
        int last = Math.max(0, (int) count.getAsLong() - 1);
        int[] chosen = {(int) place};
        if (ImGui.sliderInt("##place", chosen, 0, last, "frame %d of " + count.getAsLong())) {
            playback.seek(Math.clamp(chosen[0], 0, last));
        }
    }

    private void parameters() {
        ImGui.setNextWindowPos(10 * scale, 10 * scale, ImGuiCond.FirstUseEver);
        ImGui.begin("Parameters", ImGuiWindowFlags.AlwaysAutoResize | ImGuiWindowFlags.NoSavedSettings);
        for (Parameter<?> parameter : controls.parameters()) {
            widget(parameter);
            if (ImGui.isItemHovered()) {
                ImGui.setTooltip(parameter.declaration().doc());
            }
        }
        ImGui.end();
    }

    @SuppressWarnings("unchecked") // the declaration's type is that of the values
    private void widget(Parameter<?> parameter) {
        Parameter.Declaration<?> declaration = parameter.declaration();
        String label = declaration.unit().isEmpty() ? "" + parameter : parameter + " (" + declaration.unit() + ")";
        if (declaration.type() == Boolean.class) {
            Parameter<Boolean> flag = (Parameter<Boolean>) parameter;
            ImBoolean on = new ImBoolean(flag.value());
            if (ImGui.checkbox(label, on)) {
                flag.set(on.get());
            }
        } else if (declaration.bounds().isPresent() && declaration.type() == Integer.class) {
            number(label, (Parameter<Integer>) parameter, declaration.bounds().get());
        } else if (declaration.bounds().isPresent() && declaration.type() == Double.class) {
            real(label, (Parameter<Double>) parameter, declaration.bounds().get());
        } else {
            ImGui.text(label + ": " + parameter.value());
        }
    }

    private void number(String label, Parameter<Integer> parameter, Parameter.Declaration.Bounds bounds) {
        int least = (int) bounds.least();
        int most = (int) bounds.most();
        int[] value = {parameter.value()};
        boolean changed = isSlider(bounds)
                ? ImGui.sliderInt(label, value, least, most)
                : ImGui.dragInt(label, value, 1, least, most);
        if (changed) {
            parameter.set(Math.clamp(value[0], least, most));
        }
    }

    private void real(String label, Parameter<Double> parameter, Parameter.Declaration.Bounds bounds) {
        float[] value = {parameter.value().floatValue()};
        boolean changed = isSlider(bounds)
                ? ImGui.sliderFloat(label, value, (float) bounds.least(), (float) bounds.most())
                : ImGui.dragFloat(label, value, DRAG_SPEED, (float) bounds.least(), (float) bounds.most());
        if (changed) {
            parameter.set(Math.clamp(value[0], bounds.least(), bounds.most()));
        }
    }

    /// On a wide range a slider cannot be set well.
    private static boolean isSlider(Parameter.Declaration.Bounds bounds) {
        return bounds.most() - bounds.least() <= MOST_FOR_SLIDER;
    }

    @Override
    public void close() {
        ImGui.setCurrentContext(context);
        output.shutdown();
        ImGui.destroyContext(context);
    }
}
