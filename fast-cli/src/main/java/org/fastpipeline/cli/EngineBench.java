// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.inference.Availability;
import org.fastpipeline.core.inference.EngineReport;
import org.fastpipeline.core.inference.EngineWish;
import org.fastpipeline.core.inference.Engines;
import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.ModelDescriptor;
import org.fastpipeline.core.memory.MemoryPool;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Measures engines on one network, in turns. Used by one thread.
final class EngineBench implements AutoCloseable {
    private static final int ROUNDS = 5;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long LONGEST_IDLE = TimeUnit.SECONDS.toNanos(1);
    private static final long MEMORY = 16L << 30;

    private final ModelDescriptor descriptor;
    private final long batch;
    private final int threads = Runtime.getRuntime().availableProcessors();
    private final MemoryPool pool = new MemoryPool(MEMORY, false);
    private final List<EngineTrial> trials = new ArrayList<>();
    private final ArrayNode failures = JsonNodeFactory.instance.arrayNode();
    private double seconds;
    private double idleCores;

    EngineBench(ModelDescriptor descriptor, long batch) {
        this.descriptor = descriptor;
        this.batch = batch;
    }

    /// Loads the model with an engine, or notes why that cannot be done.
    ///
    /// @param only the engine alone
    void add(EngineReport report, Engines only, NetworkRequest request) {
        try {
            if (report.availability() instanceof Availability.Unavailable(String reason, String remedy)) {
                throw new EngineException(report.name(), "is not available: " + reason, remedy, null);
            }
            LoadedModel model = only.load(descriptor.sources(), new EngineWish.Auto(), request.options(threads, 1));
            trials.add(new EngineTrial(model, pool, batch));
        } catch (FastException failure) {
            failed(report.name(), failure);
        }
    }

    private void failed(String engine, FastException failure) {
        failures.addObject().put("name", engine).put("problem", Complaint.of(failure));
    }

    /// Whether no engine can run the model.
    boolean isEmpty() {
        return trials.isEmpty();
    }

    /// Measures.
    ///
    /// @param secondsEach for each engine
    void run(double secondsEach) throws InterruptedException {
        seconds = secondsEach;
        long slice = (long) (secondsEach * NANOS_PER_SECOND / (2 * ROUNDS));
        for (EngineTrial trial : List.copyOf(trials)) {
            try {
                trial.warmUp(slice, threads);
            } catch (FastException failure) {
                failed(trial.engine(), failure);
                trials.remove(trial);
                trial.close();
            }
        }
        long pause = Math.min(LONGEST_IDLE, 2 * slice);
        idleCores = Math.min(idle(pause), idle(pause)); // at first the JVM still compiles what has just run
        for (int round = 0; round < ROUNDS; round++) {
            for (EngineTrial trial : trials) {
                trial.latency(slice);
                trial.throughput(slice, threads);
            }
        }
    }

    /// Cores that the process keeps busy while it has nothing to do.
    private static double idle(long nanos) throws InterruptedException {
        Optional<Duration> before = EngineTrial.cpu();
        long start = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(nanos);
        return before.map(earlier -> (double)
                                EngineTrial.cpu().orElse(earlier).minus(earlier).toNanos()
                        / (System.nanoTime() - start))
                .orElse(0.0);
    }

    /// What came out.
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("model")
                .put("name", descriptor.name())
                .put("path", descriptor.folder().toString());
        json.put("batch", batch);
        json.put("seconds_per_engine", seconds);
        json.put("rounds", ROUNDS);
        json.put("cores", threads);
        json.put("idle_cores", EngineTrial.rounded(idleCores));
        ArrayNode engines = json.putArray("engines");
        trials.forEach(trial -> engines.add(trial.json(descriptor, idleCores, threads)));
        engines.addAll(failures);
        return json;
    }

    @Override
    public void close() {
        trials.forEach(EngineTrial::close);
        pool.close();
    }
}
