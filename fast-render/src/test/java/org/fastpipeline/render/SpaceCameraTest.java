// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Random;
import org.fastpipeline.core.data.Vector3;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Properties that hold for any camera: each repetition tries another, and names its seed.
@Tag("behaviour-200")
class SpaceCameraTest {
    private static final int TIMES = 50;
    private static final double EXACT = 1e-6;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private Space space = box(new Vector3(1, 1, 1));
    private SpaceCamera fitted = SpaceCamera.fit(space, 0, 0, 1, 1);
    private SpaceCamera camera = fitted;
    private Vector3 place = Vector3.ZERO;

    private static Space box(Vector3 sides) {
        return new Space(
                new Vector3(-sides.x() / 2, -sides.y() / 2, -sides.z() / 2),
                new Vector3(sides.x(), 0, 0),
                new Vector3(0, sides.y(), 0),
                new Vector3(0, 0, sides.z()),
                Vector3.ONE);
    }

    @BeforeEach
    void chooseOne() {
        space = new Space(somewhere(), somewhere(), somewhere(), somewhere(), Vector3.ONE);
        fitted = SpaceCamera.fit(space, between(-180, 180), between(-90, 90), between(50, 4000), between(50, 4000));
        camera = fitted.zoomed(between(0.3, 10), 30, 40).panned(between(-99, 99), between(-99, 99));
        place = somewhere();
    }

    private double between(double least, double most) {
        return least + random.nextDouble() * (most - least);
    }

    private Vector3 somewhere() {
        return new Vector3(between(-300, 300), between(-300, 300), between(-300, 300));
    }

    private void same(double met, double needed) {
        assertThat(met).as("seed %d", seed).isCloseTo(needed, offset(EXACT * (1 + Math.abs(needed))));
    }

    private void same(Vector3 met, Vector3 needed) {
        same(met.minus(needed).length(), 0);
    }

    @RepeatedTest(TIMES)
    void fitSeesAllCornersHoweverItIsTurned() {
        SpaceCamera turned = fitted.turned(between(-5000, 5000), between(-5000, 5000));

        for (Vector3 corner : space.corners()) {
            assertThat(turned.screenX(corner)).as("seed %d", seed).isBetween(-EXACT, turned.width() + EXACT);
            assertThat(turned.screenY(corner)).as("seed %d", seed).isBetween(-EXACT, turned.height() + EXACT);
        }
    }

    @RepeatedTest(TIMES)
    void rightUpAndTheEyeAreUnitVectorsAtRightAnglesAndNotMirrored() {
        same(camera.right().length(), 1);
        same(camera.up().length(), 1);
        same(camera.right().cross(camera.up()), camera.eye());
    }

    @RepeatedTest(TIMES)
    void zIsNeverDownOnTheScreen() {
        assertThat(camera.up().z()).as("seed %d", seed).isGreaterThanOrEqualTo(-EXACT);
        same(camera.right().z(), 0);
    }

    @RepeatedTest(TIMES)
    void turningKeepsTheTargetTheScaleAndAllDistancesFromTheTarget() {
        SpaceCamera turned = camera.turned(between(-900, 900), between(-900, 900));

        same(turned.target(), camera.target());
        same(turned.scale(), camera.scale());
        same(distance(turned), distance(camera));
    }

    private double distance(SpaceCamera from) {
        return Math.hypot(
                from.nearness(place),
                Math.hypot(from.screenX(place) - from.width() / 2, from.screenY(place) - from.height() / 2)
                        / from.scale());
    }

    @RepeatedTest(TIMES)
    void whatLiesInFrontFollowsATurn() {
        SpaceCamera upright = new SpaceCamera(Vector3.ZERO, between(-180, 180), between(-60, 60), 1, 100, 100);
        Vector3 front = upright.eye();

        SpaceCamera turned = upright.turned(1, 0);
        assertThat(turned.screenX(front)).as("seed %d", seed).isGreaterThan(upright.screenX(front));
        turned = upright.turned(0, 1);
        assertThat(turned.screenY(front)).as("seed %d", seed).isGreaterThan(upright.screenY(front));
    }

    @RepeatedTest(TIMES)
    void aDragOverTheShorterSideIsHalfATurn() {
        SpaceCamera turned = camera.turned(Math.min(camera.width(), camera.height()), 0);

        same(turned.right(), camera.right().times(-1));
    }

    @RepeatedTest(TIMES)
    void aPlaceOnTheScreenIsWhereItsPlaceInSpaceIsSeen() {
        double x = between(0, camera.width());
        double y = between(0, camera.height());
        Vector3 seen = camera.place(x, y);

        same(camera.screenX(seen), x);
        same(camera.screenY(seen), y);
        same(camera.nearness(seen), 0);
    }

    @RepeatedTest(TIMES)
    void panMovesAllByAsMuchAsAsked() {
        double right = between(-500, 500);
        double down = between(-500, 500);

        SpaceCamera moved = camera.panned(right, down);

        same(moved.screenX(place), camera.screenX(place) + right);
        same(moved.screenY(place), camera.screenY(place) + down);
        same(moved.nearness(place), camera.nearness(place));
    }

    @RepeatedTest(TIMES)
    void zoomKeepsWhatIsUnderThePointerAndMakesAllAsMuchLarger() {
        double x = between(0, camera.width());
        double y = between(0, camera.height());
        double factor = between(0.1, 10);

        SpaceCamera closer = camera.zoomed(factor, x, y);

        same(closer.screenX(place) - x, factor * (camera.screenX(place) - x));
        same(closer.screenY(place) - y, factor * (camera.screenY(place) - y));
    }

    @RepeatedTest(TIMES)
    void zoomAboutTheMiddleKeepsTheTarget() {
        same(
                camera.zoomed(between(0.1, 10), camera.width() / 2, camera.height() / 2)
                        .target(),
                camera.target());
    }

    @Test
    void fromTheFrontTheLeftOfThePatientIsOnTheRightAndTheHeadUp() {
        SpaceCamera front = SpaceCamera.fit(box(new Vector3(2, 2, 2)), 0, 0, 100, 100);

        same(front.right(), new Vector3(1, 0, 0));
        same(front.up(), new Vector3(0, 0, 1));
        same(front.eye(), new Vector3(0, -1, 0));
    }

    @Test
    void fromTheLeftTheBackIsOnTheRightAndFromTheHeadItIsUp() {
        SpaceCamera left = new SpaceCamera(Vector3.ZERO, 90, 0, 1, 100, 100);
        same(left.eye(), new Vector3(1, 0, 0));
        same(left.right(), new Vector3(0, 1, 0));

        SpaceCamera head = new SpaceCamera(Vector3.ZERO, 0, 90, 1, 100, 100);
        same(head.eye(), new Vector3(0, 0, 1));
        same(head.up(), new Vector3(0, 1, 0));
    }

    @RepeatedTest(TIMES)
    void partsOfASpaceLeadWhereTheySay() {
        Vector3 parts = new Vector3(random.nextDouble(), random.nextDouble(), random.nextDouble());

        same(space.parts(space.at(parts.x(), parts.y(), parts.z()).minus(space.corner())), parts);
    }
}
