// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.stream;

import java.util.OptionalLong;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.ParameterException;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Step;

/// A stream of what a function makes of the frame's place; frames are made by all workers at once.
///
/// ```java
/// var ramps = new GeneratorStreamer<>(Image.class, 100, (place, step) -> ramp(place, step.memory()));
/// ```
///
/// A frame whose making throws fails with that cause; the others come.
///
/// @param <T> type of the values
public final class GeneratorStreamer<T> extends Streamer<Long> {
    /// What the function made.
    public final Out<T> value;

    private final long count;
    private final Generator<? extends T> generator;

    /// Makes the value of a frame.
    ///
    /// @param <T> type of the values
    @FunctionalInterface
    public interface Generator<T> {
        /// Called by several workers at once; the result depends on the place alone. What is allocated comes from
        /// `step.memory()`.
        ///
        /// @param place from 0
        T make(long place, Step step) throws Exception;
    }

    /// @param type type of the values
    /// @param count how many there are; [Long#MAX_VALUE] for no end
    /// @param generator makes one
    public GeneratorStreamer(Class<T> type, long count, Generator<? extends T> generator) {
        this.value = out("value", type, "what the function made");
        this.count = count;
        this.generator = generator;
        if (count < 0) {
            throw new ParameterException(name() + ".count", Long.toString(count), "0 or more");
        }
    }

    @Override
    public Recording<Long> recording(Step step) {
        return new Recording<>() {
            @Override
            public Next<Long> at(long place) {
                return place < count ? new Next.Item<>(place, Metadata.EMPTY) : new Next.End<>();
            }

            @Override
            public OptionalLong count() {
                return count < Long.MAX_VALUE ? OptionalLong.of(count) : OptionalLong.empty();
            }
        };
    }

    @Override
    public void load(Long place, Step step) throws Exception {
        step.put(value, generator.make(place, step));
    }
}
