// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImagePyramid;
import org.fastpipeline.core.data.Key;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.data.PyramidSpec.Scale;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
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
import org.fastpipeline.core.memory.Leased;
import org.fastpipeline.core.memory.MemoryPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is stitched so far, seen after each patch.
@Tag("behaviour-113")
class SnapshotTest {
    private static final PatchGrid GRID = new PatchGrid(
            Pictures.grey(30, 10), new Extent(10, 10, 1), new Extent(0, 0, 0), Scale.FULL, OptionalDouble.empty());

    private final MemoryPool pool = new MemoryPool(1 << 24, true);
    private final Allocator memory = bytes -> pool.allocate(bytes, "test");

    @TempDir
    private Path folder;

    /// In validate mode the pool fails here if anything was left open, or changed after it was shown.
    @AfterEach
    void nothingIsLeftOpen() {
        pool.close();
    }

    /// One call of a stitcher: a patch with its value, or none for the parent's.
    private final class Call implements Step, AutoCloseable {
        private final Metadata metadata;
        private final Object value;
        private final Map<Out<?>, Object> puts = new HashMap<>();
        private final List<Leased<?>> taken = new ArrayList<>();

        Call(long id, Object value) {
            this.metadata = Metadata.EMPTY.with(Patch.KEY, new Patch(id, GRID, 0, Metadata.EMPTY));
            this.value = value;
        }

        <T> T result(Out<T> out) {
            return out.type().cast(Objects.requireNonNull(puts.get(out)));
        }

        @Override
        public FrameId frame() {
            return new FrameId(Optional.empty(), "patches", 0);
        }

        @Override
        public <T> T get(In<T> in) {
            return in.type().cast(value);
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
        public <T> T get(Parameter<T> parameter) {
            return parameter.value();
        }

        @Override
        public Metadata metadata() {
            return metadata;
        }

        @Override
        public <T> void put(Out<T> out, T result) {
            if (result instanceof Leased<?> payload) {
                payload.publish();
                puts.put(out, payload.retain("viewer"));
            } else {
                puts.put(out, result);
            }
        }

        @Override
        public void skip(Out<?> out, String reason) {}

        @Override
        public void fail(Out<?> out, FastException cause) {}

        @Override
        public <T> void tag(Key<T> key, T tagged) {}

        @Override
        public TimeSource clock() {
            return TimeSource.SYSTEM;
        }

        @Override
        public Allocator memory() {
            return bytes -> {
                Lease lease = pool.allocate(bytes, "a step");
                taken.add(lease);
                return lease;
            };
        }

        @Override
        public void time(String part, Duration duration) {}

        @Override
        public void close() {
            taken.forEach(Leased::close);
            puts.values().forEach(put -> {
                if (put instanceof Leased<?> payload) {
                    payload.close();
                }
            });
        }
    }

    private Image patch(int value) {
        Image image = Image.allocate(Pictures.grey(10, 10), memory);
        image.fill(value);
        return image;
    }

    private <T> void add(PatchFold<T> stitcher, PatchFold.Gathered<T> gathered, long id, Object value) {
        try (Call call = new Call(id, value)) {
            stitcher.add(gathered, call);
        }
    }

    private static List<Byte> columns(Image image) {
        return List.of(
                image.pixels().get(ValueLayout.JAVA_BYTE, 0),
                image.pixels().get(ValueLayout.JAVA_BYTE, 10),
                image.pixels().get(ValueLayout.JAVA_BYTE, 20));
    }

    @Test
    void imagesShownEarlierAreNotTornByLaterPatches() {
        PatchStitcher stitcher = new PatchStitcher();
        try (Call parent = new Call(0, 0);
                Call first = new Call(0, 0);
                Call second = new Call(0, 0);
                Image one = patch(1);
                Image two = patch(2)) {
            PatchFold.Gathered<Image> gathered = stitcher.begin(parent);
            add(stitcher, gathered, 0, one);
            stitcher.snapshot(gathered, first);
            add(stitcher, gathered, 1, two);
            stitcher.snapshot(gathered, second);
            add(stitcher, gathered, 2, one);
            stitcher.finish(gathered, parent);
            stitcher.close(gathered);

            assertThat(columns(first.result(stitcher.image))).containsExactly((byte) 1, (byte) 0, (byte) 0);
            assertThat(columns(second.result(stitcher.image))).containsExactly((byte) 1, (byte) 2, (byte) 0);
            assertThat(columns(parent.result(stitcher.image))).containsExactly((byte) 1, (byte) 2, (byte) 1);
        }
    }

    @Test
    void pyramidsShownEarlierAreNotTornByLaterPatches() {
        PatchStitcher stitcher = new PatchStitcher();
        stitcher.alwaysPyramid.set(true);
        stitcher.folder.set(folder);
        try (Call parent = new Call(0, 0);
                Call first = new Call(0, 0);
                Image one = patch(1);
                Image two = patch(2)) {
            PatchFold.Gathered<Image> gathered = stitcher.begin(parent);
            add(stitcher, gathered, 0, one);
            stitcher.snapshot(gathered, first);
            add(stitcher, gathered, 1, two);
            stitcher.finish(gathered, parent);
            stitcher.close(gathered);

            Box all = new Box(0, 0, 30, 10);
            ImagePyramid early = first.result(stitcher.pyramid);
            ImagePyramid whole = parent.result(stitcher.pyramid);
            try (Image before = early.read(0, all, memory);
                    Image after = whole.read(0, all, memory)) {
                assertThat(columns(before)).containsExactly((byte) 1, (byte) 0, (byte) 0);
                assertThat(columns(after)).containsExactly((byte) 1, (byte) 2, (byte) 0);
            }
        }
    }

    @Test
    void tensorsShownEarlierAreNotTornByLaterPatches() {
        TensorStitcher stitcher = new TensorStitcher();
        TensorSpec vector = TensorSpec.of("C", ElementType.F32, 1);
        try (Call parent = new Call(0, 0);
                Call first = new Call(0, 0);
                Tensor one = Tensor.of(vector, memory, 1);
                Tensor two = Tensor.of(vector, memory, 2)) {
            PatchFold.Gathered<Tensor> gathered = stitcher.begin(parent);
            add(stitcher, gathered, 0, one);
            stitcher.snapshot(gathered, first);
            add(stitcher, gathered, 2, two);
            stitcher.finish(gathered, parent);
            stitcher.close(gathered);

            assertThat(first.result(stitcher.tensor).toFloats()).containsExactly(1, 0, 0);
            assertThat(parent.result(stitcher.tensor).toFloats()).containsExactly(1, 0, 2);
        }
    }
}
