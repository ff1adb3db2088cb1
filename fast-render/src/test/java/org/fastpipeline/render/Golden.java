// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/// Pictures that were looked at and found right.
///
/// Drivers round in other ways, and put the edge of a line or letter a fraction of a pixel elsewhere: no channel may
/// differ by more than 3, but for 1 pixel in 200, and none of them by more than 96. What was drawn instead is
/// left in `target/drawn`; a picture that is right is copied from there to `src/test/resources/golden`.
final class Golden {
    private static final int ROUNDING = 3;
    private static final int EDGE = 96;
    private static final double EDGES = 1.0 / 200;

    private Golden() {}

    /// Fails if `drawn` is not the picture of that name.
    static void check(String name, BufferedImage drawn) throws IOException {
        Path left = Path.of("target", "drawn", name + ".png");
        Files.createDirectories(left.getParent());
        ImageIO.write(drawn, "png", left.toFile());
        try (InputStream file = Golden.class.getResourceAsStream("/golden/" + name + ".png")) {
            assertThat(file)
                    .as("a golden picture for %s; what was drawn: %s", name, left)
                    .isNotNull();
            BufferedImage golden = ImageIO.read(file);
            assertThat(drawn.getWidth()).isEqualTo(golden.getWidth());
            assertThat(drawn.getHeight()).isEqualTo(golden.getHeight());
            int most = 0;
            int edges = 0;
            for (int y = 0; y < golden.getHeight(); y++) {
                for (int x = 0; x < golden.getWidth(); x++) {
                    int difference = difference(golden.getRGB(x, y), drawn.getRGB(x, y));
                    most = Math.max(most, difference);
                    edges += difference > ROUNDING ? 1 : 0;
                }
            }
            assertThat(most)
                    .as("greatest difference of %s to the golden picture", left)
                    .isLessThanOrEqualTo(EDGE);
            assertThat(edges)
                    .as("pixels of %s that differ from the golden picture", left)
                    .isLessThanOrEqualTo((int) (EDGES * golden.getWidth() * golden.getHeight()));
        }
    }

    private static int difference(int one, int other) {
        int most = 0;
        for (int shift = 0; shift < 24; shift += 8) {
            most = Math.max(most, Math.abs((one >> shift & 0xFF) - (other >> shift & 0xFF)));
        }
        return most;
    }
}
