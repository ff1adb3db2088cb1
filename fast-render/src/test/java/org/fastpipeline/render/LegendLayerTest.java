// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Map;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.graph.Out;
import org.junit.jupiter.api.Test;

class LegendLayerTest {
    private static final Out<Image> GROUND = Shown.grey(120, 80, (_, _) -> 0);

    private static BufferedImage shown(LegendLayer layer) {
        return Shown.of(View.of(ImageLayer.of(GROUND), layer), 120, 80);
    }

    @Test
    void eachNameHasItsColourInTheirOrder() {
        BufferedImage shown = shown(LegendLayer.of(ImmutableMap.of("vein", Colour.of(0x0000FF), "nerve", Colour.RED)));

        Rectangle blue = Shown.bounds(shown, rgb -> rgb == 0x0000FF);
        Rectangle red = Shown.bounds(shown, rgb -> rgb == 0xFF0000);
        assertThat(blue.width).isBetween(10, 12);
        assertThat(red.y).isGreaterThan(blue.y + blue.height);
        assertThat(red.x).isEqualTo(blue.x);
    }

    @Test
    void namesOfLabelsHaveTheColoursThatTheyAreShownIn() {
        SegmentationLayer labels = SegmentationLayer.of(GROUND).with(2, Colour.WHITE);

        assertThat(LegendLayer.of(labels, ImmutableMap.of(1, "nerve", 2, "vein"))
                        .names())
                .containsExactly(Map.entry("nerve", Colour.RED), Map.entry("vein", Colour.WHITE));
    }

    @Test
    void namesWithoutRoomAreLeftOut() {
        ImmutableMap.Builder<String, Colour> many = ImmutableMap.builder();
        for (int i = 0; i < 20; i++) {
            many.put("a name that is much too long " + i, Colour.ofLabel(i + 1));
        }

        Rectangle place = Shown.bounds(shown(LegendLayer.of(many.buildOrThrow())), rgb -> rgb != 0);

        assertThat(new Rectangle(5, 5, 110, 70).contains(place)).isTrue();
    }

    @Test
    void looksAsItDid() throws IOException {
        SegmentationLayer labels = SegmentationLayer.of(Tissue.labels());
        View view = View.of(
                ImageLayer.of(Tissue.image()),
                labels,
                LegendLayer.of(labels, ImmutableMap.of(1, "nerve", 2, "vein", 3, "muscle")));

        Golden.check("legend", Shown.of(view, Tissue.WIDTH, Tissue.HEIGHT));
    }
}
