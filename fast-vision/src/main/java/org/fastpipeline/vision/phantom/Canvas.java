// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.memory.Allocator;

/// A frame being drawn: optical densities of what absorbs, smooth and fine, and the light that glare adds.
///
/// Blood absorbs green most, brown pigment blue most, neutral matter all alike. Tissue is drawn where the moment has
/// moved it to.
final class Canvas {
    private static final int COARSE = 4;
    private static final int MIDDLE = 2;

    final Moment moment;
    final Raster blood = Raster.ofFrame(COARSE);
    final Raster brown = Raster.ofFrame(COARSE);
    final Raster neutral = Raster.ofFrame(COARSE);
    final Layer fineBlood;
    final Layer fineBrown;
    final Layer fineNeutral;
    final Layer glare;
    final List<Vessel> vessels = new ArrayList<>();

    Canvas(Moment moment, Allocator memory) {
        this.moment = moment;
        this.fineBlood = new Layer(memory);
        this.fineBrown = new Layer(memory);
        this.fineNeutral = new Layer(memory);
        this.glare = new Layer(memory);
    }

    /// A curve of the tissue, moved to where it is now.
    Curve moved(Curve curve) {
        return curve.moved(moment.dx(), moment.dy());
    }

    /// Smooth noise of the tissue as fine as the smooth layers.
    Raster noise(Dice dice, int scale) {
        Raster result = Raster.ofFrame(COARSE);
        result.addSmooth(Raster.noise(dice, scale), 1, moment.dx(), moment.dy());
        return result;
    }

    /// A band of the tissue in a smooth layer; what is finer is added at half of the frame's resolution.
    Raster band(Curve curve, float soft, boolean fine) {
        Raster raster = Raster.ofFrame(fine ? MIDDLE : COARSE);
        raster.band(moved(curve), soft);
        return raster;
    }

    /// Adds a soft round spot of the tissue.
    void spot(Raster layer, float x, float y, float sigma, float squeeze, float gain) {
        layer.spot(x + moment.dx(), y + moment.dy(), sigma, squeeze, gain);
    }
}
