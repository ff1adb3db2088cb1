// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.run.Pipeline;

/// How well a run uses cores: what the executor adds to the CPU time of its nodes, what a second worker brings, and how
/// near a pipeline with a stateful stage comes to what is possible.
///
/// All nodes burn about a millisecond of CPU each. What is compared alternates within a round, in the order A B B A, so
/// that a machine that grows slower or faster favours neither; other programs can make a round worse, never better.
/// Prints one line of JSON: the ratios of all rounds, by name.
public final class CoreUse {
    private static final int FRAMES = 300;
    private static final int WORKERS = 2;

    /// Rounds until the JVM has compiled all that it will: its compiler threads take the cores from the workers.
    private static final int WARM_UP = 3;

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final Burner burner = Burner.of(1);
    private final Burner half = Burner.of(0.5);
    private final Burner twice = Burner.of(2);
    private final Map<String, List<Double>> ratios = new LinkedHashMap<>();

    private CoreUse() {}

    /// Runs the given number of rounds, 5 unless given.
    ///
    /// @param args the number of rounds
    public static void main(String[] args) throws InterruptedException {
        CoreUse use = new CoreUse();
        int rounds = args.length == 0 ? 5 : Integer.parseInt(args[0]);
        for (int i = 0; i < WARM_UP; i++) {
            use.round();
        }
        use.ratios.clear();
        for (int i = 0; i < rounds; i++) {
            use.round();
        }
        System.out.println(use.json());
    }

    private void round() throws InterruptedException {
        Pipeline stateless = stateless();
        burner.secondsAndReset();
        long used = system.getProcessCpuTime();
        double one = seconds(stateless, 1);
        double process = (system.getProcessCpuTime() - used) / 1e9;
        double burnt = burner.secondsAndReset();
        double two = seconds(stateless, WORKERS) + seconds(stateless, WORKERS);
        double again = seconds(stateless, 1);
        burner.secondsAndReset();
        note("wall time of one worker / CPU time of its nodes", one / burnt);
        note("CPU time of the process / of its nodes", process / burnt);
        note("one worker / two workers", (one + again) / two);
        note("one plain thread / two plain threads", threads(1) / threads(WORKERS));
        pipelining("of the bound, cores", burner, half, half);
        pipelining("of the bound, stateful stage", half, twice, half);
    }

    /// Four stateless nodes in a row.
    private Pipeline stateless() {
        Out<Long> end = Chain.source(Long.class, FRAMES, _ -> 1L);
        for (int i = 0; i < 4; i++) {
            end = BurnNodes.stateless(end, burner);
        }
        return Pipeline.to(end);
    }

    /// A stateless, a stateful and a stateless stage: frames per second over the bound for two workers.
    ///
    /// The bound is min(1 / slowest stateful stage, cores / CPU seconds per frame), after what the stages burnt.
    private void pipelining(String name, Burner before, Burner ordered, Burner after) {
        Burner first = before.another();
        Burner second = ordered.another();
        Burner third = after.another();
        Out<Long> end = Chain.source(Long.class, FRAMES, _ -> 1L);
        end = BurnNodes.stateless(end, first);
        end = BurnNodes.stateful(end, second);
        end = BurnNodes.stateless(end, third);
        double took = seconds(Pipeline.to(end), WORKERS);
        double inOrder = second.secondsAndReset();
        double all = first.secondsAndReset() + inOrder + third.secondsAndReset();
        note(name, Math.max(inOrder, all / WORKERS) / took);
    }

    private static double seconds(Pipeline pipeline, int workers) {
        long begun = System.nanoTime();
        Chain.drain(pipeline, Chain.options(workers));
        return (System.nanoTime() - begun) / 1e9;
    }

    /// The same work, shared out in advance among threads that know of nothing else: what the machine allows.
    private double threads(int count) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        long begun = System.nanoTime();
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                long result = 0;
                for (int done = 0; done < 4 * FRAMES / count; done++) {
                    result = burner.burn(result);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        burner.secondsAndReset();
        return (System.nanoTime() - begun) / 1e9;
    }

    private void note(String name, double ratio) {
        ratios.computeIfAbsent(name, _ -> new ArrayList<>()).add(ratio);
        System.err.printf(Locale.ROOT, "%-50s %.3f%n", name, ratio);
    }

    private String json() {
        List<String> members = new ArrayList<>();
        ratios.forEach((name, values) -> members.add("\"" + name + "\": " + values));
        return "{" + String.join(", ", members) + "}";
    }
}
