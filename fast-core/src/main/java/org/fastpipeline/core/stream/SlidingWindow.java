// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.stream;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.fastpipeline.core.error.ParameterException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.graph.Step;

/// A window over the last frames, newest last, that moves with each frame or by a stride of several.
///
/// The first window is the first frame over and over; windows of three over frames 0, 1, 2, 3 are 000, 001, 012,
/// 123. With a stride of two there are 000 and 012. Frames after the last whole stride make no window. Skipped
/// frames are left out; a window with a failed frame in it fails with that cause. A window has the metadata of
/// its newest frame.
///
/// @param <T> what the stream carries
/// @param <G> what a window becomes
public final class SlidingWindow<T, G> extends Restream<SlidingWindow.Held<T>> {
    /// The frames.
    public final In<T> frames;

    /// One value for each window.
    public final Out<G> window;

    private final int size;
    private final int stride;
    private final Function<? super List<T>, ? extends G> combine;

    /// The frames in the window.
    ///
    /// @param <T> what the stream carries
    public static final class Held<T> {
        private final Deque<Member<T>> members = new ArrayDeque<>();

        private Held() {}
    }

    /// A window that moves with each frame.
    ///
    /// @param type what the stream carries
    /// @param size frames in a window, 1 or more
    /// @param windowType what a window becomes
    /// @param combine as for [Group]
    /// @throws ParameterException if `size` is out of range
    public SlidingWindow(Class<T> type, int size, Class<G> windowType, Function<? super List<T>, ? extends G> combine) {
        this(type, size, 1, windowType, combine);
    }

    /// A window that moves by `stride` frames.
    ///
    /// @param type what the stream carries
    /// @param size frames in a window, 1 or more
    /// @param stride frames from one window to the next, 1 or more
    /// @param windowType what a window becomes
    /// @param combine as for [Group]
    /// @throws ParameterException if `size` or `stride` is out of range
    public SlidingWindow(
            Class<T> type, int size, int stride, Class<G> windowType, Function<? super List<T>, ? extends G> combine) {
        this.frames = in("frames", type, "the frames");
        this.window = out("window", windowType, "one value for each window");
        this.size = checked("size", size);
        this.stride = checked("stride", stride);
        this.combine = combine;
    }

    private int checked(String what, int number) {
        if (number < 1) {
            throw new ParameterException(name() + "." + what, Integer.toString(number), "1 or more");
        }
        return number;
    }

    @Override
    public Held<T> open() {
        return new Held<>();
    }

    @Override
    public boolean next(Held<T> held, Intake intake, Step step) throws InterruptedException {
        Deque<Member<T>> members = held.members;
        int wanted = members.isEmpty() ? 1 : stride;
        for (int i = 0; i < wanted; i++) {
            boolean begun = !members.isEmpty();
            if (begun) {
                leaveOldest(members);
            }
            Optional<Member<T>> newest = Member.take(intake, frames);
            if (newest.isEmpty()) {
                return false;
            }
            members.addAll(Collections.nCopies(begun ? 1 : size, newest.get()));
        }
        Member.put(List.copyOf(members), combine, window, step);
        return true;
    }

    /// Before the next frame is taken: no more are held than the window has.
    private static <T> void leaveOldest(Deque<Member<T>> members) {
        Member<T> oldest = members.remove();
        if (!members.contains(oldest)) {
            oldest.close();
        }
    }

    @Override
    public void close(Held<T> held) {
        held.members.forEach(Member::close);
    }

    @Override
    public int holds() {
        return size;
    }
}
