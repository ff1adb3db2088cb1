// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.error.GraphException;
import org.fastpipeline.core.graph.Domain;
import org.fastpipeline.core.graph.Graph;
import org.fastpipeline.core.graph.Ins;
import org.fastpipeline.core.graph.Lane;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.ProcessObject;

/// A valid graph made from a seed: static parts, streams, children, folds, restreams, all kinds of nodes, failures;
/// with what is wanted of it and what is changed meanwhile.
final class RandomGraph {
    /// Ports of one domain and those that enclose it.
    record Wish(List<Out<?>> ports, boolean newestOnly) {
        Domain domain(Graph graph) {
            return ports.stream().map(graph::domain).reduce(Graph.ROOT, (a, b) -> a.encloses(b) ? b : a);
        }
    }

    /// What is subscribed to; the first wants every frame.
    final List<Wish> wishes = new ArrayList<>();

    /// Sinks: one beside the first wish, perhaps another elsewhere.
    final List<RandomNodes.Recorder> recorders = new ArrayList<>();

    final Graph graph;
    final Changes changes;

    private static final List<Lane> LANES =
            List.of(Lane.CPU, Lane.CPU, Lane.CPU, Lane.CPU, Lane.CPU, Lane.IO, Lane.GL, Lane.device(0));

    private final Random random;
    private final List<Out<Tensor>> outs = new ArrayList<>();
    private final Map<Out<?>, Domain> domains = new HashMap<>();
    private final int frames;
    private final int failures;

    RandomGraph(long seed, int frames) {
        this.random = new Random(seed);
        this.frames = frames;
        this.failures = random.nextInt(3) == 0 ? 0 : 20 + random.nextInt(60);
        keep(add(new RandomStreams.Opener(random.nextLong(), frames, failures, false)));
        int size = 4 + random.nextInt(14);
        while (outs.size() < size) {
            grow();
        }
        Out<Tensor> main = outs.getLast();
        for (int i = outs.size() - 1; waitsInACircle(List.of(main)); i--) {
            main = outs.get(i);
        }
        wish(main, false);
        record(main);
        boolean alone = random.nextBoolean();
        for (int more = alone ? 0 : 1 + random.nextInt(2); more > 0; more--) {
            wish(pick(), random.nextInt(3) == 0);
        }
        if (!alone && random.nextBoolean()) {
            record(pick());
        }
        this.graph = Graph.of(ports(), recorders);
        this.changes = Changes.draw(graph, wishes, random, frames);
    }

    private List<Out<?>> ports() {
        return wishes.stream().<Out<?>>flatMap(wish -> wish.ports().stream()).toList();
    }

    private void grow() {
        long seed = random.nextLong();
        switch (random.nextInt(13)) {
            case 0 -> keep(add(new RandomStreams.Opener(seed, frames, failures, false)));
            case 1, 2 -> {
                RandomStreams.Opener opener = new RandomStreams.Opener(seed, 5, failures, true);
                feed(opener.in);
                keep(add(opener));
            }
            case 3 -> {
                RandomNodes.Mixer constant = new RandomNodes.Mixer(seed, 0, 1);
                keep(constant.out);
            }
            case 4, 5, 6 -> {
                RandomNodes.Mixer mixer = new RandomNodes.Mixer(
                        seed, failures, random.nextInt(3) == 0 ? 3 : 1, LANES.get(random.nextInt(LANES.size())));
                feed(mixer.in);
                keep(mixer.out);
            }
            case 7, 8 -> {
                RandomNodes.Memory memory = new RandomNodes.Memory(
                        seed, random.nextInt(3) == 0 ? failures : 0, random.nextBoolean(), random.nextInt(3) == 0);
                feed(memory.in);
                keep(memory.out);
            }
            case 9 -> {
                RandomStreams.Gatherer fold = new RandomStreams.Gatherer(seed, failures, random.nextBoolean());
                fold.in.from(pick());
                keep(fold.out);
            }
            case 10 -> {
                RandomStreams.Zip zip = new RandomStreams.Zip();
                Out<Tensor> left = pick();
                Out<Tensor> right = pick();
                zip.left.from(left);
                zip.right.from(right);
                if (domain(List.of(left)).depth() == domain(List.of(right)).depth()) {
                    keep(zip.out);
                }
            }
            case 11 -> {
                RandomStreams.Group group = new RandomStreams.Group(2 + random.nextInt(3));
                group.in.from(pick());
                keep(group.out);
            }
            default -> {
                RandomNodes.Tolerant tolerant = new RandomNodes.Tolerant();
                tolerant.in.from(pick());
                RandomNodes.Passer passer = new RandomNodes.Passer();
                passer.in.from(tolerant.out);
                keep(passer.out);
            }
        }
    }

    private static Out<Tensor> add(RandomStreams.Opener opener) {
        return opener.out;
    }

    private Out<Tensor> pick() {
        return outs.get(random.nextInt(outs.size()));
    }

    private void feed(Ins<Tensor> in) {
        int feeds = 1 + random.nextInt(3);
        for (int i = 0; i < feeds; i++) {
            in.from(pick());
        }
    }

    /// Keeps an output if the graph with it has no fault.
    private void keep(Out<Tensor> out) {
        ProcessObject node = out.owner();
        node.name(node.name() + outs.size());
        try {
            domains.put(out, Graph.of(List.of(out), List.of()).domain(out));
            outs.add(out);
        } catch (GraphException fault) {
            // Another node is drawn instead.
        }
    }

    private void record(Out<Tensor> out) {
        RandomNodes.Recorder recorder = new RandomNodes.Recorder();
        recorder.name("recorder" + recorders.size());
        recorder.in.from(out);
        if (!waitsInACircle(List.of(out))) {
            recorders.add(recorder);
        }
    }

    private void wish(Out<Tensor> main, boolean newestOnly) {
        List<Out<?>> ports = new ArrayList<>(List.of(main));
        for (Out<Tensor> out : outs) {
            if (random.nextBoolean() && isBeside(ports, out)) {
                ports.add(out);
            }
        }
        if (!waitsInACircle(ports)) {
            wishes.add(new Wish(ports, newestOnly));
        } else if (wishes.isEmpty()) {
            wishes.add(new Wish(List.of(main), newestOnly));
        }
    }

    /// Whether frames of one stream would wait for the end of another, which in turn waits for theirs, if some ports
    /// were asked for together beside all others: the graph would have a fault.
    private boolean waitsInACircle(List<? extends Out<?>> together) {
        List<Out<?>> all = new ArrayList<>(ports());
        all.addAll(together);
        List<List<? extends Out<?>>> asked = new ArrayList<>(List.of(together));
        wishes.forEach(wish -> asked.add(wish.ports()));
        try {
            Graph.of(all, recorders).requireNoCircle(asked);
            return false;
        } catch (GraphException fault) {
            return true;
        }
    }

    private boolean isBeside(List<Out<?>> ports, Out<Tensor> out) {
        if (ports.contains(out)) {
            return false;
        }
        List<Out<?>> together = new ArrayList<>(ports);
        together.add(out);
        Domain deepest = domain(together);
        return domain(ports).equals(deepest)
                && together.stream()
                        .allMatch(port ->
                                Graph.of(List.of(port), List.of()).domain(port).encloses(deepest))
                && hasNoFaultTogether(together);
    }

    /// A port known only after the last frame cannot be shown with the frames: a node that reads both finds out.
    private static boolean hasNoFaultTogether(List<Out<?>> together) {
        RandomNodes.Mixer probe = new RandomNodes.Mixer(0, 0, 1);
        together.forEach(port -> probe.in.from(tensor(port)));
        try {
            Graph.of(List.of(probe.out), List.of());
            return true;
        } catch (GraphException fault) {
            return false;
        }
    }

    @SuppressWarnings("unchecked")
    private static Out<Tensor> tensor(Out<?> port) {
        return (Out<Tensor>) port;
    }

    private Domain domain(List<Out<?>> some) {
        return some.stream()
                .map(port -> Objects.requireNonNull(domains.get(port)))
                .reduce(Graph.ROOT, (a, b) -> a.encloses(b) ? b : a);
    }
}
