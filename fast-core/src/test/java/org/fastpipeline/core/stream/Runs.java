// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.TimeSource;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;

/// Runs of pipelines and of players, for the tests of streams.
final class Runs {
    private Runs() {}

    static RunOptions options() {
        return RunOptions.standard().withWorkers(2).withValidate(true);
    }

    /// What `read` makes of each frame of a run to the end.
    static <R> List<R> all(Function<Frame, R> read, Out<?>... ports) {
        List<R> results = new ArrayList<>();
        try (Run run = Pipeline.to(ports).start(options())) {
            run.forEach(frame -> results.add(read.apply(frame)));
        }
        return results;
    }

    /// The values of a port, failures in words.
    static List<Object> values(Out<?> port) {
        return all(frame -> frame.failure().<Object>map(Runs::root).orElseGet(() -> frame.get(port)), port);
    }

    static String root(FastException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return "failed: " + cause.getMessage();
    }

    /// What a streamer plays that does not look at its step.
    @SuppressWarnings("NullAway")
    static <K> Recording<K> recording(Streamer<K> streamer) throws Exception {
        return streamer.recording(null);
    }

    /// A player as a streamer makes it when a run begins.
    static <K> Player<K> player(Streamer<K> streamer, Recording<K> recording, TimeSource clock) {
        Recording<K> selected = recording.select(streamer.start.value(), streamer.stepSize.value());
        return new Player<>(streamer, selected, streamer.maximum.value(), clock);
    }

    /// Index and time in milliseconds of the clock at which each frame is sent, to the end or `most` frames.
    static List<String> sent(Player<?> player, IdleClock clock, int most) throws Exception {
        List<String> sent = new ArrayList<>();
        while (sent.size() < most && player.next() instanceof Next.Item<?>(Object key, Metadata metadata)) {
            sent.add(metadata.get(Metadata.INDEX).orElseThrow() + " at " + clock.milliseconds());
        }
        return sent;
    }

    /// The indices of the frames that are sent, to the end or `most` frames.
    static List<Long> indices(Player<?> player, int most) throws Exception {
        List<Long> indices = new ArrayList<>();
        while (indices.size() < most && player.next() instanceof Next.Item<?>(Object key, Metadata metadata)) {
            indices.add(metadata.get(Metadata.INDEX).orElseThrow());
        }
        return indices;
    }

    /// Somebody who asks a player for a frame, and may have to wait.
    static final class Asking {
        private volatile String answer = "none";
        private final Thread thread;

        Asking(Player<?> player) {
            thread = Thread.ofPlatform().start(() -> {
                try {
                    answer = player.next() instanceof Next.Item<?>(Object key, Metadata metadata)
                            ? "frame " + metadata.get(Metadata.INDEX).orElseThrow()
                            : "the end";
                } catch (Exception failure) {
                    answer = failure.toString();
                }
            });
        }

        /// What it got, or that it waits for somebody else to act.
        String state() {
            while (thread.isAlive() && thread.getState() != Thread.State.WAITING && !Thread.interrupted()) {
                Thread.onSpinWait();
            }
            return thread.isAlive() ? "waits" : answer;
        }

        String answer() throws InterruptedException {
            thread.join();
            return answer;
        }
    }
}
