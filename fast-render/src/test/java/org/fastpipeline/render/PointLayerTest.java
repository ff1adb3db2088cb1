// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Points;
import org.fastpipeline.core.graph.Out;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PointLayerTest {
    private static final int SIZE = 40;
    private static final Out<Image> GROUND = Shown.grey(SIZE, SIZE, (_, _) -> 128);

    private static BufferedImage shown(PointLayer<?> layer) {
        return Shown.of(View.of(ImageLayer.of(GROUND), layer), SIZE, SIZE);
    }

    @Test
    @Tag("behaviour-197")
    void aPointIsADiscWithADarkRim() {
        Out<Points> points = Shown.constant(Points.class, Points.of(10, 10, 30, 20));

        BufferedImage shown = shown(PointLayer.of(points).with(Colour.WHITE).withDiameter(8));

        for (int i = 0; i < 2; i++) {
            int x = i == 0 ? 10 : 30;
            int y = i == 0 ? 10 : 20;
            BufferedImage around = shown.getSubimage(x - 8, y - 8, 16, 16);
            assertThat(Shown.bounds(around, rgb -> (rgb & 0xFF) > 0xA0)).isEqualTo(new Rectangle(4, 4, 8, 8));
            assertThat(Shown.bounds(around, rgb -> rgb != 0x808080)).isEqualTo(new Rectangle(3, 3, 10, 10));
            assertThat(around.getRGB(3, 8) & 0xFF).as("rim").isLessThan(20);
        }
    }

    @Test
    void looksAsItDid() throws IOException {
        Out<Points> points =
                Shown.constant(Points.class, Points.of(55, 50, 170, 45, 95, 110, 115, 135, 145, 135, 165, 110));
        View view = View.of(ImageLayer.of(Tissue.image()), PointLayer.of(points));

        Golden.check("points", Shown.of(view, Tissue.WIDTH, Tissue.HEIGHT));
    }
}
