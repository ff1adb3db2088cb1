// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.graph.Out;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ImageLayerTest {
    @Test
    @Tag("behaviour-188")
    void eightBitsAreShownAsTheyAre() {
        Out<Image> ramp = Shown.grey(256, 4, (x, _) -> x);

        BufferedImage shown = Shown.of(View.of(ImageLayer.of(ramp)), 256, 4);

        for (int x = 0; x < 256; x++) {
            assertThat(shown.getRGB(x, 2) & 0xFFFFFF).isEqualTo(x * 0x010101);
        }
    }
}
