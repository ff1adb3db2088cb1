// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImagePyramid;
import org.fastpipeline.core.data.PyramidSpec;
import org.fastpipeline.core.data.PyramidSpec.Scale;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.error.ParameterException;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.testing.NodeResult;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PyramidPatchGeneratorTest {
    private static final PyramidSpec SLIDE = Pictures.pyramid(Pictures.colour(1600, 1000), 20, 1, 4, 16);

    private final PyramidPatchGenerator generator = new PyramidPatchGenerator();
    private final NodeRun run = NodeRun.of(generator);
    private final AtomicInteger closed = new AtomicInteger();

    @AfterEach
    void nothingIsLeftOpen() {
        run.close();
    }

    private List<NodeResult> cut(PyramidSpec spec, int width, int height) {
        try (ImagePyramid slide = Pictures.slide(spec, closed, run.memory())) {
            return run.with(generator.image, slide)
                    .with(generator.width, width)
                    .with(generator.height, height)
                    .all();
        }
    }

    private static PatchGrid grid(NodeResult result) {
        return result.metadata().get(Patch.KEY).orElseThrow().grid();
    }

    private void assertIsLevel(int level, List<NodeResult> patches) {
        for (NodeResult result : patches) {
            Patch patch = result.metadata().get(Patch.KEY).orElseThrow();
            assertThat(Pictures.bytes(result.get(generator.patch)))
                    .isEqualTo(Pictures.expected(level, patch.grid().whole(), patch.region(), 255));
        }
    }

    @Test
    @Tag("behaviour-88")
    void patchesOfALevelAreAsManyAsCoverIt() {
        run.with(generator.level, 1);

        List<NodeResult> patches = cut(Pictures.pyramid(Pictures.colour(8000, 4400), 20, 1, 4), 512, 256);

        assertThat(patches).hasSize(4 * 5).allSatisfy(result -> {
            assertThat(result.get(generator.patch).width()).isEqualTo(512);
            assertThat(result.get(generator.patch).height()).isEqualTo(256);
        });
    }

    @Test
    void patchesShowTheirLevelAndWhiteAroundIt() {
        run.with(generator.level, 1).with(generator.overlap, 0.125);

        assertIsLevel(1, cut(SLIDE, 64, 64));
    }

    @Test
    @Tag("behaviour-94")
    void oddSizesAreRefused() {
        assertThatThrownBy(() -> cut(SLIDE, 33, 33))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("met 33 pixels with an overlap of 0; needed an even number");
    }

    @Test
    @Tag("behaviour-94")
    void ownPartIsMadeAMultipleOfSixteenByMoreOverlapAndAWarning() {
        List<String> warnings = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord logged) {
                warnings.add(logged.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger(PyramidPatchGenerator.class.getName());
        log.addHandler(handler);
        log.setUseParentHandlers(false);
        try {
            run.with(generator.overlap, 0.1);
            PatchGrid grid = grid(cut(SLIDE, 256, 100).getFirst());

            assertThat(grid.overlap()).isEqualTo(new Extent(32, 10, 0));
            assertThat(grid.stride()).isEqualTo(new Extent(192, 80, 1));
            assertThat(warnings).hasSize(1).first().asString().contains("is made {2}");
        } finally {
            log.removeHandler(handler);
            log.setUseParentHandlers(true);
        }
    }

    @Test
    @Tag("behaviour-96")
    void magnificationOfALevelIsReadFromThatLevelAsItIs() {
        run.with(generator.magnification, OptionalDouble.of(5));

        List<NodeResult> patches = cut(SLIDE, 64, 64);

        assertThat(grid(patches.getFirst()).scale()).isEqualTo(new Scale(1, 1));
        assertThat(grid(patches.getFirst()).magnification()).hasValue(5);
        assertIsLevel(1, patches);
    }

    @Test
    @Tag("behaviour-97")
    void magnificationBetweenLevelsIsMadeOfTheLargerOne() {
        run.with(generator.magnification, OptionalDouble.of(2.5));

        List<NodeResult> patches = cut(SLIDE, 64, 64);

        PatchGrid grid = grid(patches.getFirst());
        assertThat(grid.scale()).isEqualTo(new Scale(1, 2));
        assertThat(List.of(grid.whole().width(), grid.whole().height())).containsExactly(200, 125);
        assertThat(grid.whole().geometry().spacing()).isEqualTo(new Vector3(0.5 * 8, 0.25 * 8, 2));
        assertThat(patches).hasSize(4 * 2).allSatisfy(result -> {
            assertThat(result.get(generator.patch).width()).isEqualTo(64);
            assertIsMeanOfFour(result);
        });
    }

    private void assertIsMeanOfFour(NodeResult result) {
        Patch patch = result.metadata().get(Patch.KEY).orElseThrow();
        byte[] pixels = Pictures.bytes(result.get(generator.patch));
        for (int y = 0; y < patch.own().height(); y++) {
            for (int x = 0; x < patch.own().width(); x++) {
                int left = 2 * (patch.own().x() + x);
                int top = 2 * (patch.own().y() + y);
                int sum = Pictures.sample(1, left, top, 0, 0)
                        + Pictures.sample(1, left + 1, top, 0, 0)
                        + Pictures.sample(1, left, top + 1, 0, 0)
                        + Pictures.sample(1, left + 1, top + 1, 0, 0);
                assertThat(Byte.toUnsignedInt(pixels[(y * 64 + x) * 3])).isEqualTo((sum + 2) / 4);
            }
        }
    }

    @Test
    @Tag("behaviour-98")
    void aFactorWithinATenthOfOneIsOne() {
        run.with(generator.magnification, OptionalDouble.of(5.4));
        assertThat(grid(cut(SLIDE, 64, 64).getFirst()).scale()).isEqualTo(new Scale(1, 1));
    }

    @Test
    @Tag("behaviour-98")
    void aFactorBeyondATenthOfOneIsNot() {
        run.with(generator.magnification, OptionalDouble.of(4.5));
        assertThat(grid(cut(SLIDE, 64, 64).getFirst()).scale().reduction()).isGreaterThan(1.1);
    }

    @Test
    @Tag("behaviour-99")
    void aMagnificationAboveTheSlidesIsRefused() {
        run.with(generator.magnification, OptionalDouble.of(40));

        assertThatThrownBy(() -> cut(SLIDE, 64, 64))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("met a wish for magnification 40.0; needed at most 20.0");
    }

    @Test
    @Tag("behaviour-100")
    void anUnknownMagnificationIsGuessedOnlyIfThatIsAsked() {
        PyramidSpec unknown = new PyramidSpec(
                SLIDE.image().with(Pictures.PLACED.withSpacing(new Vector3(0.0005, 0.0005, 1))),
                SLIDE.levels(),
                OptionalDouble.empty());
        run.with(generator.magnification, OptionalDouble.of(5));
        assertThatThrownBy(() -> cut(unknown, 64, 64))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("its magnification is not known");

        PyramidPatchGenerator guessing = new PyramidPatchGenerator();
        try (NodeRun other = NodeRun.of(guessing);
                ImagePyramid slide = Pictures.slide(unknown, closed, other.memory())) {
            NodeResult first = other.with(guessing.image, slide)
                    .with(guessing.width, 64)
                    .with(guessing.height, 64)
                    .with(guessing.magnification, OptionalDouble.of(5))
                    .with(guessing.guessMagnification, true)
                    .next()
                    .orElseThrow();
            assertThat(grid(first).scale()).isEqualTo(new Scale(1, 1));
        }
    }

    @Test
    void textSetsAMagnificationOrNone() {
        generator.magnification.setText("2.5");
        assertThat(generator.magnification.value()).hasValue(2.5);
        generator.magnification.setText("");
        assertThat(generator.magnification.value()).isEmpty();
        assertThatThrownBy(() -> generator.magnification.setText("0")).isInstanceOf(ParameterException.class);
    }

    @Test
    @Tag("behaviour-105")
    void aLevelThatIsNotThereReachesTheConsumerAndGivesNoPatch() {
        Pictures.Slide slide = new Pictures.Slide(SLIDE);
        generator.image.from(slide.pyramid);
        generator.width.set(64);
        generator.height.set(64);
        generator.level.set(3);
        List<Frame> seen = new ArrayList<>();

        try (Run patches =
                Pipeline.to(generator.patch).start(RunOptions.standard().failFast())) {
            assertThatThrownBy(() -> patches.forEach(seen::add))
                    .isInstanceOf(FastException.class)
                    .hasMessageContaining("met level 3; needed 0 to 2");
        }

        assertThat(seen).isEmpty();
        assertThat(slide.closed).hasValue(1);
    }

    @Test
    void geometryOfAPatchPutsPixelsInTheMiddleOfWhatTheyStandFor() {
        run.with(generator.level, 1);

        Image first = cut(SLIDE, 64, 64).getFirst().get(generator.patch);

        assertThat(first.spec().geometry().origin()).isEqualTo(Pictures.PLACED.point(1.5, 1.5, 0));
    }
}
