// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import org.fastpipeline.core.data.Vector3;

/// From where a space is looked at, and how large it is seen: the mapping from millimetres to points on the screen.
///
/// The projection is parallel: a millimetre is as long at the back as it is in front. z is always up on the screen, as
/// on a turntable.
///
/// @param target place that is seen in the middle, in mm; what it is turned about
/// @param azimuth degrees that the eye has gone about z: 0 is in front of the patient, 90 on the left of the patient
/// @param elevation degrees that the eye is above: 90 looks down on the head, -90 up from the feet
/// @param scale points on the screen for a millimetre
/// @param width points across
/// @param height points down
public record SpaceCamera(Vector3 target, double azimuth, double elevation, double scale, double width, double height) {
    private static final double UPRIGHT = 90;
    private static final double HALF_TURN = 180;

    /// Sees all of `space`, from wherever it is turned to, in the middle.
    public static SpaceCamera fit(Space space, double azimuth, double elevation, double width, double height) {
        double scale = Math.min(width, height) / (2 * space.radius());
        return new SpaceCamera(space.middle(), azimuth, elevation, scale, width, height);
    }

    /// Looks at a place from where a direction points to, a point for a millimetre.
    ///
    /// @param direction of any length but 0
    static SpaceCamera facing(Vector3 direction, Vector3 target) {
        double azimuth = Math.toDegrees(Math.atan2(direction.x(), 0 - direction.y()));
        double elevation = Math.toDegrees(Math.asin(direction.z() / direction.length()));
        return new SpaceCamera(target, azimuth, elevation, 1, 1, 1);
    }

    /// Unit vector that points to the right on the screen.
    public Vector3 right() {
        double turn = Math.toRadians(azimuth);
        return new Vector3(Math.cos(turn), Math.sin(turn), 0);
    }

    /// Unit vector that points up on the screen.
    public Vector3 up() {
        return eye().cross(right());
    }

    /// Unit vector that points to the eye.
    public Vector3 eye() {
        double turn = Math.toRadians(azimuth);
        double lift = Math.toRadians(elevation);
        return new Vector3(Math.cos(lift) * Math.sin(turn), -Math.cos(lift) * Math.cos(turn), Math.sin(lift));
    }

    private Vector3 fromTarget(Vector3 point) {
        return point.minus(target);
    }

    /// Where a place is seen, in points from the left.
    public double screenX(Vector3 point) {
        return width / 2 + scale * fromTarget(point).dot(right());
    }

    /// Where a place is seen, in points from the top.
    public double screenY(Vector3 point) {
        return height / 2 - scale * fromTarget(point).dot(up());
    }

    /// How much nearer to the eye than the target a place is, in mm.
    public double nearness(Vector3 point) {
        return fromTarget(point).dot(eye());
    }

    /// The place in the target's depth that is seen at a point of the screen.
    public Vector3 place(double screenX, double screenY) {
        return target.plus(right().times((screenX - width / 2) / scale))
                .plus(up().times((height / 2 - screenY) / scale));
    }

    /// Turned about its target by a drag over so many points: what lies in front follows it. A drag over the shorter
    /// side of the view is half a turn; straight above and below it ends.
    public SpaceCamera turned(double right, double down) {
        double degrees = HALF_TURN / Math.min(width, height);
        double newAzimuth = Math.IEEEremainder(azimuth - right * degrees, 2 * HALF_TURN);
        double newElevation = Math.clamp(elevation + down * degrees, -UPRIGHT, UPRIGHT);
        return new SpaceCamera(target, newAzimuth, newElevation, scale, width, height);
    }

    /// Moved by so many points: what was seen at (0, 0) is seen at (right, down).
    public SpaceCamera panned(double right, double down) {
        return to(place(width / 2 - right, height / 2 - down), scale);
    }

    /// Larger by `factor`; what is seen at (screenX, screenY) stays there.
    public SpaceCamera zoomed(double factor, double screenX, double screenY) {
        Vector3 kept = place(screenX, screenY);
        double newScale = factor * scale;
        return to(kept.plus(target.minus(kept).times(scale / newScale)), newScale);
    }

    private SpaceCamera to(Vector3 newTarget, double newScale) {
        return new SpaceCamera(newTarget, azimuth, elevation, newScale, width, height);
    }
}
