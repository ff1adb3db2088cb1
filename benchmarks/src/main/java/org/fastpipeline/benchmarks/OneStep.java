// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Images;
import org.fastpipeline.core.data.Key;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.FrameId;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Ins;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.graph.TimeSource;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.Lease;

/// A step outside of a run, of a node that reads images and puts a tensor; used by one thread, again and again.
final class OneStep implements Step, AutoCloseable {
    private final Images images;
    private final Allocator memory;
    private final List<Lease> leases = new ArrayList<>();
    private Optional<Tensor> put = Optional.empty();

    OneStep(List<Image> images, Allocator memory) {
        this.images = Images.of(images);
        this.memory = memory;
    }

    /// What was put; its memory, and all that the step took, goes back.
    Tensor take() {
        leases.forEach(Lease::close);
        leases.clear();
        return put.orElseThrow();
    }

    @Override
    public FrameId frame() {
        return new FrameId(Optional.empty(), "benchmark", 0);
    }

    @Override
    public <T> T get(In<T> in) {
        return in.type().cast(images);
    }

    @Override
    public <T> T get(Parameter<T> parameter) {
        return parameter.value();
    }

    @Override
    public <T> void put(Out<T> out, T value) {
        put = Optional.of((Tensor) value);
    }

    @Override
    public Allocator memory() {
        return bytes -> {
            Lease lease = memory.allocate(bytes);
            leases.add(lease);
            return lease;
        };
    }

    @Override
    public TimeSource clock() {
        return TimeSource.SYSTEM;
    }

    @Override
    public Metadata metadata() {
        return Metadata.EMPTY;
    }

    @Override
    public <T> Optional<T> find(In<T> in) {
        return Optional.of(get(in));
    }

    @Override
    public <T> List<T> get(Ins<T> in) {
        return List.of();
    }

    @Override
    public <T> Outcome<T> outcome(In<T> in) {
        return new Outcome.Value<>(get(in));
    }

    @Override
    public void skip(Out<?> out, String reason) {}

    @Override
    public void fail(Out<?> out, FastException cause) {}

    @Override
    public <T> void tag(Key<T> key, T value) {}

    @Override
    public void time(String part, Duration duration) {}

    @Override
    public void close() {
        images.close();
    }
}
