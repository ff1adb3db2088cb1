// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.ultrasound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.error.StepException;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.testing.NodeRun;
import org.fastpipeline.vision.io.Timing;
import org.junit.jupiter.api.Test;

class AreasTest {
    private static final Geometry FINE = Geometry.UNIT.withSpacing(new Vector3(0.5, 0.25, 1));

    private final LabelAreaMeter meter = new LabelAreaMeter();
    private final AreaRow row = new AreaRow(List.of("artery", "vein"), () -> 12_345_678L);

    /// Three pixels of label 1, one of label 2, one of label 3, in rows with a gap of wrong labels.
    private static Image labels(Geometry geometry, Allocator memory) {
        ImageSpec spec = new ImageSpec(3, 2, 1, ChannelOrder.GREY, ElementType.U8, 8, 8, geometry, 1, 0);
        Image image = Image.allocate(spec, memory);
        byte[] samples = {1, 1, 0, 1, 1, 1, 1, 1, 2, 3, 1, 2, 2, 2, 2, 2};
        for (int at = 0; at < samples.length; at++) {
            image.writablePixels().set(ValueLayout.JAVA_BYTE, at, samples[at]);
        }
        return image;
    }

    private LabelAreas areas(Geometry geometry, double pixelSize) {
        try (NodeRun run = NodeRun.of(meter)) {
            run.with(meter.labels, labels(geometry, run.memory())).with(meter.pixelSize, pixelSize);
            return run.execute().get(meter.areas);
        }
    }

    @Test
    void eachLabelsPixelsAreCounted() {
        assertThat(areas(FINE, 0).pixels()).containsExactly(3L, 1L);
    }

    @Test
    void areasAreInSquareMillimetresByTheImagesSpacing() {
        assertThat(areas(FINE, 0).squareMillimetres(1)).contains(3 * 0.5 * 0.25);
    }

    @Test
    void theSizeOfAPixelThatTheUserGivesCountsMore() {
        assertThat(areas(FINE, 2000).squareMillimetres(2)).contains(4.0);
    }

    @Test
    void noAreaIsMadeUpWhereTheSizeOfAPixelIsNotKnown() {
        assertThat(areas(Geometry.UNIT, 0).squareMillimetres(1)).isEmpty();
    }

    @Test
    void labelsOfAnotherTypeAreRefused() {
        try (NodeRun run = NodeRun.of(meter)) {
            Image wrong = Image.allocate(ImageSpec.of(2, 2, ChannelOrder.GREY, ElementType.U16), run.memory());
            wrong.fill(0);
            assertThatThrownBy(() -> run.with(meter.labels, wrong).execute())
                    .hasStackTraceContaining("labelAreaMeter.labels: met image 2 x 2 GREY U16; needed 8-bit labels");
        }
    }

    @Test
    void frameThatWentWellHasAllItsFigures() {
        try (NodeRun run = NodeRun.of(row)) {
            run.with(row.frame, labels(FINE, run.memory()))
                    .with(row.areas, new LabelAreas(ImmutableList.of(300L, 20L), Optional.of(0.01)))
                    .with(Metadata.INDEX, 4L)
                    .with(Metadata.ORIGIN, "in/frame-4.mhd")
                    .with(Timing.STARTED, 345_678L);
            assertThat(row.columns())
                    .containsExactly(
                            "frame",
                            "source",
                            "width",
                            "height",
                            "artery_mm2",
                            "vein_mm2",
                            "artery_pixels",
                            "vein_pixels",
                            "milliseconds",
                            "status");
            assertThat(run.execute().get(row.rows).rows().getFirst())
                    .containsExactly("4", "frame-4.mhd", "3", "2", "3.000", "0.200", "300", "20", "12.0", "ok");
        }
    }

    @Test
    void frameThatFailedSaysWhyAndHasNoFigures() {
        InputException unreadable = new InputException("in/frame.mhd", "the file is empty", "Copy it", null);
        StepException failure = StepException.of("streamer", "frame#0", unreadable);
        try (NodeRun run = NodeRun.of(row)) {
            run.with(row.frame, new Outcome.Failed<>(failure)).with(row.areas, new Outcome.Failed<>(failure));
            assertThat(run.execute().get(row.rows).rows().getFirst())
                    .containsExactly("0", "frame.mhd", "", "", "", "", "", "", "", "the file is empty");
        }
    }
}
