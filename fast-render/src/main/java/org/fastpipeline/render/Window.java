// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.stream.Playback;
import org.fastpipeline.render.gl.GlContext;
import org.fastpipeline.render.gl.GlfwSurface;
import org.lwjgl.glfw.GLFW;

/// A window of the desktop that shows views of a run while it works.
///
/// ```java
/// Pipeline pipeline = Pipeline.of(List.of(view.subscription()), List.of());
/// try (Window window = Window.open(WindowOptions.of("Vessels"), Controls.NONE, view);
///         Run run = pipeline.start()) {
///     window.show(run, 0);
/// }
/// ```
///
/// Drawing never holds up computing: a view shows the newest frame there is when the window comes to draw it; frames
/// in between are dropped and counted. Opened, shown and closed by one thread; on macOS that is the first of the
/// process. Keys and mouse are listed by the key H.
public final class Window implements AutoCloseable {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double LONGEST_WAIT = 0.25;

    private final WindowOptions options;
    private final Controls controls;
    private final GlfwSurface surface;
    private final GlContext gl;
    private final Grid grid;
    private final Widgets widgets;
    private final Hand hand;
    private final Tempo tempo = new Tempo();
    private final Caption caption;
    private final Screenshots screenshots;
    private boolean helping;
    private boolean closing;

    private Window(WindowOptions options, Controls controls, List<View> views, GlfwSurface surface, GlContext gl) {
        this.options = options;
        this.controls = controls;
        this.caption = new Caption(options);
        this.screenshots = new Screenshots(options);
        this.surface = surface;
        this.gl = gl;
        long handle = surface.handle();
        this.grid = gl.use(() -> new Grid(views, gl));
        this.widgets = gl.use(() -> new Widgets(controls, Screen.of(handle).scale()));
        this.hand = new Hand(handle, widgets, this::under, this::key);
        GLFW.glfwShowWindow(handle);
    }

    /// Opens a window on one view, or several side by side in a grid.
    ///
    /// @param controls what its user can change
    /// @throws org.fastpipeline.core.error.DisplayException if there is no display, or none with OpenGL 3.3
    public static Window open(WindowOptions options, Controls controls, View... views) {
        if (views.length == 0) {
            throw new WrongUseException(
                    "window '" + options.title() + "'", "met no view; needed one or more", "Give it views");
        }
        GlfwSurface surface = GlfwSurface.create(options.title(), options.width(), options.height());
        GlContext gl = GlContext.of(surface);
        try {
            return new Window(options, controls, ImmutableList.copyOf(views), surface, gl);
        } catch (RuntimeException failure) {
            gl.close();
            throw failure;
        }
    }

    /// Fails if there is no display to show windows on.
    ///
    /// @throws org.fastpipeline.core.error.DisplayException if so
    public static void requirePossible() {
        GlfwSurface.requirePossible();
    }

    /// Whether there is a display to show windows on.
    public static boolean isPossible() {
        return GlfwSurface.isPossible();
    }

    /// Shows a run until its user closes the window, which stops the run, or to the end of the run if the window
    /// closes with that.
    ///
    /// @param run joined at the subscriptions of the views, and left again
    /// @param first position of the first view's subscription in the pipeline's list; those of the others follow
    /// @return whether the user closed it
    /// @throws FastException if the run stopped on an error, once the window is closed
    public boolean show(Run run, int first) {
        return show(run, first, new Watch() {
            @Override
            public void closed() {
                run.cancel();
            }
        });
    }

    /// Hears of a window, on its thread.
    public interface Watch {
        /// Its user closed it; the run goes on unless it is stopped here.
        void closed();

        /// The last frame of the run is shown, or there is none: from now on the run may be closed.
        default void ended() {}
    }

    /// As [#show(Run, int)], but for what is to happen when the user closes the window.
    public boolean show(Run run, int first, Watch watch) {
        List<Feed> feeds = IntStream.range(0, grid.size())
                .mapToObj(i -> new Feed(run, first + i, GLFW::glfwPostEmptyEvent))
                .toList();
        long ended = 0;
        try {
            while (!isClosed()) {
                if (tempo.left(System.nanoTime()) == 0) {
                    feeds.forEach(Feed::want);
                }
                long begun = System.nanoTime();
                boolean fresh = take(feeds, run);
                if (screenshots.isSaidLongEnough() || hand.settle() || fresh) {
                    draw();
                }
                if (fresh) {
                    tempo.drawn(begun, System.nanoTime());
                }
                boolean over = feeds.stream().allMatch(Feed::isOver);
                if (over && ended == 0) {
                    ended = System.nanoTime();
                    watch.ended();
                }
                if (over && isTimeToClose(feeds, ended)) {
                    break;
                }
                caption.over(over);
                caption.title().ifPresent(title -> GLFW.glfwSetWindowTitle(surface.handle(), title));
                GLFW.glfwWaitEventsTimeout(wait(over));
            }
        } finally {
            if (isClosed()) {
                watch.closed();
            }
            feeds.forEach(Feed::close);
        }
        Optional<FastException> failure =
                feeds.stream().flatMap(feed -> feed.failure().stream()).findFirst();
        if (failure.isPresent()) {
            throw failure.get();
        }
        return isClosed();
    }

    /// A run that failed has nothing to look at; its error is told elsewhere.
    private boolean isTimeToClose(List<Feed> feeds, long ended) {
        boolean failed = feeds.stream().anyMatch(feed -> feed.failure().isPresent());
        boolean due = options.closesAfter()
                .filter(span -> System.nanoTime() - ended >= span.toNanos())
                .isPresent();
        return failed || (due && !hand.isUsed());
    }

    private boolean isClosed() {
        return closing || GLFW.glfwWindowShouldClose(surface.handle());
    }

    /// Seconds until there is something to do at the latest.
    private double wait(boolean over) {
        long left = tempo.left(System.nanoTime());
        return left == 0 || over ? LONGEST_WAIT : left / NANOS_PER_SECOND;
    }

    /// Takes the frames that have come.
    private boolean take(List<Feed> feeds, Run run) {
        boolean fresh = false;
        for (int i = 0; i < feeds.size(); i++) {
            Scene scene = grid.scene(i);
            boolean counted = i == 0;
            fresh |= feeds.get(i).take(frame -> {
                gl.use(() -> {
                    scene.take(new FrameValues(frame, run));
                    return scene;
                });
                if (counted) {
                    caption.shown(frame, index(frame, scene));
                }
            });
        }
        return fresh;
    }

    private static long index(Frame frame, Scene scene) {
        return scene.view().ports().stream()
                .flatMap(port -> frame.metadata(port).get(Metadata.INDEX).stream())
                .findFirst()
                .orElse(frame.id().sequence());
    }

    private void draw() {
        Screen screen = Screen.of(surface.handle());
        if (screen.isEmpty()) {
            return;
        }
        gl.use(() -> {
            grid.draw(screen, widgets.bar());
            screenshots.take(screen);
            new Notices(gl, screen, widgets.bar()).draw(caption, helping, screenshots.said());
            widgets.draw(screen);
            GLFW.glfwSwapBuffers(surface.handle());
            return screen;
        });
    }

    private Optional<Hand.Spot> under(double x, double y) {
        return grid.under(x, y, Screen.of(surface.handle()), widgets.bar());
    }

    private void key(int key) {
        switch (key) {
            case GLFW.GLFW_KEY_R -> grid.recentre();
            case GLFW.GLFW_KEY_EQUAL, GLFW.GLFW_KEY_KP_ADD -> zoom(1);
            case GLFW.GLFW_KEY_MINUS, GLFW.GLFW_KEY_KP_SUBTRACT -> zoom(-1);
            case GLFW.GLFW_KEY_UP, GLFW.GLFW_KEY_KP_8 -> slide(1);
            case GLFW.GLFW_KEY_DOWN, GLFW.GLFW_KEY_KP_2 -> slide(-1);
            case GLFW.GLFW_KEY_H, GLFW.GLFW_KEY_F1 -> helping = !helping;
            case GLFW.GLFW_KEY_S -> screenshots.ask(caption.frame());
            case GLFW.GLFW_KEY_Q, GLFW.GLFW_KEY_ESCAPE -> closing = true;
            case GLFW.GLFW_KEY_SPACE -> controls.streamer().ifPresent(streamer -> Widgets.toggle(streamer.playback()));
            case GLFW.GLFW_KEY_LEFT, GLFW.GLFW_KEY_KP_4 -> step(-1);
            case GLFW.GLFW_KEY_RIGHT, GLFW.GLFW_KEY_KP_6 -> step(1);
            default -> {}
        }
    }

    private void zoom(int steps) {
        grid.zoom(steps, Screen.of(surface.handle()), widgets.bar());
    }

    /// Through the slices of the view under the pointer.
    private void slide(int slices) {
        hand.over().ifPresent(spot -> spot.scene().slide(slices));
    }

    /// To the frame before or after, and no farther than the last as far as that is known.
    private void step(int frames) {
        controls.streamer().ifPresent(streamer -> {
            Playback playback = streamer.playback();
            playback.pause();
            long last = Math.max(1, playback.count().orElse(Long.MAX_VALUE)) - 1;
            playback.seek(Math.clamp(playback.position() + frames, 0, last));
        });
    }

    @Override
    public void close() {
        gl.use(() -> {
            widgets.close();
            grid.close();
            return widgets;
        });
        gl.close();
    }
}
