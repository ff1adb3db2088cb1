// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.patch;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.error.ParameterException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.memory.Allocator;

/// Cuts something into patches of one size: a stream of them below each frame.
///
/// Patches come along x, then y, then z. With an overlap the first one begins that far before the image. What of a
/// patch lies outside is padding. A mask leaves out patches of which too little lies in it. Each patch has its
/// [Patch] as metadata, [Metadata#INDEX] (counted from 0 over the patches that are given out) and [Metadata#COUNT],
/// and its own geometry, so it keeps its place in the patient. All else that is known of the frame that is cut is
/// known of its patches.
///
/// A stream without any patch fails, for its result would be empty without notice. Patches are cut on all workers.
///
/// @param <T> what is cut
public abstract sealed class PatchSource<T> extends Source<Patch> permits PatchGenerator, PyramidPatchGenerator {
    /// What is cut.
    public final In<T> image;

    /// Where patches are wanted: samples other than 0. Its own spacing and origin in mm say where it lies.
    public final In<Image> mask = optional("mask", Image.class, "where patches are wanted: samples other than 0");

    /// A patch, rows packed.
    public final Out<Image> patch = out("patch", Image.class, "a part of the image");

    /// Columns of a patch; must be set.
    public final Parameter<Integer> width =
            integer("width", 0, 0, Integer.MAX_VALUE, "pixels", "columns of a patch; must be set");

    /// Rows of a patch; must be set.
    public final Parameter<Integer> height =
            integer("height", 0, 0, Integer.MAX_VALUE, "pixels", "rows of a patch; must be set");

    /// How far a patch reaches beyond its own part on each side, as a fraction of its size.
    public final Parameter<Double> overlap = parameter(new Parameter.Declaration<>(
            "overlap",
            Double.class,
            0.0,
            "0 or more, less than 0.5",
            value -> value >= 0 && value < 0.5,
            Double::valueOf,
            "of the patch",
            "how far a patch reaches beyond its own part on each side"));

    /// A patch is given out if at least this share of its own part lies in the mask.
    public final Parameter<Double> maskThreshold = number(
            "maskThreshold",
            0.5,
            0,
            1,
            "",
            "a patch is given out if at least this share of its own part is in the mask");

    /// Value of samples outside the image.
    public final Parameter<OptionalDouble> padding = parameter(new Parameter.Declaration<>(
            "padding",
            OptionalDouble.class,
            OptionalDouble.empty(),
            "a number; empty for white around colour and 0 around one channel",
            value -> true,
            PatchSource::number,
            "",
            "value of samples outside the image"));

    PatchSource(Class<T> type, String doc) {
        this.image = in("image", type, doc);
    }

    static OptionalDouble number(String text) {
        return text.isBlank() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
    }

    /// How what `step` reads is to be cut.
    abstract PatchGrid grid(Step step);

    /// The pixels of one patch; the caller closes it.
    abstract Image cut(T from, Patch part, double outside, Allocator memory);

    /// The size in a plane that was asked for.
    ///
    /// @throws ParameterException if none was
    final Extent size(Step step, int depth) {
        return new Extent(set(step, width), set(step, height), depth);
    }

    private static int set(Step step, Parameter<Integer> size) {
        int value = step.get(size);
        if (value == 0) {
            throw new ParameterException(size.toString(), "no value", "1 or more pixels");
        }
        return value;
    }

    @Override
    public final Cursor<Patch> open(Step step) {
        PatchGrid grid = grid(step);
        Metadata outer = step.metadata();
        Optional<Image> wanted = step.find(mask);
        if (wanted.isEmpty()) {
            return cursor(grid, outer, grid.count(), place -> place);
        }
        MaskCoverage coverage = new MaskCoverage(wanted.get(), grid.whole().geometry());
        double least = step.get(maskThreshold);
        long[] ids = LongStream.range(0, grid.count())
                .filter(id -> coverage.share(grid.own(id)) >= least)
                .toArray();
        if (ids.length == 0) {
            throw new InputException(
                    mask.toString(),
                    "none of " + grid.count() + " patches of " + grid.patch() + " has a share of " + least
                            + " or more in " + wanted.get(),
                    "Look at the mask and its spacing, or lower maskThreshold",
                    null);
        }
        return cursor(grid, outer, ids.length, place -> ids[(int) place]);
    }

    private static Cursor<Patch> cursor(PatchGrid grid, Metadata outer, long count, LongUnaryOperator idAt) {
        return new Cursor<>() {
            private long place;

            @Override
            public Next<Patch> next() {
                if (place == count) {
                    return new Next.End<>();
                }
                double progress = count == 1 ? 1 : (double) place / (count - 1);
                Patch patch = new Patch(idAt.applyAsLong(place), grid, progress, outer);
                Metadata metadata = Metadata.EMPTY
                        .with(Patch.KEY, patch)
                        .with(Metadata.INDEX, place)
                        .with(Metadata.COUNT, count);
                place++;
                return new Next.Item<>(patch, metadata);
            }
        };
    }

    @Override
    public final void load(Patch part, Step step) {
        double outside = step.get(padding).orElse(part.grid().whole().blank());
        try (Image pixels = cut(step.get(image), part, outside, step.memory())) {
            step.put(patch, pixels);
        }
    }
}
