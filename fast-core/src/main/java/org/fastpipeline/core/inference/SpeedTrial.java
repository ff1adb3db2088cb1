// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.TimeSource;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.MemoryPool;

/// Times the candidates of an order on the model itself, one after the other, and puts the fastest first: each is
/// loaded, warmed up and called again and again on one session for a moment; the median of the calls counts.
///
/// @param clock what time it is
/// @param loader loads the model with a candidate
/// @param cache where answers are kept
/// @param key all that the answer depends on, in text
record SpeedTrial(TimeSource clock, Loader loader, TrialCache cache, String key) {
    /// Images in a batch, where the model leaves the number open: enough that not the call alone is timed.
    static final long BATCH = 16;

    private static final long WARM_UP = 200_000_000;
    private static final long TRIAL = 300_000_000;
    private static final long MEMORY = 8L << 30;
    private static final double NANOS_PER_MILLISECOND = 1e6;

    /// Loads the model with a candidate; the caller closes it.
    interface Loader {
        Model load(EngineOrder.Candidate candidate);
    }

    /// What came out.
    ///
    /// @param nanos median time of a call, by the candidate's [#label]
    /// @param failures why others have none
    private record Figures(ImmutableMap<String, Long> nanos, ImmutableMap<String, String> failures) {}

    /// `order` with the fastest first; those that could not be timed come last.
    EngineOrder order(EngineOrder order) {
        ImmutableList<EngineOrder.Candidate> candidates = order.candidates();
        if (candidates.size() == 1) {
            return order;
        }
        List<String> labels = candidates.stream().map(SpeedTrial::label).toList();
        Optional<ImmutableMap<String, Long>> kept = cache.read(key, labels);
        Figures figures =
                kept.map(nanos -> new Figures(nanos, ImmutableMap.of())).orElseGet(() -> measured(candidates));
        String trouble = kept.isPresent() || figures.nanos.isEmpty() ? "" : cache.write(key, figures.nanos);
        String all = text(figures)
                + (kept.isPresent() ? " when measured before, see " + cache.file(key) : " when measured now")
                + (trouble.isEmpty() ? "" : ", which could not be kept: " + trouble);
        Comparator<EngineOrder.Candidate> byTime =
                Comparator.comparing(candidate -> figures.nanos.getOrDefault(label(candidate), Long.MAX_VALUE));
        return new EngineOrder(
                candidates.stream()
                        .sorted(byTime)
                        .map(candidate -> candidate.because(all))
                        .collect(ImmutableList.toImmutableList()),
                order.passedOver());
    }

    private static String label(EngineOrder.Candidate candidate) {
        return candidate.name() + " " + candidate.format();
    }

    private static String text(Figures figures) {
        StringJoiner text = new StringJoiner(", ");
        figures.nanos.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(figure -> String.format(
                        Locale.ROOT, "%s took %.3f ms", figure.getKey(), figure.getValue() / NANOS_PER_MILLISECOND))
                .forEach(text::add);
        figures.failures.forEach((label, reason) -> text.add(label + " could not be timed (" + reason + ")"));
        return text.toString();
    }

    private Figures measured(List<EngineOrder.Candidate> candidates) {
        Map<String, Long> nanos = new LinkedHashMap<>();
        Map<String, String> failures = new LinkedHashMap<>();
        for (EngineOrder.Candidate candidate : candidates) {
            try (Model model = loader.load(candidate)) {
                nanos.put(label(candidate), median(model));
            } catch (FastException unfit) {
                failures.put(label(candidate), String.valueOf(unfit.getMessage()));
            } catch (RuntimeException | LinkageError broken) {
                failures.put(label(candidate), broken.toString());
            }
        }
        return new Figures(ImmutableMap.copyOf(nanos), ImmutableMap.copyOf(failures));
    }

    private long median(Model model) {
        try (MemoryPool pool = new MemoryPool(MEMORY, false);
                Session session = model.openSession()) {
            Allocator memory = bytes -> pool.allocate(bytes, "the trial of an engine");
            List<Tensor> inputs = ExampleInputs.of(model.inputs(), memory, BATCH);
            try {
                calls(session, inputs, memory, WARM_UP);
                List<Long> times = calls(session, inputs, memory, TRIAL);
                times.sort(null);
                return Math.max(1, times.get(times.size() / 2));
            } finally {
                inputs.forEach(Tensor::close);
            }
        }
    }

    /// Times of calls one after the other for that long, of one at least.
    private List<Long> calls(Session session, List<Tensor> inputs, Allocator memory, long atLeast) {
        List<Long> times = new ArrayList<>();
        long start = clock.nanoTime();
        for (long now = start; now - start < atLeast; ) {
            List<Tensor> outputs = new ArrayList<>();
            try {
                session.run(inputs, (_, spec) -> {
                    Tensor output = Tensor.allocate(spec, memory);
                    outputs.add(output);
                    return output;
                });
            } finally {
                outputs.forEach(Tensor::close);
            }
            long after = clock.nanoTime();
            times.add(after - now);
            now = after;
        }
        return times;
    }
}
