// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.fastpipeline.cli.Agreement.Pair;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static Agreement of(double... values) {
        ImmutableList.Builder<Pair> pairs = ImmutableList.builder();
        for (int i = 0; i < values.length; i += 2) {
            pairs.add(new Pair(values[i], values[i + 1]));
        }
        return new Agreement(pairs.build());
    }

    @Test
    void biasAndLimitsAreThoseOfTheDifferences() {
        Agreement agreement = of(0.10, 0.11, 0.10, 0.13, 0.20, 0.18); // differences 0.01, 0.03, -0.02

        assertThat(agreement.bias().orElseThrow()).isCloseTo(0.02 / 3, within(1e-12));
        assertThat(agreement.reach().orElseThrow()).isCloseTo(1.96 * 0.0251661147842358, within(1e-12));
    }

    @Test
    void relativeErrorIsTheMedianOverFramesWithSomethingToFind() {
        assertThat(of(0.1, 0.11, 0.1, 0.05, 0.2, 0.2, 0, 0.3)
                        .medianRelativeError()
                        .orElseThrow())
                .isCloseTo(0.1, within(1e-12));
        assertThat(of(0, 0.1).medianRelativeError()).isEmpty();
    }

    @Test
    void oneFrameHasNoLimitsAndNoneHasNoBias() {
        assertThat(of(0.1, 0.2).reach()).isEmpty();
        assertThat(of().bias()).isEmpty();
    }

    @Test
    void plotIsDrawnForOneFrameAndForMany() throws IOException {
        for (Agreement agreement : new Agreement[] {of(0.1, 0.1), of(0.1, 0.11, 0.1, 0.13, 0.2, 0.18)}) {
            byte[] png = BlandAltmanPlot.png(agreement).orElseThrow();
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
            assertThat(picture.getWidth()).isEqualTo(1600);
        }
        assertThat(BlandAltmanPlot.png(of())).isEmpty();
    }
}
