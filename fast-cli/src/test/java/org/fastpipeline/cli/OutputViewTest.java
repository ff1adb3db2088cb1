// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.render.ImageLayer;
import org.fastpipeline.render.TextLayer;
import org.fastpipeline.vision.capillary.CapillaryDensity;
import org.fastpipeline.vision.io.ImageFileStreamer;
import org.junit.jupiter.api.Test;

class OutputViewTest {
    private final Out<?> one = new ImageFileStreamer("a.png").image;
    private final Out<?> other = new ImageFileStreamer("b.png").image;
    private final Out<?> number = new CapillaryDensity().density;

    @Test
    void everyImageHasAViewInTheOrderOfTheFileAndSaysItsName() {
        assertThat(OutputView.of(ImmutableMap.of("first", one, "density", number, "second", other)))
                .<Object>extracting(view -> view.layers().getFirst().ports().getFirst())
                .containsExactly(one, other);
        assertThat(OutputView.of(ImmutableMap.of("first", one, "second", other)))
                .allSatisfy(view -> assertThat(view.layers()).hasAtLeastOneElementOfType(TextLayer.class));
    }

    @Test
    void oneImageAloneNeedsNoName() {
        assertThat(OutputView.of(ImmutableMap.of("density", number, "only", one)))
                .singleElement()
                .satisfies(view -> assertThat(view.layers()).hasOnlyElementsOfType(ImageLayer.class));
    }

    @Test
    void pipelineWithoutAnImageHasNothingToShow() {
        assertThatThrownBy(() -> OutputView.of(ImmutableMap.of("density", number)))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("met the outputs [density], none of them an image");
    }
}
