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

/// Synthetic B-mode ultrasound of an artery and a vein, seen across, with the truth of what was drawn: an endless
/// stream, to be ended by [#maximum].
///
/// A linear probe looks through skin, fat and muscle at a round artery that beats and a flatter vein that breathing
/// and the probe's pressure change, among fasciae, lymph nodes, nerves and glands, over bone. Its frames have fully
/// developed speckle, which moves with the tissue, a focus, loss and its compensation, hence shadows and enhancement,
/// reverberation, noise, and the logarithmic grey levels of a scanner.
///
/// All frames show one scene in motion, 25 a second, or every [#sceneFrames] of them another. A frame hangs on the seed
/// and its own number alone: not on how many there are, the machine, or the number of workers. Each has
/// [Metadata#INDEX], [Metadata#ORIGIN] (the name it would have as a file) and [Metadata#TIME].
public final class UltrasoundPhantom extends Streamer<Long> {
    /// Columns and rows of each frame.
    public static final int SIDE = 400;

    /// Frames in a second.
    public static final double RATE = 25;

    /// The frame.
    public final Out<Image> image = out("image", Image.class, "the frame, 400 x 400, 8-bit grey, with its spacing");

    /// Where the vessels are.
    public final Out<Image> labels = out("labels", Image.class, "0 background, 1 artery, 2 vein; 8-bit grey");

    /// How much of the frame they are.
    public final Out<DrawnVessels> truth = out("truth", DrawnVessels.class, "how large artery and vein are");

    /// Another seed gives other scenes.
    public final Parameter<Integer> seed =
            integer("seed", 1, 0, Integer.MAX_VALUE, "", "another seed gives other scenes");

    /// How long a scene is.
    public final Parameter<Integer> sceneFrames = integer(
            "sceneFrames",
            0,
            0,
            Integer.MAX_VALUE,
            "frames",
            "frames of a scene before the next begins; 0: all of one");

    /// The name that frames say they come from.
    public final Parameter<String> file =
            parameter(Parameter.Declaration.text("file", "frame.png", "name of the frames: frame-0001.png and so on"));

    @Override
    public Recording<Long> recording(Step step) {
        String name = step.get(file);
        return place -> new Next.Item<>(
                place,
                Metadata.EMPTY
                        .with(Metadata.ORIGIN, FrameName.numbered(name, place))
                        .with(Metadata.TIME, Duration.ofMillis(Math.round(1000 * place / RATE))));
    }

    @Override
    public void load(Long place, Step step) {
        int length = step.get(sceneFrames) == 0 ? Integer.MAX_VALUE : step.get(sceneFrames);
        UltrasoundScene scene = new UltrasoundScene(step.get(seed), place / length);
        ImageSpec spec =
                ImageSpec.of(SIDE, SIDE, ChannelOrder.GREY, ElementType.U8).with(scene.geometry());
        Image picture = Image.allocate(spec, step.memory());
        Image drawn = Image.allocate(spec, step.memory());
        step.put(truth, scene.draw(place % length, picture, drawn));
        step.put(image, picture);
        step.put(labels, drawn);
    }
}
