// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.stream;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Step;

/// A stream of values from memory, or of what a sequential generator makes, one frame each.
///
/// `new ValueStreamer<>(Integer.class, List.of(1, 2, 3))` plays a list, and
/// `new ValueStreamer<>(Integer.class, () -> Stream.iterate(1, i -> 2 * i).limit(10).iterator())` what a lambda makes;
/// for another run, a loop or a seek backwards it is asked for a new iterator. What an iterator throws ends the stream
/// with a failed frame. Whoever made leased values keeps them open while runs use them.
///
/// @param <T> type of the values
public final class ValueStreamer<T> extends Streamer<T> {
    /// The value.
    public final Out<T> value;

    private final Iterable<? extends T> values;
    private final ImmutableList<Duration> times;

    /// @param type type of the values
    /// @param values iterated by one thread at a time, from the beginning again for a loop or a seek backwards
    public ValueStreamer(Class<T> type, Iterable<? extends T> values) {
        this.value = out("value", type, "the value");
        this.values = values;
        this.times = ImmutableList.of();
    }

    /// @param type type of the values
    /// @param values the values
    /// @param times the time of each, from the start of the stream; see [#realTime]
    public ValueStreamer(Class<T> type, List<? extends T> values, List<Duration> times) {
        this.value = out("value", type, "the value");
        this.values = ImmutableList.copyOf(values);
        this.times = ImmutableList.copyOf(times);
        if (times.size() != values.size()) {
            throw new WrongUseException(
                    name(),
                    "met " + times.size() + " times for " + values.size() + " values; needed one for each",
                    "Give as many times as values");
        }
    }

    @Override
    public Recording<T> recording(Step step) {
        return new Values();
    }

    @Override
    public void load(T loaded, Step step) {
        step.put(value, loaded);
    }

    private final class Values implements Recording<T> {
        private Iterator<? extends T> iterator = values.iterator();
        private long next;
        private Next<T> last = new Next.End<>();

        @Override
        public Next<T> at(long place) {
            if (place < next - 1) {
                iterator = values.iterator();
                next = 0;
            }
            while (next <= place && iterator.hasNext()) {
                last = item(iterator.next(), next++);
            }
            return place == next - 1 ? last : new Next.End<>();
        }

        private Next<T> item(T at, long place) {
            return new Next.Item<>(
                    at, times.isEmpty() ? Metadata.EMPTY : Metadata.EMPTY.with(Metadata.TIME, times.get((int) place)));
        }

        @Override
        public OptionalLong count() {
            return values instanceof Collection<?> known ? OptionalLong.of(known.size()) : OptionalLong.empty();
        }
    }
}
