// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Vector3;

/// A scene of an ultrasound phantom: a place, a probe and a scanner. Each part of it has random numbers of its own.
///
/// @param seed of the phantom
/// @param scene counted from 0
record UltrasoundScene(long seed, long scene) {
    private static final int SIDE = Echoes.SIDE;

    /// Half the width of the probe, in mm.
    private static final float HALF_PROBE = 19;

    private static final float LEAST_DEPTH = 26;
    private static final float MOST_DEPTH = 46;

    private Dice dice(String part) {
        return Dice.of(seed, scene, part.hashCode());
    }

    /// Width and height of a pixel in mm: what is seen is as wide as deep.
    private float spacing() {
        return dice("depth").between(LEAST_DEPTH, MOST_DEPTH) / SIDE;
    }

    Geometry geometry() {
        return Geometry.UNIT.withSpacing(new Vector3(spacing(), spacing(), 1));
    }

    /// @param frame of the scene, counted from 0
    /// @param image 8-bit grey, written to
    /// @param labels 8-bit grey, written to
    DrawnVessels draw(long frame, Image image, Image labels) {
        float spacing = spacing();
        float depth = SIDE * spacing;
        float half = Math.min(HALF_PROBE, depth / 2);
        ProbeMoment moment = ProbeMoment.of(dice("motion"), (float) (frame / UltrasoundPhantom.RATE));
        Echoes echoes = new Echoes(spacing, moment);
        new Neck(dice("neck"), half, depth).draw(echoes, moment);
        float[] seen = new Beam(dice("beam"), depth)
                .amplitudes(echoes, dice("scatterers"), Dice.of(seed, scene, "frame".hashCode(), frame));
        new Scanner(dice("scanner")).show(seen, moment.gain(), half / spacing, image.writablePixels());
        return count(echoes, half / spacing, labels.writablePixels());
    }

    private static DrawnVessels count(Echoes echoes, float reach, MemorySegment labels) {
        long[] pixels = new long[3];
        float middle = (SIDE - 1) / 2f;
        for (int at = 0; at < echoes.label.length; at++) {
            boolean seen = Math.abs(at % SIDE - middle) <= reach;
            byte label = seen ? echoes.label[at] : 0;
            labels.set(ValueLayout.JAVA_BYTE, at, label);
            pixels[label]++;
        }
        return new DrawnVessels(pixels[Lumen.ARTERY], pixels[Lumen.VEIN], echoes.spacing);
    }
}
