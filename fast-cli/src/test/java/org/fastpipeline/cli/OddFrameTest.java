// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Unusual frames that are measured all the same.
class OddFrameTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_USHORT_GRAY, BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_4BYTE_ABGR})
    void deepGreyAndTransparentImagesAreMeasured(int type) throws IOException {
        Path file = folder.resolve("frame.png");
        BufferedImage sample = ImageIO.read(Fast.sample("frame-0001.jpg").toFile());
        BufferedImage image = new BufferedImage(sample.getWidth(), sample.getHeight(), type);
        image.createGraphics().drawImage(sample, 0, 0, null);
        ImageIO.write(image, "png", file.toFile());

        Map<String, String> row = measured(file);

        assertThat(Integer.parseInt(row.get("rois"))).isPositive();
    }

    @Test
    void framesWithoutColourAreSaidToBeUnderestimated() throws IOException {
        Path grey = TestFiles.image(folder.resolve("grey.png"), BufferedImage.TYPE_BYTE_GRAY, 200, 100);
        Path out = folder.resolve("out");

        Fast.Result result = Fast.run("capillary", Fast.sample("frame-0001.jpg"), grey, "--out", out);

        assertThat(result.err()).contains("1 of 2 frames have no colour");
        assertThat(new Results(out).run().get("without_colour").asInt()).isEqualTo(1);
    }

    @Test
    void framesOfDifferentSizesGoThroughOneRun() throws IOException {
        Path small = TestFiles.image(folder.resolve("b.png"), BufferedImage.TYPE_3BYTE_BGR, 333, 77);
        Path tiny = TestFiles.image(folder.resolve("c.png"), BufferedImage.TYPE_3BYTE_BGR, 1, 1);
        Path out = folder.resolve("out");

        Fast.Result result = Fast.run("capillary", Fast.sample("frame-0001.jpg"), small, tiny, "--out", out);

        assertThat(result.err()).doesNotContain("failed");
        assertThat(result.status()).isZero();
        assertThat(new Results(out).frames())
                .extracting(row -> row.get("width") + "x" + row.get("height"))
                .containsExactly("1920x1080", "333x77", "1x1");
    }

    @Test
    void framesOfOneNameKeepTheirPicturesApart() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other")).resolve("frame-0001.jpg");
        Files.copy(Fast.sample("frame-0002.jpg"), other);
        Path out = folder.resolve("out");

        Fast.run("capillary", Fast.sample("frame-0001.jpg"), other, "--out", out, "--overlays", "jpg");

        assertThat(new Results(out).files()).contains("overlays/frame-0001.jpg", "overlays/frame-0001-2.jpg");
    }

    private Map<String, String> measured(Path file) throws IOException {
        Path out = folder.resolve("out");
        Fast.Result result = Fast.run("capillary", file, "--out", out);
        assertThat(result.err()).doesNotContain("failed");
        assertThat(result.status()).isZero();
        return new Results(out).frames().getFirst();
    }
}
