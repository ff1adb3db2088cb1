// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.fastpipeline.core.data.Key;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.memory.Allocator;

/// One node's work on one frame: what it reads, what it puts.
///
/// Used by the one thread that the executor gave it to, and only until the node's method returns; so are all
/// payloads read or allocated through it. What is to be kept longer is retained. Puts count only if the method
/// returns.
public interface Step {
    /// The frame being worked on.
    FrameId frame();

    /// The value on `in`.
    ///
    /// @throws org.fastpipeline.core.error.MissingValueException if the port has no value: unconnected, skipped or
    /// failed
    <T> T get(In<T> in);

    /// The value on an optional input, if it is connected.
    <T> Optional<T> find(In<T> in);

    /// The values on all connections of `in`, in order.
    <T> List<T> get(Ins<T> in);

    /// The outcome on `in`; of use on ports declared for outcomes.
    <T> Outcome<T> outcome(In<T> in);

    /// The value of one of the node's parameters, as it was when the frame was admitted.
    <T> T get(Parameter<T> parameter);

    /// The union of the inputs' metadata; a key set in a child domain shadows its ancestors'.
    Metadata metadata();

    /// Puts the result for `out`; a payload becomes read-only. What is never put is skipped.
    <T> void put(Out<T> out, T value);

    /// Says why there is no result for `out`.
    void skip(Out<?> out, String reason);

    /// Says that `out` has no result because of `cause`; other outputs of the step are not touched by it.
    void fail(Out<?> out, FastException cause);

    /// Adds metadata to all outputs of this step.
    <T> void tag(Key<T> key, T value);

    /// Adds all entries of `metadata` to all outputs of this step.
    default void tag(Metadata metadata) {
        metadata.entries().keySet().forEach(key -> tag(metadata, key));
    }

    private <T> void tag(Metadata metadata, Key<T> key) {
        tag(key, metadata.get(key).orElseThrow());
    }

    /// The run's time; a source that keeps a rate takes it from the step that opens it.
    TimeSource clock();

    /// Memory for results and scratch; what is not put is given back when the method returns.
    Allocator memory();

    /// Times a part of the work, such as `inference`, until it is closed; an exception closes it too.
    ///
    /// ```java
    /// try (var _ = step.timer("inference")) {
    ///     model.run(...);
    /// }
    /// ```
    ///
    /// Costs nothing if the node is not measured. The times of one part in one step are added up.
    default Timer timer(String part) {
        long begun = clock().nanoTime();
        return () -> time(part, Duration.ofNanos(clock().nanoTime() - begun));
    }

    /// Reports the time of a part of the work that something else has taken, such as a device.
    void time(String part, Duration duration);

    /// A part of the work being timed; used by the step's thread, and closed once.
    interface Timer extends AutoCloseable {
        /// The part is over.
        @Override
        void close();
    }
}
