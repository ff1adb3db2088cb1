// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.run.Frame;

/// What a window tells of the run: in its title bar, and where a frame failed over the view.
final class Caption {
    private static final long SECOND = 1_000_000_000L;

    private final WindowOptions options;
    private final FrameRate computed = new FrameRate();
    private OptionalLong frame = OptionalLong.empty();
    private long sequence = -1;
    private long dropped;
    private String failure = "";
    private boolean over;
    private long due;

    Caption(WindowOptions options) {
        this.options = options;
    }

    /// A frame is shown.
    ///
    /// @param index its place in the recording
    void shown(Frame shown, long index) {
        long now = System.nanoTime();
        long next = shown.id().sequence();
        for (long i = sequence; i < next; i++) {
            computed.add(now);
        }
        dropped += Math.max(0, next - sequence - 1);
        sequence = next;
        frame = OptionalLong.of(index);
        failure = shown.failure().map(Caption::message).orElse("");
    }

    /// That of the innermost error of ours: it names the file rather than the node.
    private static String message(FastException failure) {
        FastException innermost = failure;
        while (innermost.getCause() instanceof FastException cause) {
            innermost = cause;
        }
        return String.valueOf(innermost.getMessage());
    }

    /// Whether the run has ended.
    void over(boolean isOver) {
        if (over != isOver) {
            over = isOver;
            due = 0;
        }
    }

    /// The frame that is shown; nothing before the first.
    OptionalLong frame() {
        return frame;
    }

    /// Why the frame that is shown has failed; empty if it has not.
    String failure() {
        return failure;
    }

    /// How many frames came and went unseen.
    long dropped() {
        return dropped;
    }

    /// What the title bar is to say, if it is time to say something new.
    Optional<String> title() {
        long now = System.nanoTime();
        if (frame.isEmpty() || now < due) {
            return Optional.empty();
        }
        due = now + SECOND / 2;
        StringBuilder title =
                new StringBuilder(options.title()).append(" - frame ").append(frame.getAsLong());
        if (over) {
            title.append(" - end");
        } else if (computed.perSecond() > 0) {
            title.append(String.format(Locale.ROOT, " - %.1f frames/s", computed.perSecond()));
        }
        if (!options.note().isEmpty()) {
            title.append(" - ").append(options.note());
        }
        return Optional.of(title.toString());
    }
}
