// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Key;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Lambda;
import org.fastpipeline.core.graph.Mapping;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.run.TestNodes.Counter;
import org.fastpipeline.core.run.TestNodes.Fill;
import org.fastpipeline.core.run.TestNodes.Split;
import org.fastpipeline.core.run.TestNodes.Sum;
import org.fastpipeline.core.run.TestNodes.Total;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is said of a frame travels with it, from inputs to outputs, and ends with it.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class MetadataFlowTest {
    private static final Key<Long> A = new Key<>("a", Long.class);
    private static final Key<Long> B = new Key<>("b", Long.class);

    /// Puts what it reads; says something of it, if the number is the one given.
    private static final class Tagger extends Stateless {
        final In<Long> in = in("in", Long.class);
        final Out<Long> out = out("out", Long.class);
        private final Key<Long> key;
        private final long value;
        private final Optional<Long> only;

        Tagger(Out<Long> from, Key<Long> key, long value, Optional<Long> only) {
            this.key = key;
            this.value = value;
            this.only = only;
            in.from(from);
        }

        @Override
        public void execute(Step step) {
            if (only.isEmpty() || only.get().equals(step.get(in))) {
                step.tag(key, value);
            }
            step.put(out, step.get(in));
        }
    }

    /// Adds two numbers; of two values of a key the greater one counts.
    private static final class GreaterCounts extends Stateless {
        final In<Long> left = in("left", Long.class);
        final In<Long> right = in("right", Long.class);
        final Out<Long> out = out("out", Long.class);

        @Override
        public void execute(Step step) {
            step.put(out, step.get(left) + step.get(right));
        }

        @Override
        public <T> Optional<T> merge(Key<T> key, T first, T second) {
            return Optional.of((Long) first > (Long) second ? first : second);
        }
    }

    private final Counter counter = new Counter(3);

    private Tagger tagger(Key<Long> key, long value) {
        return new Tagger(counter.number, key, value, Optional.empty());
    }

    private static <T> List<Optional<T>> tags(Out<?> port, Key<T> key) {
        List<Optional<T>> tags = new ArrayList<>();
        try (Run run = Pipeline.to(port).start()) {
            run.forEach(frame -> tags.add(frame.metadata(port).get(key)));
        }
        return tags;
    }

    @Test
    @Tag("behaviour-67")
    void whatIsSaidOfAnInputGoesOnWithANewOutput() {
        Mapping<Long, String> mapping = new Mapping<>(Long.class, String.class, value -> "number " + value);
        mapping.input.from(tagger(A, 1).out);

        assertThat(tags(mapping.output, A)).containsExactly(Optional.of(1L), Optional.of(1L), Optional.of(1L));
    }

    @Test
    @Tag("behaviour-68")
    void whatAnImageSaysOfItselfDoesNotSpreadToImagesMadeOfIt() {
        ImageSpec plain = ImageSpec.of(2, 2, ChannelOrder.GREY, ElementType.U8);
        ImageSpec placed = plain.with(Geometry.UNIT.withSpacing(new Vector3(0.5, 0.5, 2)));
        Lambda scanner = new Lambda("scanner");
        In<Long> number = scanner.input("number", Long.class);
        Out<Image> scan = scanner.output("scan", Image.class);
        scanner.calls(step -> step.put(scan, Image.allocate(placed, step.memory())));
        number.from(counter.number);
        Lambda fresh = new Lambda("fresh");
        In<Image> read = fresh.input("read", Image.class);
        Out<Image> made = fresh.output("made", Image.class);
        fresh.calls(step -> {
            ImageSpec spec = step.get(read).spec();
            ImageSpec own = ImageSpec.of(spec.width(), spec.height(), spec.channels(), spec.type());
            step.put(made, Image.allocate(own, step.memory()));
        });
        read.from(scan);

        try (Pipeline pipeline = Pipeline.to(scan, made)) {
            Frame frame = pipeline.pull().orElseThrow();
            assertThat(frame.get(scan).spec().geometry().spacing()).isEqualTo(new Vector3(0.5, 0.5, 2));
            assertThat(frame.get(made).spec().geometry().spacing()).isEqualTo(new Vector3(1, 1, 1));
        }
    }

    @Test
    @Tag("behaviour-69")
    void severalInputsGiveTheUnionOfWhatIsSaidOfThem() {
        GreaterCounts sum = new GreaterCounts();
        sum.left.from(tagger(A, 1).out);
        sum.right.from(tagger(B, 2).out);

        try (Pipeline pipeline = Pipeline.to(sum.out)) {
            Metadata metadata = pipeline.pull().orElseThrow().metadata(sum.out);
            assertThat(metadata.get(A)).contains(1L);
            assertThat(metadata.get(B)).contains(2L);
        }
    }

    @Test
    @Tag("behaviour-69")
    void aNodeMayHaveARuleForValuesThatDisagree() {
        GreaterCounts sum = new GreaterCounts();
        sum.left.from(tagger(A, 1).out);
        sum.right.from(tagger(A, 2).out);

        assertThat(tags(sum.out, A)).containsExactly(Optional.of(2L), Optional.of(2L), Optional.of(2L));
    }

    @Test
    void aValueThatADeeperOneShadowsDisagreesWithNone() {
        Split children = new Split();
        children.in.from(new Tagger(counter.number, B, 9, Optional.empty()).out);
        Sum above = new Sum();
        above.left.from(tagger(A, 1).out);
        above.right.from(children.child);
        Tagger deeper = new Tagger(above.out, A, 3, Optional.empty());
        Lambda reader = new Lambda("reader");
        Out<Long> out = reader.output("out", Long.class);
        for (Out<Long> from : List.of(tagger(A, 1).out, tagger(A, 2).out, deeper.out)) {
            reader.input("in" + reader.inputs().size(), Long.class).from(from);
        }
        reader.calls(step -> step.put(out, 0L));

        assertThat(tags(out, A)).isNotEmpty().containsOnly(Optional.of(3L));
    }

    @Test
    void theResultOfAFoldSaysWhatItsFrameDoes() {
        Split children = new Split();
        children.in.from(counter.number);
        Total total = new Total(false);
        total.in.from(children.child);

        assertThat(tags(total.out, Metadata.INDEX)).containsExactly(Optional.of(0L), Optional.of(1L), Optional.of(2L));
    }

    @Test
    @Tag("behaviour-70")
    void whatIsSaidOfOneFrameIsNotSaidOfTheNext() {
        Tagger tagger = new Tagger(counter.number, A, 1, Optional.of(1L));

        assertThat(tags(tagger.out, A)).containsExactly(Optional.empty(), Optional.of(1L), Optional.empty());
    }

    @Test
    @Tag("behaviour-75")
    void passingAnObjectOnAltersItForNoOtherReader() {
        Fill fill = new Fill(100);
        fill.in.from(counter.number);
        Lambda pass = new Lambda("pass");
        In<Tensor> in = pass.input("in", Tensor.class);
        Out<Tensor> out = pass.output("out", Tensor.class);
        pass.calls(step -> {
            step.tag(A, 1L);
            step.put(out, step.get(in));
        });
        in.from(fill.out);

        try (Run run = Pipeline.to(fill.out, out).start(RunOptions.standard().withValidate(true))) {
            Frame frame = run.next().orElseThrow();
            assertThat(frame.get(out).address()).isEqualTo(frame.get(fill.out).address());
            assertThat(frame.metadata(out).get(A)).contains(1L);
            assertThat(frame.metadata(fill.out).get(A)).isEmpty();
            frame.get(out).close();
            assertThat(frame.get(out).elements().byteSize()).isEqualTo(100);
            assertThat(frame.get(fill.out).elements().byteSize()).isEqualTo(100);
        }
    }

    /// Files that keep the stamp come with their formats; within a pipeline nothing is lost of it.
    @Test
    @Tag("behaviour-77")
    void theTimeAFrameWasTakenIsKeptThroughThePipeline() {
        Camera camera = new Camera();
        Tagger tagger = new Tagger(camera.number, A, 1, Optional.empty());
        Mapping<Long, String> mapping = new Mapping<>(Long.class, String.class, value -> "number " + value);
        mapping.input.from(tagger.out);

        assertThat(tags(mapping.output, Metadata.CREATED)).containsExactly(Optional.of(Camera.TAKEN));
    }

    /// One number and when it was taken.
    private static final class Camera extends Source<Long> {
        static final Instant TAKEN = Instant.parse("2026-03-01T08:15:30.123456789Z");
        final Out<Long> number = out("number", Long.class);

        @Override
        public Cursor<Long> open(Step step) {
            Iterator<Long> numbers = List.of(5L).iterator();
            return () -> numbers.hasNext()
                    ? new Next.Item<>(numbers.next(), Metadata.EMPTY.with(Metadata.CREATED, TAKEN))
                    : new Next.End<>();
        }

        @Override
        public void load(Long key, Step step) {
            step.put(number, key);
        }
    }
}
