// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.examples;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;

/// A node of one's own: the negative of an image. All workers run it at once, each on another frame.
public final class Inverter extends Stateless {
    /// The image.
    public final In<Image> image = in("image", Image.class);

    /// Its negative.
    public final Out<Image> inverted = out("inverted", Image.class);

    @Override
    public void execute(Step step) {
        Image source = step.get(image);
        Image negative = Image.allocate(source.spec(), step.memory());
        MemorySegment from = source.pixels();
        MemorySegment to = negative.writablePixels();
        for (long i = 0; i < from.byteSize(); i++) {
            to.set(JAVA_BYTE, i, (byte) ~from.get(JAVA_BYTE, i));
        }
        step.put(inverted, negative);
    }
}
