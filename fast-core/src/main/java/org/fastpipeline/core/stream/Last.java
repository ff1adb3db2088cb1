// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.Fold;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.memory.Leased;

/// The value of a stream's last frame, with its metadata; skipped if the stream has none.
///
/// Pulling it runs the stream to its end; pulling again costs nothing until a
/// parameter upstream has changed. How far the stream is tells the run's listener.
///
/// @param <T> what the stream carries
public final class Last<T> extends Fold<Deque<Map.Entry<T, Metadata>>> {
    /// The frames.
    public final In<T> frames;

    /// The value of the last one.
    public final Out<T> last;

    /// @param type what the stream carries
    public Last(Class<T> type) {
        this.frames = in("frames", type, "the frames");
        this.last = out("last", type, "the value of the last frame");
    }

    @Override
    public Deque<Map.Entry<T, Metadata>> begin(Step parent) {
        return new ArrayDeque<>();
    }

    @Override
    public void add(Deque<Map.Entry<T, Metadata>> newest, Step child) {
        T value = child.get(frames);
        T kept = value instanceof Leased<?> payload ? frames.type().cast(payload.retain(this)) : value;
        close(newest);
        newest.clear();
        newest.add(Map.entry(kept, child.metadata()));
    }

    @Override
    public void finish(Deque<Map.Entry<T, Metadata>> newest, Step parent) {
        if (newest.isEmpty()) {
            parent.skip(last, "the stream has no frame");
        } else {
            parent.tag(newest.element().getValue());
            parent.put(last, newest.element().getKey());
        }
    }

    @Override
    public void close(Deque<Map.Entry<T, Metadata>> newest) {
        newest.forEach(entry -> {
            if (entry.getKey() instanceof Leased<?> payload) {
                payload.close();
            }
        });
    }
}
