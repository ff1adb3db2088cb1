// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

import java.time.Duration;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.stream.Recording;
import org.fastpipeline.core.stream.Streamer;

/// Synthetic frames of skin microcirculation, with the truth of what was drawn: an endless stream, to be ended by
/// [#maximum].
///
/// Capillaries of many forms, filling, depth and focus lie in skin of uneven light and colour, with ridges, folds,
/// sweat ducts, hair, dirt, glare and the blurred vessels of the deep plexus to mislead; a camera adds blur, noise and
/// the blocks of a codec. Light x exp(-density): blood absorbs green more than red, brown pigment blue more than green,
/// dirt all alike. Each frame shows another place, or if [#moving] all show one, which drifts and beats while columns
/// of blood cells run through its vessels.
///
/// A frame hangs on the seed and its own number alone: not on how many there are, the machine, or the number of
/// workers. Each has [Metadata#INDEX], [Metadata#ORIGIN] (the name it would have as a file) and, if moving,
/// [Metadata#TIME].
public final class CapillaryPhantom extends Streamer<Long> {
    /// Columns of each frame.
    public static final int WIDTH = 1920;

    /// Rows of each frame.
    public static final int HEIGHT = 1080;

    /// Frames in a second of a moving scene.
    public static final double RATE = 25;

    /// The frame.
    public final Out<Image> image = out("image", Image.class, "the frame, 1920 x 1080, 8-bit BGR");

    /// Where clear capillaries are.
    public final Out<Image> mask = out("mask", Image.class, "255 on clear capillaries and 0 elsewhere, 8-bit grey");

    /// What was drawn.
    public final Out<DrawnCapillaries> truth =
            out("truth", DrawnCapillaries.class, "which capillaries were drawn, and where");

    /// Another seed gives other frames.
    public final Parameter<Integer> seed =
            integer("seed", 1, 0, Integer.MAX_VALUE, "", "another seed gives other frames");

    /// Whether all frames show one scene in motion.
    public final Parameter<Boolean> moving =
            flag("moving", false, "whether all frames show one scene in motion, as a video does");

    /// The name that frames say they come from.
    public final Parameter<String> file = parameter(Parameter.Declaration.text(
            "file", "frame.png", "name of the frames: frame-0001.png and so on, or frame.png#0 if moving"));

    @Override
    public Recording<Long> recording(Step step) {
        String name = step.get(file);
        boolean video = step.get(moving);
        return place -> {
            Metadata metadata =
                    Metadata.EMPTY.with(Metadata.ORIGIN, video ? name + "#" + place : FrameName.numbered(name, place));
            return new Next.Item<>(
                    place,
                    video
                            ? metadata.with(Metadata.TIME, Duration.ofMillis(Math.round(1000 * place / RATE)))
                            : metadata);
        };
    }

    @Override
    public void load(Long place, Step step) {
        Scene scene = new Scene(step.get(seed), step.get(moving), place);
        Image picture = Image.allocate(ImageSpec.of(WIDTH, HEIGHT, ChannelOrder.BGR, ElementType.U8), step.memory());
        Image clear = Image.allocate(ImageSpec.of(WIDTH, HEIGHT, ChannelOrder.GREY, ElementType.U8), step.memory());
        clear.writablePixels().fill((byte) 0);
        step.put(truth, scene.draw(picture, clear, step.memory()));
        step.put(image, picture);
        step.put(mask, clear);
    }
}
