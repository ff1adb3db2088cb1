// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import com.google.common.collect.ImmutableList;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.Boxes;
import org.fastpipeline.core.data.Detection;
import org.fastpipeline.core.data.Detections;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.render.BoxLayer.Item;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Views show planes: nothing here has a third dimension to be refused in.
class BoxLayerTest {
    private static final int SIZE = 60;
    private static final Out<Image> GROUND = Shown.grey(SIZE, SIZE, (_, _) -> 0);
    private static final Colour RED = Colour.RED;

    private static Out<Boxes> boxes(Box... boxes) {
        return Shown.constant(Boxes.class, new Boxes(ImmutableList.copyOf(boxes)));
    }

    private static BufferedImage shown(Layer layer) {
        return Shown.of(View.of(ImageLayer.of(GROUND), layer), SIZE, SIZE);
    }

    private static int rgb(BufferedImage shown, int x, int y) {
        return shown.getRGB(x, y) & 0xFFFFFF;
    }

    @Test
    @Tag("behaviour-197")
    void aBoxIsDrawnOnItsEdges() {
        BufferedImage shown = shown(BoxLayer.of(boxes(new Box(10, 20, 30, 15))).with(RED));

        // Two points thick, half on either side of the edge.
        for (int y = 21; y < 34; y++) {
            assertThat(rgb(shown, 9, y)).isEqualTo(0xFF0000);
            assertThat(rgb(shown, 10, y)).isEqualTo(0xFF0000);
            assertThat(rgb(shown, 39, y)).isEqualTo(0xFF0000);
            assertThat(rgb(shown, 40, y)).isEqualTo(0xFF0000);
        }
        for (int x = 11; x < 39; x++) {
            assertThat(rgb(shown, x, 19)).isEqualTo(0xFF0000);
            assertThat(rgb(shown, x, 20)).isEqualTo(0xFF0000);
            assertThat(rgb(shown, x, 34)).isEqualTo(0xFF0000);
            assertThat(rgb(shown, x, 35)).isEqualTo(0xFF0000);
        }
        assertThat(Shown.bounds(shown, rgb -> rgb != 0)).isEqualTo(new Rectangle(9, 19, 32, 17));
        assertThat(rgb(shown, 25, 27)).as("inside").isZero();
    }

    @Test
    void boxesCanBeMadeOfAnythingElse() {
        Out<Integer> place = Shown.constant(Integer.class, 7);

        BufferedImage shown =
                shown(BoxLayer.of(place, at -> List.of(new Box(at, at, 10, 10))).with(RED));

        assertThat(Shown.bounds(shown, rgb -> rgb != 0)).isEqualTo(new Rectangle(6, 6, 12, 12));
    }

    @Test
    void aDetectionHasItsScoreAboveItAndTheColourOfItsLabel() {
        Out<Detections> found = Shown.constant(
                Detections.class, new Detections(ImmutableList.of(new Detection(new Box(10, 30, 20, 20), 1, 0.875))));

        BufferedImage shown = shown(BoxLayer.ofDetections(found));

        Rectangle red = Shown.bounds(shown, rgb -> rgb >> 16 > 128);
        assertThat(red.y).isCloseTo(12, offset(1));
        assertThat(red.y + red.height).isEqualTo(51);
        assertThat(red.x).isBetween(8, 10);
    }

    @Test
    void aTextThatHasNoRoomAboveStaysInTheView() {
        Item item = new Item(new Box(50, 0, 9, 30), "88", Optional.of(Colour.WHITE));

        BufferedImage shown = shown(BoxLayer.ofItems(Shown.constant(Integer.class, 1), _ -> List.of(item)));

        Rectangle left = Shown.bounds(shown.getSubimage(0, 0, 48, SIZE), rgb -> (rgb & 0xFF) > 128);
        assertThat(left.x)
                .as("the tag reaches to the right edge, and begins before the box")
                .isBetween(34, 42);
    }

    @Test
    void aBoxOutOfSightHasNoText() {
        Item item = new Item(new Box(-50, -50, 9, 9), "88", Optional.of(Colour.WHITE));

        BufferedImage shown = shown(BoxLayer.ofItems(Shown.constant(Integer.class, 1), _ -> List.of(item)));

        assertThat(Shown.bounds(shown, rgb -> rgb != 0)).isEqualTo(new Rectangle());
    }

    @Test
    void aThicknessThatCannotBeSeenIsRefused() {
        BoxLayer<Boxes> layer = BoxLayer.of(boxes());
        assertThatThrownBy(() -> layer.withThickness(0)).isInstanceOf(WrongUseException.class);
    }

    @Test
    void looksAsItDid() throws IOException {
        Out<Detections> found = Shown.constant(
                Detections.class,
                new Detections(ImmutableList.of(
                        new Detection(new Box(27, 22, 57, 57), 1, 0.98),
                        new Detection(new Box(150, 25, 41, 41), 2, 0.71),
                        new Detection(new Box(90, 95, 81, 51), 3, 0.5))));
        View view = View.of(ImageLayer.of(Tissue.image()), BoxLayer.ofDetections(found));

        Golden.check("boxes", Shown.of(view, Tissue.WIDTH, Tissue.HEIGHT));
    }
}
