// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import org.assertj.core.data.Offset;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.testing.LeakCheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where volumes lie in space.
@ExtendWith(LeakCheck.class)
class VolumePlaceTest {
    private static final int SIZE = 60;

    private static View head(ImageSpec spec) {
        return View.of(VolumeLayer.of(Phantom.of(Phantom::head, spec)));
    }

    /// The same body, stored in two ways: turned, with other spacings and other axes.
    @Test
    @Tag("behaviour-195")
    void aVolumeLiesWhereItsGeometrySays() {
        BufferedImage straight = Shown.of(head(Phantom.straight()), 2 * SIZE, 2 * SIZE);
        BufferedImage turned = Shown.of(head(Phantom.turned()), 2 * SIZE, 2 * SIZE);

        double scale = 2 * SIZE / (2 * Space.of(Phantom.straight()).radius());
        double other = 2 * SIZE / (2 * Space.of(Phantom.turned()).radius());
        for (Vector3 ball : new Vector3[] {new Vector3(9, 0, 0), new Vector3(0, 0, 9), Vector3.ZERO}) {
            int one = straight.getRGB((int) (SIZE + scale * ball.x()), (int) (SIZE - scale * ball.z())) & 0xFF;
            int two = turned.getRGB((int) (SIZE + other * ball.x()), (int) (SIZE - other * ball.z())) & 0xFF;
            assertThat(one).isGreaterThan(100);
            assertThat(two).as("at %s", ball).isCloseTo(one, Offset.offset(2));
        }
    }

    /// 8 x 4 x 2 samples of 1, 3 and 5 mm: 8 mm wide, 12 mm deep, 10 mm high.
    @ParameterizedTest
    @CsvSource({"0, 0, 8, 10", "90, 0, 12, 10", "0, 90, 8, 12", "-90, 0, 12, 10", "180, 0, 8, 10"})
    @Tag("behaviour-195")
    void aBoxIsAsLargeAsItsSpacingsSay(double azimuth, double elevation, double wide, double high) {
        Geometry geometry = new Geometry(
                new Vector3(1, 3, 5),
                new Vector3(-700, 50, 3),
                new Vector3(1, 0, 0),
                new Vector3(0, 1, 0),
                new Vector3(0, 0, 1));
        ImageSpec spec = Phantom.spec(8, 4, 2, ElementType.U8).with(geometry);
        View view =
                View.of(VolumeLayer.of(Phantom.volume(spec, (_, _, _) -> 255))).from(azimuth, elevation);

        Rectangle bounds = Shown.bounds(Shown.of(view, 200, 200), rgb -> rgb == 0xFFFFFF);

        double scale = 200 / Math.sqrt(64 + 144 + 100);
        assertThat(bounds.getWidth()).isCloseTo(wide * scale, Offset.offset(1.5));
        assertThat(bounds.getHeight()).isCloseTo(high * scale, Offset.offset(1.5));
        assertThat(bounds.getCenterX()).isCloseTo(100, Offset.offset(1.0));
        assertThat(bounds.getCenterY()).isCloseTo(100, Offset.offset(1.0));
    }

    /// 2 samples of 4 mm from 2 mm on fill 0 to 8 mm, the lower left quarter of 16 samples of 1 mm from 0.5 mm on.
    @Test
    @Tag("behaviour-195")
    void volumesLieOnEachOtherAsTheirOriginsSay() {
        ImageSpec fine = Phantom.spec(16, 16, 16, ElementType.U8).with(Geometry.UNIT.from(0.5, 0.5, 0.5));
        ImageSpec coarse = Phantom.spec(2, 2, 2, ElementType.U8)
                .with(Geometry.UNIT.from(2, 2, 2).withSpacing(new Vector3(4, 4, 4)));
        View view = View.of(
                VolumeLayer.of(Phantom.volume(fine, (_, _, _) -> 50)),
                VolumeLayer.of(Phantom.volume(coarse, (_, _, _) -> 255)));

        Rectangle bounds = Shown.bounds(Shown.of(view, 200, 200), rgb -> rgb == 0xFFFFFF);

        double half = 100 / Math.sqrt(3);
        assertThat(bounds.getMinX()).isCloseTo(100 - half, Offset.offset(1.5));
        assertThat(bounds.getMaxX()).isCloseTo(100, Offset.offset(1.5));
        assertThat(bounds.getMinY()).isCloseTo(100, Offset.offset(1.5));
        assertThat(bounds.getMaxY()).isCloseTo(100 + half, Offset.offset(1.5));
    }

    /// A 2-D image has its place in space too: a volume of one slice.
    @Test
    @Tag("behaviour-189")
    void anImageInSpaceLiesWhereItsGeometrySays() {
        Geometry upright = new Geometry(
                new Vector3(1, 2, 1), Vector3.ZERO, new Vector3(0, 1, 0), new Vector3(0, 0, 1), new Vector3(1, 0, 0));
        ImageSpec spec = ImageSpec.of(10, 10, ChannelOrder.GREY, ElementType.U8).with(upright);
        Out<Image> image = Phantom.volume(spec, (x, y, _) -> x < 5 ? y < 5 ? 50 : 100 : 200);

        BufferedImage fromTheLeft = Shown.of(View.of(VolumeLayer.of(image)).from(90, 0), 100, 100);
        assertThat(fromTheLeft.getRGB(40, 70) & 0xFF).as("below, before").isEqualTo(50);
        assertThat(fromTheLeft.getRGB(40, 30) & 0xFF).as("above, before").isEqualTo(100);
        assertThat(fromTheLeft.getRGB(60, 30) & 0xFF).as("above, behind").isEqualTo(200);
        Rectangle edge = Shown.bounds(Shown.of(View.of(VolumeLayer.of(image)), 100, 100), rgb -> rgb != 0);
        assertThat(edge.width).as("from the front, the edge alone").isLessThan(8);
        assertThat(edge.height).isGreaterThan(80);
    }

    @Test
    @Tag("behaviour-195")
    void directionsInOnePlaneAreRefused() {
        Geometry flat = new Geometry(
                Vector3.ONE, Vector3.ZERO, new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(1, 1, 0));

        assertThatThrownBy(() -> Shown.of(head(Phantom.straight().with(flat)), 9, 9))
                .hasMessageContaining("that do not lie in one plane");
    }
}
