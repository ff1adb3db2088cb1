// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.memory.Allocator;

/// One frame of a phantom. Each part of it has random numbers of its own, so that a change of one leaves the others.
///
/// @param seed of the phantom
/// @param moving whether all frames show one place
/// @param frame counted from 0
record Scene(long seed, boolean moving, long frame) {
    /// Frames of different places have numbers from 0; the one of a moving scene must not be among them.
    private static final long MOVING_PLACE = -1;

    private Dice dice(String part) {
        return Dice.of(seed, moving ? MOVING_PLACE : frame, part.hashCode());
    }

    /// @param image 8-bit BGR, written to
    /// @param mask 8-bit grey, all 0; clear capillaries are drawn into it
    DrawnCapillaries draw(Image image, Image mask, Allocator memory) {
        Canvas canvas = new Canvas(moving ? Moment.of(dice("motion"), frame) : Moment.STILL, memory);
        Skin skin = new Skin(dice("skin"), canvas);
        skin.draw();
        Dice deep = dice("plexus");
        if (deep.chance(0.75f)) {
            new Plexus(deep, canvas).draw();
        }
        new Capillaries(dice("capillaries"), canvas, skin).draw();
        new Litter(dice("litter"), canvas).draw();
        new Camera(dice("camera")).take(new Light(dice("light"), canvas), seed, frame, image, memory);
        return new Witness(image, canvas.vessels).see(canvas.vessels, mask.writablePixels());
    }
}
