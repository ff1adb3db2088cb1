// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import com.google.common.collect.ImmutableList;
import java.util.Locale;
import java.util.OptionalDouble;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.error.WrongUseException;

/// The levels of an image pyramid, the largest first, and what its pixels are.
///
/// @param image the image at full size, level 0; not a volume
/// @param levels the sizes it is there in
/// @param magnification of the objective at level 0, such as 40 (times), where it is known
public record PyramidSpec(ImageSpec image, ImmutableList<Level> levels, OptionalDouble magnification) {
    /// A factor so close to 1 is taken for 1: nominal magnifications are rounded.
    private static final double SLACK = 0.1;

    private static final int TILE = 256;
    private static final int SMALL_ENOUGH = 4096;

    /// A magnification of m times has a spacing of about 10 / m micrometres: 0.25 for 40 times, 0.5 for 20 times.
    private static final double MILLIMETRES_AT_ONE = 0.01;

    /// One size of the image.
    ///
    /// @param width columns
    /// @param height rows
    /// @param downsample how many pixels of level 0 became one, along x and along y; 1 for level 0
    /// @param tileWidth columns of a tile, the part that is stored in one piece
    /// @param tileHeight rows of a tile
    public record Level(int width, int height, double downsample, int tileWidth, int tileHeight) {
        public Level {
            if (width < 1 || height < 1 || tileWidth < 1 || tileHeight < 1 || !(downsample >= 1)) {
                throw new WrongUseException(
                        "pyramid level",
                        "met " + width + " x " + height + ", tiles " + tileWidth + " x " + tileHeight + ", downsample "
                                + downsample + "; needed each 1 or more",
                        "Correct the level");
            }
        }
    }

    /// A size that may lie between two levels.
    ///
    /// @param level the level that is read
    /// @param reduction how many of its pixels become one, along x and along y; 1 for the level itself
    public record Scale(int level, double reduction) {
        /// Level 0 as it is.
        public static final Scale FULL = new Scale(0, 1);

        public Scale {
            if (level < 0 || !(reduction >= 1)) {
                throw new WrongUseException(
                        "scale",
                        "met level " + level + " reduced by " + reduction + "; needed level 0 or more, reduced by 1 or"
                                + " more",
                        "Correct the scale");
            }
        }
    }

    public PyramidSpec {
        if (levels.isEmpty()
                || levels.getFirst().width() != image.width()
                || levels.getFirst().height() != image.height()
                || image.depth() != 1) {
            throw new WrongUseException(
                    "image pyramid",
                    "met levels " + levels + " of " + image + "; needed a 2-D image and its size as level 0",
                    "Correct the levels");
        }
    }

    /// Levels that halve the one before until both sides are below 4096 pixels, in tiles of 256 x 256.
    public static PyramidSpec halved(ImageSpec image, OptionalDouble magnification) {
        ImmutableList.Builder<Level> levels = ImmutableList.builder();
        int width = image.width();
        int height = image.height();
        double downsample = 1;
        levels.add(new Level(width, height, downsample, TILE, TILE));
        while (width >= SMALL_ENOUGH || height >= SMALL_ENOUGH) {
            width = (width + 1) / 2;
            height = (height + 1) / 2;
            downsample *= 2;
            levels.add(new Level(width, height, downsample, TILE, TILE));
        }
        return new PyramidSpec(image, levels.build(), magnification);
    }

    /// The level of this number.
    ///
    /// @throws InputException if there is none
    public Level level(int number) {
        if (number < 0 || number >= levels.size()) {
            throw new InputException(
                    toString(),
                    "met level " + number + "; needed 0 to " + (levels.size() - 1),
                    "Ask for one of those",
                    null);
        }
        return levels.get(number);
    }

    /// The whole image at a scale: its size, rounded, and its geometry. Geometry puts the first pixel in the middle of
    /// the pixels of level 0 that it stands for.
    public ImageSpec image(Scale scale) {
        Level level = level(scale.level());
        double total = level.downsample() * scale.reduction();
        return image.part(new Region(
                        0,
                        0,
                        0,
                        Reduction.reduced(level.width(), scale.reduction()),
                        Reduction.reduced(level.height(), scale.reduction()),
                        1))
                .with(image.geometry().reduced(total, total, 1));
    }

    /// The magnification at a scale.
    ///
    /// @throws InputException if it is not known
    public double magnification(Scale scale) {
        double full = magnification.orElseThrow(() -> new InputException(
                toString(),
                "its magnification is not known",
                "Set it, allow that it is guessed from the spacing, or ask for a level",
                null));
        return full / level(scale.level()).downsample() / scale.reduction();
    }

    /// Where to read an image of this magnification: at the smallest level that has enough pixels, reduced. Factors
    /// within 10 % of 1 are taken for 1.
    ///
    /// @throws InputException if no level has enough pixels, or if the magnification is not known
    public Scale at(double wanted) {
        for (int number = levels.size() - 1; number >= 0; number--) {
            double factor = magnification(new Scale(number, 1)) / wanted;
            if (factor >= 1 - SLACK) {
                return new Scale(number, factor <= 1 + SLACK ? 1 : factor);
            }
        }
        throw new InputException(
                toString(),
                String.format(
                        Locale.ROOT,
                        "met a wish for magnification %s; needed at most %s",
                        wanted,
                        magnification(Scale.FULL)),
                "Ask for less",
                null);
    }

    /// The level that has this magnification, within 10 %.
    ///
    /// @throws InputException if there is none, or if the magnification is not known
    public int levelOf(double wanted) {
        Scale scale = at(wanted);
        if (scale.reduction() != 1) {
            throw new InputException(
                    toString(),
                    "met a wish for magnification " + wanted + "; needed that of a level",
                    "Ask for a level's, or read at a scale between two levels",
                    null);
        }
        return scale.level();
    }

    /// This pyramid with the magnification that somebody knows.
    public PyramidSpec withMagnification(double known) {
        return new PyramidSpec(image, levels, OptionalDouble.of(known));
    }

    /// This pyramid with the magnification that its spacing speaks for, where it is not known: 40 times at 0.25
    /// micrometres, 20 at 0.5, 10 at 1, and so on. Of unequal spacings along x and y the mean counts.
    public PyramidSpec withGuessedMagnification() {
        Vector3 spacing = image.geometry().spacing();
        return magnification.isPresent()
                ? this
                : withMagnification(2 * MILLIMETRES_AT_ONE / (spacing.x() + spacing.y()));
    }

    @Override
    public String toString() {
        return "pyramid of " + image + " in " + levels.size() + " levels";
    }
}
