// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.primitives.Longs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.ModelDescriptor;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.MemoryPool;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The measurement of one engine. Used by one thread, which has others call the model.
final class EngineTrial implements AutoCloseable {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLISECOND = 1e6;
    private static final double DIGITS = 1e6;

    private final LoadedModel model;
    private final Allocator memory;
    private final List<Tensor> inputs;
    private final List<Long> latencies = new ArrayList<>();
    private long calls;
    private long nanos;
    private Optional<Duration> cpu = Optional.of(Duration.ZERO);

    EngineTrial(LoadedModel model, MemoryPool pool, long batch) {
        this.model = model;
        this.memory = bytes -> pool.allocate(bytes, model);
        try {
            this.inputs = model.exampleInputs(memory, batch);
        } catch (FastException unfit) {
            model.close();
            throw unfit;
        }
    }

    /// CPU time of the process, where the system tells it.
    static Optional<Duration> cpu() {
        return ProcessHandle.current().info().totalCpuDuration();
    }

    /// What was taken.
    String engine() {
        return model.choice().engine();
    }

    /// Calls the model from all threads, and forgets it.
    void warmUp(long slice, int threads) throws InterruptedException {
        latency(slice);
        throughput(slice, threads);
        latencies.clear();
        calls = 0;
        nanos = 0;
        cpu = Optional.of(Duration.ZERO);
    }

    /// Times single calls, one at a time: one at least.
    void latency(long slice) throws InterruptedException {
        long start = System.nanoTime();
        for (long now = start; now - start < slice || now == start; ) {
            call();
            long after = System.nanoTime();
            latencies.add(after - now);
            now = after;
        }
    }

    /// Counts the calls of several threads.
    void throughput(long slice, int threads) throws InterruptedException {
        Optional<Duration> before = cpu();
        long start = System.nanoTime();
        try (ExecutorService callers = Executors.newFixedThreadPool(threads)) {
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                counts.add(callers.submit(() -> calls(start, slice)));
            }
            for (Future<Long> count : counts) {
                calls += count.get();
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof FastException known
                    ? known
                    : new EngineException(engine(), "failed: " + failed.getCause(), "Report it", failed);
        }
        nanos += System.nanoTime() - start;
        cpu = cpu.flatMap(sum -> before.flatMap(first -> cpu().map(last -> sum.plus(last.minus(first)))));
    }

    private long calls(long start, long slice) throws InterruptedException {
        long count = 0;
        do {
            call();
            count++;
        } while (System.nanoTime() - start < slice);
        return count;
    }

    private void call() throws InterruptedException {
        List<Tensor> outputs = new ArrayList<>();
        try {
            model.run(inputs, (_, spec) -> {
                Tensor output = Tensor.allocate(spec, memory);
                outputs.add(output);
                return output;
            });
        } finally {
            outputs.forEach(Tensor::close);
        }
    }

    /// What came out.
    ///
    /// @param idleCores cores that the process keeps busy while it has nothing to do
    ObjectNode json(ModelDescriptor descriptor, double idleCores, int threads) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", engine())
                .put("version", model.choice().version())
                .put("format", descriptor.fileOf(model).source().format().word())
                .put("precision", model.choice().precision());
        long[] sorted = Longs.toArray(latencies);
        Arrays.sort(sorted);
        json.putObject("latency")
                .put("calls", sorted.length)
                .put("p50_ms", percentile(sorted, 0.50))
                .put("p90_ms", percentile(sorted, 0.90))
                .put("p99_ms", percentile(sorted, 0.99));
        json.putObject("throughput")
                .put("threads", threads)
                .put("inferences", calls)
                .put("inferences_per_second", rounded(calls / (nanos / NANOS_PER_SECOND)));
        cpu.ifPresent(time -> json.put(
                "cpu_seconds_per_inference",
                rounded(Math.max(0, time.toNanos() - idleCores * nanos) / NANOS_PER_SECOND / calls)));
        return json;
    }

    private static double percentile(long[] sorted, double share) {
        return rounded(sorted[(int) Math.ceil(share * sorted.length) - 1] / NANOS_PER_MILLISECOND);
    }

    static double rounded(double value) {
        return Math.round(value * DIGITS) / DIGITS;
    }

    @Override
    public void close() {
        inputs.forEach(Tensor::close);
        model.close();
    }
}
