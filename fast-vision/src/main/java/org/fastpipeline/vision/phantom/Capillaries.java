// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

import static org.fastpipeline.vision.phantom.CapillaryPhantom.HEIGHT;
import static org.fastpipeline.vision.phantom.CapillaryPhantom.WIDTH;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Draws the capillaries.
final class Capillaries {
    private static final ImmutableList<Shape> SHAPES = ImmutableList.copyOf(Shape.values());
    private static final float FAR = 24;
    private static final float APART = 75;
    private static final float MOST_BLUR = 9;

    private final Dice dice;
    private final Canvas canvas;
    private final Skin skin;
    private final float heading;
    private final float spread;
    private final float[] taste;
    private final float size;
    private final float contrast;
    private final float focus;
    private final float faint;
    private final float apart;

    Capillaries(Dice dice, Canvas canvas, Skin skin) {
        this.dice = dice;
        this.canvas = canvas;
        this.skin = skin;
        this.heading = dice.angle();
        this.spread = dice.chance(0.33f) ? 0.4f : dice.between(1, 3.2f);
        this.taste = taste(dice);
        this.size = dice.between(0.75f, 1.3f);
        this.contrast = dice.between(0.7f, 1.35f);
        this.focus = dice.between(1.6f, 3.8f);
        this.faint = dice.between(0.1f, 0.5f);
        this.apart = dice.chance(0.3f) ? APART / 2 : APART;
    }

    /// What forms a frame prefers, as sums.
    private static float[] taste(Dice dice) {
        float[] sums = new float[SHAPES.size()];
        float sum = 0;
        for (int i = 0; i < sums.length; i++) {
            sum += SHAPES.get(i).usual * dice.exponential();
            sums[i] = sum;
        }
        return sums;
    }

    void draw() {
        List<float[]> taken = new ArrayList<>();
        for (int count = dice.whole(20, 115); count > 0; count--) {
            float x = dice.between(0, WIDTH);
            float y = dice.between(0, HEIGHT);
            boolean crowded = taken.stream().anyMatch(at -> square(at[0] - x) + square(at[1] - y) < square(apart));
            if (crowded && dice.chance(0.85f)) {
                continue;
            }
            taken.add(new float[] {x, y});
            one(Dice.of(dice.whole(0, Integer.MAX_VALUE)), x, y);
        }
    }

    private static float square(float value) {
        return value * value;
    }

    /// @param own of this vessel, so that what it draws does not change the next
    private void one(Dice own, float x, float y) {
        boolean sunk = own.chance(faint);
        float density = sunk ? own.between(0.02f, 0.08f) : contrast * own.between(0.13f, 0.32f);
        float blur = focus * own.between(0.8f, 1.6f) + (sunk || own.chance(0.2f) ? 2 * own.exponential() : 0);
        float angle = heading + spread * own.normal();
        float squeeze = own.between(0.5f, 1);
        float radius = size * own.between(3.2f, 9);
        List<Curve> curves = shape(own).draw(own);
        float middleX = 0;
        float middleY = 0;
        for (Curve curve : curves) {
            middleX += curve.mean(curve.x) / curves.size();
            middleY += curve.mean(curve.y) / curves.size();
        }
        Filling filling = new Filling(own, canvas.moment);
        List<float[]> flows = new ArrayList<>();
        for (Curve curve : curves) {
            curve.moved(-middleX, -middleY)
                    .turned(size, squeeze, angle)
                    .moved(x, y)
                    .widened(radius);
            filling.fill(curve);
            flows.add(filling.flow(curve));
        }
        if (own.chance(0.7f)) {
            surroundings(own, x, y, density);
        }
        if (own.chance(0.25f)) {
            descent(own, curves.getFirst(), density);
        }
        curves.forEach(canvas::moved);
        place(curves, flows, Math.min(blur, MOST_BLUR), density);
    }

    private Shape shape(Dice own) {
        float pick = own.between(0, taste[taste.length - 1]);
        int shape = 0;
        while (taste[shape] <= pick) {
            shape++;
        }
        return SHAPES.get(shape);
    }

    /// The papilla around a vessel: a soft spot of blood and pigment, and often a rim.
    private void surroundings(Dice own, float x, float y, float density) {
        float sigma = own.between(16, 42);
        float squeeze = own.between(0.7f, 1.4f);
        canvas.spot(canvas.blood, x, y, sigma, squeeze, density * own.between(0, 0.25f));
        canvas.spot(canvas.brown, x, y, sigma, squeeze, own.between(0, 0.05f));
        if (own.chance(0.3f)) {
            skin.papilla(x, y, own.between(0.01f, 0.05f));
        }
    }

    /// The vessel that leads down into the net: blurred and faint, and no part of the truth.
    private void descent(Dice own, Curve vessel, float density) {
        int end = vessel.size() - 1;
        float ahead = (float) StrictMath.atan2(vessel.y[end] - vessel.y[end - 1], vessel.x[end] - vessel.x[end - 1]);
        Curve path = Curve.walk(own, vessel.x[end], vessel.y[end], ahead, own.between(50, 250), 10, 0.12f)
                .widened(own.between(3, 8));
        for (int i = 0; i < path.size(); i++) {
            path.fill[i] = 1 - 0.7f * path.share(i);
        }
        canvas.blood.add(canvas.band(path, own.between(10, 22), false), density * own.between(0.1f, 0.35f));
    }

    private void place(List<Curve> curves, List<float[]> flows, float blur, float density) {
        Raster shown = Raster.around(curves, Math.max(FAR, 3 * blur + 2));
        Raster full = new Raster(shown.left, shown.top, 1, shown.width, shown.height);
        Raster form = new Raster(shown.left, shown.top, 1, shown.width, shown.height);
        Raster away = new Raster(shown.left, shown.top, 1, shown.width, shown.height);
        Arrays.fill(away.values, FAR);
        for (int c = 0; c < curves.size(); c++) {
            Curve curve = curves.get(c);
            away.paint(curve, FAR, (before, distance, radius, _) -> Math.min(before, distance - radius));
            full.tube(curve);
            form.paint(curve, 0, (before, distance, radius, _) -> Raster.chord(before, distance, radius, 1));
            for (int i = 0; i < curve.size(); i++) {
                curve.fill[i] *= flows.get(c)[i];
            }
            shown.tube(curve);
        }
        shown.blur(blur).scale(1 / full.blur(blur).most());
        form.blur(blur).scale(1 / form.most());
        canvas.fineBlood.add(shown, density);
        canvas.vessels.add(new Vessel(shown, form, away));
    }
}
