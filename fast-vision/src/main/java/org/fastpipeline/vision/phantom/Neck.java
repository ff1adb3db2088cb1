// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.phantom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What lies under the probe in a scene: layers of tissue, an artery and a vein beneath the muscle, and what may be
/// taken for a vessel or hide one.
final class Neck {
    private static final int TRIES = 12;

    /// Levels of a vessel that is not there.
    private static final float FAR = 100;

    private final Layers layers;
    private final Optional<Lumen> artery;
    private final Optional<Lumen> vein;
    private final List<Nodule> nodules = new ArrayList<>();
    private final List<Obstacle> obstacles = new ArrayList<>();
    private final SmoothNoise noise;
    private final float beats;
    private final float breathes;
    private final float squashes;

    /// @param half half of the width that is seen, in mm
    /// @param depth that is seen
    Neck(Dice dice, float half, float depth) {
        noise = new SmoothNoise(dice);
        float radius = dice.between(2, 4.4f);
        float wide = dice.between(2.6f, 7);
        float high = Math.min(wide * dice.between(0.35f, 0.85f), 4.5f);
        float muscle = dice.between(0.22f, 0.5f) * depth;
        layers = new Layers(dice, dice.between(0.25f, 0.75f) * muscle, muscle);
        beats = dice.between(0.02f, 0.1f);
        breathes = dice.chance(0.25f) ? dice.between(0.3f, 0.65f) : dice.between(0.03f, 0.25f);
        squashes = dice.chance(0.3f) ? dice.between(4, 10) : dice.between(0, 3);
        float side = dice.chance(0.5f) ? 1 : -1;
        float x = side * dice.between(-0.1f, 0.45f) * half;
        float z = Math.min(layers.floor(x) + radius + dice.between(0.8f, 6), depth - radius - 2);
        boolean hasArtery = dice.chance(0.92f);
        boolean hasVein = dice.chance(0.92f);
        float ratio = dice.between(0.88f, 1);
        Lumen carotid = new Lumen(dice, Lumen.ARTERY, x, z, radius, radius * ratio);
        float angle = dice.between(-0.3f, 1.1f);
        float apart = radius + wide * dice.between(0.55f, 1.1f) + dice.between(0.4f, 1.8f);
        float veinX = x - side * apart * (float) StrictMath.cos(angle);
        float veinZ = z - (0.5f * radius + high + 0.5f) * (float) StrictMath.sin(angle);
        float veinDepth = Math.max(veinZ, layers.floor(veinX) + high + 0.5f);
        Lumen jugular = new Lumen(dice, Lumen.VEIN, veinX, veinDepth, wide, high);
        artery = Optional.of(carotid).filter(_ -> hasArtery);
        vein = Optional.of(jugular).filter(_ -> hasVein);
        addNodules(dice, half, depth);
        addObstacles(dice, half, depth);
    }

    private void addNodules(Dice dice, float half, float depth) {
        for (Nodule.Kind kind : Nodule.Kind.values()) {
            for (int count = dice.chance(0.45f) ? 1 : 0; count > 0; count--) {
                float reach = kind == Nodule.Kind.GLAND ? 8 : 3;
                place(dice, half, 4, depth - 2, reach)
                        .ifPresent(at -> nodules.add(Nodule.of(dice, kind, at[0], at[1])));
            }
        }
    }

    /// A place away from the vessels, if one is found.
    private Optional<float[]> place(Dice dice, float half, float least, float most, float reach) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            float x = dice.between(-half, half);
            float z = dice.between(least, most);
            if (isFree(x, z, reach)) {
                return Optional.of(new float[] {x, z});
            }
        }
        return Optional.empty();
    }

    private boolean isFree(float x, float z, float reach) {
        return artery.stream().allMatch(vessel -> vessel.isClearOf(x, z, reach))
                && vein.stream().allMatch(vessel -> vessel.isClearOf(x, z, reach));
    }

    /// Bone deep down; shadows from above beside the vessels, or faint ones over them; edges that do not touch.
    private void addObstacles(Dice dice, float half, float depth) {
        float bottom = Math.max(
                artery.map(Lumen::bottom).orElse(0f), vein.map(Lumen::bottom).orElse(0f));
        if (dice.chance(0.45f)) {
            float top = bottom + dice.between(2.5f, 9);
            float wide = dice.between(3, 12);
            obstacles.add(new Obstacle(
                    dice.between(-half, half), top, wide, wide * dice.between(0.1f, 0.5f), dice.between(4, 12), 45));
        }
        if (dice.chance(0.4f)) {
            float x = dice.between(-half, half);
            float wide = dice.between(0.5f, 4);
            boolean beside = isFree(x, artery.map(vessel -> vessel.depth).orElse(depth), wide + 3)
                    && isFree(x, vein.map(vessel -> vessel.depth).orElse(depth), wide + 3);
            float lost = beside ? dice.between(8, 35) : dice.between(2, 7);
            obstacles.add(new Obstacle(x, dice.between(1, 5), wide, 0.2f, beside ? dice.between(0, 6) : 0, lost));
        }
        for (int side = -1; side <= 1; side += 2) {
            if (dice.chance(0.25f)) {
                float wide = dice.between(2, 9);
                obstacles.add(new Obstacle(side * (half + 2), 0, wide, 0, 0, dice.between(6, 40)));
            }
        }
    }

    /// Draws it as it is at a moment.
    void draw(Echoes echoes, ProbeMoment moment) {
        artery.ifPresent(vessel -> vessel.at(moment, beats, 0));
        vein.ifPresent(vessel -> vessel.at(moment, breathes, squashes));
        float[] arteryLevels = levels(artery, echoes);
        float[] veinLevels = levels(vein, echoes);
        artery.ifPresent(vessel -> vessel.push(echoes, arteryLevels));
        vein.ifPresent(vessel -> vessel.push(echoes, veinLevels));
        layers.draw(echoes);
        for (int at = 0; at < echoes.label.length; at++) {
            for (Nodule nodule : nodules) {
                nodule.draw(echoes, at, noise);
            }
            for (Obstacle obstacle : obstacles) {
                obstacle.draw(echoes, at);
            }
        }
        artery.ifPresent(vessel -> vessel.draw(echoes, arteryLevels, levels(Optional.empty(), echoes)));
        vein.ifPresent(vessel -> vessel.draw(echoes, veinLevels, arteryLevels));
    }

    private static float[] levels(Optional<Lumen> vessel, Echoes echoes) {
        return vessel.map(there -> there.levels(echoes)).orElseGet(() -> {
            float[] far = new float[echoes.label.length];
            Arrays.fill(far, FAR);
            return far;
        });
    }
}
