// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.text;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.fastpipeline.core.catalog.NodeCatalog;
import org.fastpipeline.core.catalog.NodeType;
import org.fastpipeline.core.catalog.Setting;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Ins;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Parameter.Declaration;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;

/// Small nodes to make pipelines of; what its sinks take is kept here.
final class Shop implements NodeCatalog {
    /// What the sinks took, as `node=value`, in order of arrival.
    final List<String> taken = Collections.synchronizedList(new ArrayList<>());

    /// How many nodes were made so far to be run.
    int made;

    @Override
    public String module() {
        return "shop";
    }

    @Override
    public ImmutableList<NodeType> types() {
        Setting<Integer> frames = Setting.required(Declaration.integer("frames", 3, 0, 1000, "frames", "how many"));
        Setting<String> words = Setting.several(Declaration.text("words", "one", "the words of the text"));
        Setting<Boolean> loud = Setting.optional(Declaration.flag("loud", false, "whether in capitals"));
        return ImmutableList.of(
                new NodeType("Count", "counts frames from 0", ImmutableList.of(frames), (settings, _) -> {
                    made++;
                    return new Count(settings.get(frames));
                }),
                new NodeType(
                        "Words",
                        "puts a text",
                        ImmutableList.of(words, loud),
                        (settings, _) -> new Words(settings.all(words), settings.get(loud))),
                NodeType.of("Scale", "multiplies numbers", Scale::new),
                NodeType.of("Plus", "adds one or two numbers", Plus::new),
                NodeType.of("Total", "adds any number of numbers", Total::new),
                NodeType.of("Halves", "parts numbers", Halves::new),
                NodeType.of("Keep", "keeps numbers", () -> new Keep(taken)));
    }

    static final class Count extends Source<Long> {
        final Out<Long> number = out("number", Long.class, "the frame's number");
        private final int frames;

        Count(int frames) {
            this.frames = frames;
        }

        @Override
        public Cursor<Long> open(Step step) {
            return new Cursor<>() {
                private long next;

                @Override
                public Next<Long> next() {
                    return next == frames ? new Next.End<>() : new Next.Item<>(next++, Metadata.EMPTY);
                }
            };
        }

        @Override
        public void load(Long key, Step step) {
            step.put(number, key);
        }
    }

    static final class Words extends Stateless {
        final Out<String> text = out("text", String.class, "the text");
        private final String value;

        Words(List<String> words, boolean loud) {
            this.value = loud ? String.join(" ", words).toUpperCase(Locale.ROOT) : String.join(" ", words);
        }

        @Override
        public void execute(Step step) {
            step.put(text, value);
        }
    }

    static final class Scale extends Stateless {
        final In<Long> number = in("number", Long.class, "what to multiply");
        final Out<Long> scaled = out("scaled", Long.class, "the product");
        final Parameter<Integer> factor = integer("factor", 2, 1, 10, "", "what to multiply with");
        final Parameter<Boolean> negative =
                parameter(Declaration.flag("negative", false, "whether to change the sign"));
        final Parameter<Integer> mask = parameter(new Declaration<>(
                "mask",
                Integer.class,
                3,
                "an odd number above 0",
                value -> value > 0 && value % 2 == 1,
                Integer::valueOf,
                "pixels",
                "side of a mask"));
        final Parameter<Double> sigma = number("sigma", 1, 1e-3, 100, "pixels", "width of a bell curve");

        @Override
        public void execute(Step step) {
            step.put(scaled, step.get(number) * step.get(factor) * (step.get(negative) ? -1 : 1));
        }
    }

    static final class Plus extends Stateless {
        final In<Long> left = in("left", Long.class, "a number");
        final In<Long> right = optional("right", Long.class, "another one");
        final Out<Long> sum = out("sum", Long.class, "their sum");

        @Override
        public void execute(Step step) {
            step.put(sum, step.get(left) + step.find(right).orElse(0L));
        }
    }

    static final class Total extends Stateless {
        final Ins<Long> numbers = ins("numbers", Long.class, "numbers");
        final Out<Long> total = out("total", Long.class, "their sum");

        @Override
        public void execute(Step step) {
            step.put(
                    total, step.get(numbers).stream().mapToLong(Long::longValue).sum());
        }
    }

    static final class Halves extends Stateless {
        final In<Long> number = in("number", Long.class, "a number");
        final Out<Long> low = out("low", Long.class, "half of it, rounded down");
        final Out<Long> high = out("high", Long.class, "the rest");

        @Override
        public void execute(Step step) {
            step.put(low, step.get(number) / 2);
            step.put(high, step.get(number) - step.get(number) / 2);
        }
    }

    static final class Keep extends Sink<List<String>> {
        final In<Long> number = in("number", Long.class, "what to keep");
        private final List<String> taken;

        Keep(List<String> taken) {
            this.taken = taken;
        }

        @Override
        public List<String> open() {
            return taken;
        }

        @Override
        public void execute(List<String> state, Step step) {
            state.add(name() + "=" + step.get(number));
        }

        @Override
        public void close(List<String> state, Completion completion) {}
    }
}
