// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.patch;

import java.nio.file.Path;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImagePyramid;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.PyramidBuilder;
import org.fastpipeline.core.data.Region;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Step;
import org.jspecify.annotations.Nullable;

/// Puts images of patches together to an image, a volume or a pyramid with the size and geometry of what was cut.
///
/// Of each patch its own part is taken, without overlap and without what lay beyond the whole; so the order of patches
/// does not matter. All have one kind of pixels, which need not be that of what was cut. Places that stay empty are
/// white in colour and 0 in one channel.
///
/// A result with both sides below 8192 pixels, and a volume, is on [#image]; a larger one is on [#pyramid], with its
/// tiles in a temporary file; the other port is skipped.
public final class PatchStitcher extends PatchFold<Image> {
    private static final int SMALLEST_PYRAMID = 8192;

    /// The result, where it is an image.
    public final Out<Image> image = out("image", Image.class, "the result, if it is small or a volume");

    /// The result, where it is a pyramid.
    public final Out<ImagePyramid> pyramid = out("pyramid", ImagePyramid.class, "the result, if it is large");

    /// Whether patches come without their overlap, as some networks give them.
    public final Parameter<Boolean> cropped = flag("cropped", false, "whether patches come without their overlap");

    /// Whether a small result becomes a pyramid too.
    public final Parameter<Boolean> alwaysPyramid =
            flag("alwaysPyramid", false, "whether a small result becomes a pyramid too");

    /// Where temporary files are made.
    public final Parameter<Path> folder = parameter(new Parameter.Declaration<>(
            "folder",
            Path.class,
            Path.of(System.getProperty("java.io.tmpdir")),
            "a folder",
            value -> true,
            Path::of,
            "",
            "where temporary files are made"));

    public PatchStitcher() {
        super(Image.class, "the image that became of each patch");
    }

    @Override
    public Gathered<Image> begin(Step parent) {
        return new Stitched();
    }

    /// What is written so far.
    final class Stitched extends Gathered<Image> {
        private @Nullable Image whole;
        private @Nullable PyramidBuilder builder;

        @Override
        void add(Patch place, Image value, Step child) {
            boolean bare = child.get(cropped);
            PatchGrid grid = place.grid();
            Extent size = bare ? grid.stride() : grid.patch();
            ImageSpec spec = value.spec();
            if (spec.width() != size.x() || spec.height() != size.y() || spec.depth() != size.z()) {
                throw new WrongUseException(
                        patch + ", frame " + child.frame(),
                        "met " + value + "; needed " + size,
                        bare
                                ? "Give patches without their overlap, or unset cropped"
                                : "Scale results to the size of their patch; set cropped if they have no overlap");
            }
            if (whole == null && builder == null) {
                begin(grid, spec, child);
            }
            Region own = place.own();
            Region part = bare
                    ? own.at(0, 0, 0)
                    : own.at(
                            grid.overlap().x(),
                            grid.overlap().y(),
                            grid.overlap().z());
            if (whole != null) {
                whole.paste(value, part, own.x(), own.y(), own.z());
            } else if (builder != null) {
                builder.write(value, part.box(), own.x(), own.y());
            }
        }

        private void begin(PatchGrid grid, ImageSpec kind, Step child) {
            ImageSpec spec = kind.part(grid.whole().region()).with(grid.whole().geometry());
            boolean large = spec.width() >= SMALLEST_PYRAMID || spec.height() >= SMALLEST_PYRAMID;
            if (spec.depth() == 1 && (large || child.get(alwaysPyramid))) {
                builder = new PyramidBuilder(spec, grid.magnification(), child.get(folder));
            } else {
                Image blank = Image.allocate(spec, child.memory());
                blank.fill(spec.blank());
                whole = blank.handOver(PatchStitcher.this);
            }
        }

        @Override
        void put(Step parent, boolean going) {
            if (whole != null) {
                parent.skip(pyramid, "the result is an image");
                parent.put(image, going ? whole.part(whole.spec().region(), 0, parent.memory()) : whole);
            } else if (builder != null) {
                parent.skip(image, "the result is a pyramid");
                parent.put(pyramid, builder.pyramid(parent.memory()));
            }
        }

        @Override
        void close() {
            if (whole != null) {
                whole.close();
            }
            if (builder != null) {
                builder.close();
            }
        }
    }
}
