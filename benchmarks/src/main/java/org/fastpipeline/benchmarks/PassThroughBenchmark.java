// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.benchmarks;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.run.Pipeline;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Whether pixels are copied on their way: an image of 6.2 MB goes through ten nodes, against one copy of it.
///
/// An operation is one image. Ten nodes that copied would take ten copies; ten that do not take far less than one.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PassThroughBenchmark {
    private static final int FRAMES = 500;
    private static final int NODES = 10;
    private static final ImageSpec SPEC = ImageSpec.of(1920, 1080, ChannelOrder.BGR, ElementType.U8);

    private final Pipeline pipeline = Chain.of(Image.class, FRAMES, NODES, step -> Image.allocate(SPEC, step.memory()));
    private final Arena arena = Arena.ofShared();
    private final MemorySegment from = arena.allocate(SPEC.bytes(), 64).fill((byte) 1);
    private final MemorySegment to = arena.allocate(SPEC.bytes(), 64).fill((byte) 2);

    /// An image from its allocation through ten nodes to its release.
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long tenNodes() {
        return Chain.drain(pipeline, Chain.options(1));
    }

    /// One copy of it.
    @Benchmark
    public MemorySegment oneCopy() {
        return to.copyFrom(from);
    }

    /// Gives the memory back.
    @TearDown
    public void close() {
        arena.close();
    }
}
