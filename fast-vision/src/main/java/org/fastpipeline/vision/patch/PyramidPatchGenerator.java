// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.patch;

import java.util.OptionalDouble;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImagePyramid;
import org.fastpipeline.core.data.PyramidSpec;
import org.fastpipeline.core.data.PyramidSpec.Scale;
import org.fastpipeline.core.error.ParameterException;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.memory.Allocator;

/// Cuts a level of an image pyramid into patches, as [PatchSource] says; or the pyramid at a magnification, which may
/// lie between two levels.
///
/// The patches of a pyramid have even sizes, and what is a patch's own, without overlap, is a multiple of 16 pixels, as
/// tiled files want it: where it is not, the overlap is made larger, and a warning is logged.
public final class PyramidPatchGenerator extends PatchSource<ImagePyramid> {
    private static final System.Logger LOG = System.getLogger(PyramidPatchGenerator.class.getName());
    private static final int UNIT = 16;

    /// The level that is cut, 0 is the largest; does not count where a magnification is set.
    public final Parameter<Integer> level = integer(
            "level",
            0,
            0,
            100,
            "",
            "the level that is cut, 0 is the largest; without effect if a magnification is set");

    /// The magnification that patches have, such as 10 (times); empty to go by the level.
    public final Parameter<OptionalDouble> magnification = parameter(new Parameter.Declaration<>(
            "magnification",
            OptionalDouble.class,
            OptionalDouble.empty(),
            "above 0; empty to go by the level",
            value -> value.isEmpty() || value.getAsDouble() > 0,
            PatchSource::number,
            "times",
            "the magnification that patches have"));

    /// Whether a magnification that the pyramid does not know is taken from its spacing.
    public final Parameter<Boolean> guessMagnification = flag(
            "guessMagnification",
            false,
            "whether a magnification that the pyramid does not know is taken from its spacing");

    /// A generator whose patch size is still to be set.
    public PyramidPatchGenerator() {
        super(ImagePyramid.class, "the pyramid that is cut");
    }

    @Override
    PatchGrid grid(Step step) {
        PyramidSpec known = step.get(image).spec();
        PyramidSpec pyramid = step.get(guessMagnification) ? known.withGuessedMagnification() : known;
        OptionalDouble wanted = step.get(magnification);
        Scale scale = wanted.isPresent() ? pyramid.at(wanted.getAsDouble()) : new Scale(step.get(level), 1);
        Extent size = size(step, 1);
        Extent asked = PatchGrid.overlap(size, step.get(overlap));
        Extent aligned =
                new Extent(aligned(width, size.x(), asked.x()), aligned(height, size.y(), asked.y()), asked.z());
        if (!aligned.equals(asked)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: an overlap of {1} pixels is made {2}, so that each patch''s own part is a multiple of {3}",
                    name(),
                    asked,
                    aligned,
                    UNIT);
        }
        OptionalDouble times = pyramid.magnification().isPresent()
                ? OptionalDouble.of(pyramid.magnification(scale))
                : OptionalDouble.empty();
        return new PatchGrid(pyramid.image(scale), size, aligned, scale, times);
    }

    /// The smallest overlap from `overlap` on that leaves a multiple of 16 pixels between.
    private static int aligned(Parameter<Integer> parameter, int size, int overlap) {
        int own = (size - 2 * overlap) / UNIT * UNIT;
        if (size % 2 != 0 || own == 0) {
            throw new ParameterException(
                    parameter.toString(),
                    size + " pixels with an overlap of " + overlap,
                    "an even number that leaves " + UNIT + " or more without the overlap, for patches of a pyramid");
        }
        return (size - own) / 2;
    }

    @Override
    Image cut(ImagePyramid from, Patch part, double outside, Allocator memory) {
        return from.read(part.grid().scale(), part.region().box(), outside, memory);
    }
}
