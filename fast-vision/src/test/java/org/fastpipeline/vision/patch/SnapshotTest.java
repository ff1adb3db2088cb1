// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.patch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.Uninterruptibles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImagePyramid;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.memory.Leased;
import org.fastpipeline.core.memory.MemoryPool;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.core.run.Subscription;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is stitched so far, as a viewer sees it after each patch.
@Tag("behaviour-113")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SnapshotTest {
    private static final int PATCHES = 3;

    private final PatchGenerator generator = new PatchGenerator();
    private final Gate gate = new Gate();

    @TempDir
    private Path folder;

    /// Lets each patch pass when it is told to: as an image, and as a tensor of its number from 1.
    private static final class Gate extends Stateless {
        final In<Image> in = in("in", Image.class);
        final Out<Image> image = out("image", Image.class);
        final Out<Tensor> number = out("number", Tensor.class);
        private final List<CountDownLatch> latches =
                List.of(new CountDownLatch(1), new CountDownLatch(1), new CountDownLatch(1));

        void open(int patch) {
            latches.get(patch).countDown();
        }

        @Override
        public void execute(Step step) {
            int id = Math.toIntExact(Patch.of(step).id());
            Uninterruptibles.awaitUninterruptibly(latches.get(id));
            step.put(image, step.get(in));
            step.put(number, Tensor.of(TensorSpec.of("C", ElementType.F32, 1), step.memory(), 1f + id));
        }
    }

    @BeforeEach
    void cutAPictureInThree() {
        generator.image.from(new Pictures.Stream(Pictures.grey(30, 10)).image);
        generator.width.set(10);
        generator.height.set(10);
        gate.in.from(generator.patch);
    }

    /// What a viewer of `port` was shown after each patch, looked at only when all had come.
    private <P extends Leased<P>, R> List<R> shown(Out<P> port, Function<P, R> content) {
        RunOptions options = RunOptions.standard().withWorkers(PATCHES + 1);
        try (Run run =
                Pipeline.of(List.of(Subscription.snapshots(port)), List.of()).start(options)) {
            List<P> kept = new ArrayList<>();
            for (int patch = 0; patch < PATCHES; patch++) {
                gate.open(patch);
                kept.add(run.next().orElseThrow().get(port).retain("the viewer"));
            }
            run.finish();
            List<R> contents = kept.stream().map(content).toList();
            kept.forEach(Leased::close);
            return contents;
        }
    }

    private static List<Integer> columns(Image image) {
        byte[] pixels = Pictures.bytes(image);
        return List.of(Byte.toUnsignedInt(pixels[0]), Byte.toUnsignedInt(pixels[10]), Byte.toUnsignedInt(pixels[20]));
    }

    private static void assertOneMoreEachTime(List<List<Integer>> shown) {
        int first = Pictures.sample(0, 0, 0, 0, 0);
        int second = Pictures.sample(0, 10, 0, 0, 0);
        int third = Pictures.sample(0, 20, 0, 0, 0);
        assertThat(shown)
                .containsExactly(List.of(first, 0, 0), List.of(first, second, 0), List.of(first, second, third));
    }

    @Test
    void imagesShownAreNotTornByLaterPatches() {
        PatchStitcher stitcher = new PatchStitcher();
        stitcher.patch.from(gate.image);

        assertOneMoreEachTime(shown(stitcher.image, SnapshotTest::columns));
    }

    @Test
    void pyramidsShownAreNotTornByLaterPatches() {
        PatchStitcher stitcher = new PatchStitcher();
        stitcher.patch.from(gate.image);
        stitcher.alwaysPyramid.set(true);
        stitcher.folder.set(folder);

        assertOneMoreEachTime(shown(stitcher.pyramid, SnapshotTest::columns));
    }

    private static List<Integer> columns(ImagePyramid pyramid) {
        try (MemoryPool pool = new MemoryPool(1 << 20, true);
                Image image = pyramid.read(
                        0, pyramid.spec().image().region().box(), bytes -> pool.allocate(bytes, "the viewer"))) {
            return columns(image);
        }
    }

    @Test
    void tensorsShownAreNotTornByLaterPatches() {
        TensorStitcher stitcher = new TensorStitcher();
        stitcher.patch.from(gate.number);

        assertThat(shown(stitcher.tensor, Tensor::toFloats))
                .containsExactly(new float[] {1, 0, 0}, new float[] {1, 2, 0}, new float[] {1, 2, 3});
    }
}
