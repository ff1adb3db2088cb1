// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.stream;

import java.time.Duration;
import java.util.OptionalLong;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.TimeSource;
import org.jspecify.annotations.Nullable;

/// Walks over a recording as its streamer's parameters and playback say. One per run, used by one thread at a time.
final class Player<K> implements Source.Cursor<K> {
    /// How often a wait looks for commands.
    private static final long LOOK = 20_000_000;

    private final Streamer<K> streamer;
    private final Recording<K> recording;
    private final Playback playback;
    private final long most;
    private final TimeSource clock;
    private final Pace pace = new Pace();

    /// Place of the next frame, and how often it was sent.
    private long place;

    private int sent;

    /// The next frame, read already; it waits until it is due.
    private Next.@Nullable Item<K> ready;

    private boolean first = true;
    private long seen;

    /// Stored time of the frame before, and of the gap between the two before.
    private @Nullable Duration before;

    private long storedGap;

    /// Sum of the gaps so far: the frame's time where the recording has none.
    private long elapsed;

    Player(Streamer<K> streamer, Recording<K> recording, long most, TimeSource clock) {
        this.streamer = streamer;
        this.recording = recording;
        this.playback = streamer.playback();
        this.most = most;
        this.clock = clock;
        this.seen = playback.begin(count());
    }

    private OptionalLong count() {
        OptionalLong all = recording.count();
        return all.isPresent() ? OptionalLong.of(Math.min(all.getAsLong(), most)) : all;
    }

    @Override
    public Next<K> next() throws Exception {
        while (true) {
            Playback.Seek seek = playback.await(seen);
            if (seek != null) {
                jump(seek);
            }
            Next.Item<K> item = ready != null ? ready : read();
            if (item == null) {
                playback.ended();
                return new Next.End<>();
            }
            ready = item;
            long gap = gap(item.metadata());
            long due = pace.due(clock, gap);
            boolean single = seek != null && seek.single();
            if (single || waitUntil(due)) {
                pace.happened(clock, due, gap);
                return send(item, gap, single);
            }
        }
    }

    private void jump(Playback.Seek seek) {
        seen = seek.number();
        if (ready != null) {
            recording.discard(ready.key());
            ready = null;
        }
        place = seek.place();
        sent = 0;
        before = null;
        pace.restart();
    }

    private Next.@Nullable Item<K> read() throws Exception {
        if (place < most && recording.at(place) instanceof Next.Item<K> item) {
            return item;
        }
        if (place > 0 && streamer.loop.value()) {
            place = 0;
            return recording.at(0) instanceof Next.Item<K> first ? first : null;
        }
        return null;
    }

    /// @return false if a command came first
    private boolean waitUntil(long due) throws InterruptedException {
        for (long now = clock.nanoTime(); now - due < 0 && !playback.isCalled(seen); now = clock.nanoTime()) {
            clock.sleepUntil(now + Math.min(due - now, LOOK));
        }
        return !playback.isCalled(seen);
    }

    /// Time from the frame before to this one, in nanoseconds.
    private long gap(Metadata metadata) {
        Duration time = metadata.get(Metadata.TIME).orElse(null);
        if (!streamer.realTime.value() || time == null) {
            return Pace.gap(streamer.rate.value());
        }
        if (before != null && time.compareTo(before) >= 0) {
            storedGap = time.minus(before).toNanos();
        }
        // From the last frame to the first, in a loop, it takes as long as before.
        return storedGap;
    }

    private Next<K> send(Next.Item<K> item, long gap, boolean single) {
        boolean again = !single && sent < streamer.replays.value();
        elapsed += first ? 0 : gap;
        Metadata metadata = item.metadata().with(Metadata.INDEX, place);
        OptionalLong count = count();
        if (count.isPresent()) {
            metadata = metadata.with(Metadata.COUNT, count.getAsLong());
        }
        before = metadata.get(Metadata.TIME).orElse(null);
        if (before == null && gap > 0) {
            metadata = metadata.with(Metadata.TIME, Duration.ofNanos(elapsed));
        }
        playback.sent(place, seen);
        ready = null;
        sent = again ? sent + 1 : 0;
        place += again ? 0 : 1;
        first = false;
        return new Next.Item<>(item.key(), metadata);
    }

    @Override
    public void close() {
        recording.close();
    }
}
