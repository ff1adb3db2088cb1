// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TensorStitcherTest {
    private final PatchGenerator generator = new PatchGenerator();
    private final Scores scores = new Scores();
    private final TensorStitcher stitcher = new TensorStitcher();

    /// Two numbers for each patch: its number and ten times that; none for some.
    private static final class Scores extends Stateless {
        final In<Image> in = in("in", Image.class);
        final Out<Tensor> out = out("out", Tensor.class);
        TensorSpec spec = TensorSpec.of("C", ElementType.F32, 2);
        long skipped = -1;
        int batch = 1;

        @Override
        public int batch() {
            return batch;
        }

        @Override
        public void execute(Step step) {
            int id = Math.toIntExact(Patch.of(step).id());
            if (id == skipped) {
                step.skip(out, "not this one");
            } else {
                step.put(out, Tensor.of(spec, step.memory(), (float) id, 10f * id));
            }
        }
    }

    private void connect(ImageSpec... specs) {
        generator.image.from(new Pictures.Stream(specs).image);
        scores.in.from(generator.patch);
        stitcher.patch.from(scores.out);
        generator.width.set(10);
        generator.height.set(20);
    }

    @Test
    @Tag("behaviour-111")
    void vectorsOfPatchesBecomeRowsAndColumnsOfVectors() {
        connect(Pictures.grey(25, 35));

        try (Run run = Pipeline.to(stitcher.tensor).start()) {
            Tensor tensor = run.next().orElseThrow().get(stitcher.tensor);
            assertThat(tensor.spec()).isEqualTo(TensorSpec.of("HWC", ElementType.F32, 2, 3, 2));
            assertThat(tensor.toFloats()).containsExactly(0, 0, 1, 10, 2, 20, 3, 30, 4, 40, 5, 50);
        }
    }

    @Test
    @Tag("behaviour-111")
    void placeOfAMissingPatchIsZero() {
        connect(Pictures.grey(25, 15));
        scores.skipped = 1;

        try (Run run = Pipeline.to(stitcher.tensor).start()) {
            assertThat(run.next().orElseThrow().get(stitcher.tensor).toFloats()).containsExactly(0, 0, 0, 0, 2, 20);
        }
    }

    @Test
    @Tag("behaviour-111")
    void spacingIsThePitchOfThePatches() {
        connect(Pictures.grey(25, 35));
        generator.overlap.set(0.2);

        try (Run run = Pipeline.to(stitcher.tensor).start()) {
            Frame frame = run.next().orElseThrow();
            Geometry geometry =
                    frame.metadata(stitcher.tensor).get(TensorStitcher.GEOMETRY).orElseThrow();
            assertThat(frame.get(stitcher.tensor).geometry()).isEqualTo(geometry);
            // 6 pixels of 0.5 mm and 12 of 0.25 mm
            assertThat(geometry.spacing()).isEqualTo(new Vector3(3, 3, 2));
            assertThat(geometry.origin()).isEqualTo(Pictures.PLACED.point(2.5, 5.5, 0));
        }
    }

    @Test
    void vectorsOfAVolumeHaveSlicesOfPatchesToo() {
        connect(Pictures.volume(20, 20, 3));

        try (Run run = Pipeline.to(stitcher.tensor).start()) {
            Tensor tensor = run.next().orElseThrow().get(stitcher.tensor);
            assertThat(tensor.spec()).isEqualTo(TensorSpec.of("DHWC", ElementType.F32, 3, 1, 2, 2));
            assertThat(tensor.floatAt(10)).isEqualTo(5);
        }
    }

    @Test
    @Tag("behaviour-112")
    void vectorsMadeSeveralAtOnceKeepTheirPlaces() {
        connect(Pictures.grey(45, 15));
        scores.batch = 2;

        try (Run run = Pipeline.to(stitcher.tensor).start()) {
            assertThat(run.next().orElseThrow().get(stitcher.tensor).toFloats())
                    .containsExactly(0, 0, 1, 10, 2, 20, 3, 30, 4, 40);
        }
    }

    @Test
    @Tag("behaviour-112")
    void tensorOfMoreThanOneAxisIsRefused() {
        connect(Pictures.grey(25, 35));
        scores.spec = TensorSpec.of("HC", ElementType.F32, 1, 2);

        try (Run run = Pipeline.to(stitcher.tensor).start(RunOptions.standard().failFast())) {
            assertThatThrownBy(run::next)
                    .isInstanceOf(FastException.class)
                    .hasMessageContaining("met tensor F32(H=1, C=2); needed a tensor of one axis");
        }
    }

    @Test
    void everyFrameHasATensorOfItsOwn() {
        connect(Pictures.grey(15, 15), Pictures.grey(5, 5));

        try (Run run = Pipeline.to(stitcher.tensor).start()) {
            assertThat(run.next().orElseThrow().get(stitcher.tensor).toFloats()).containsExactly(0, 0, 1, 10);
            assertThat(run.next().orElseThrow().get(stitcher.tensor).toFloats()).containsExactly(0, 0);
        }
    }
}
