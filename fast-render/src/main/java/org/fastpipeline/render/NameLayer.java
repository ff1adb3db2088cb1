// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.render.gl.GlContext;
import org.fastpipeline.render.gl.PixelFormat;

/// The names of the labels in a label image, each in the middle (the centroid) of its label's pixels.
///
/// @param labels 2-D, U8
/// @param names of labels; those without have none
/// @param middle of which pixels it is the middle
/// @param minimumArea names of what is smaller are not shown, in mm2
/// @param size of the letters, in points
/// @param colour of the letters
public record NameLayer(
        Out<Image> labels,
        ImmutableMap<Integer, String> names,
        Middle middle,
        double minimumArea,
        double size,
        Colour colour)
        implements Layer {
    public NameLayer {
        TextSize.check(size);
        if (!(minimumArea >= 0)) {
            throw new WrongUseException(
                    "least area of names", "met " + minimumArea + " mm2; needed 0 or more", "Give an area");
        }
    }

    /// Where a label's name stands; its area is that of the same pixels.
    public enum Middle {
        /// In the middle of the largest region whose pixels hang together (8-connected).
        LARGEST_REGION,
        /// In the middle of all pixels of the label.
        WHOLE_LABEL
    }

    /// Names at the largest regions, however small those are.
    public static NameLayer of(Out<Image> labels, ImmutableMap<Integer, String> names) {
        return new NameLayer(labels, names, Middle.LARGEST_REGION, 0, TextSize.STANDARD, Colour.WHITE);
    }

    /// With names elsewhere.
    public NameLayer with(Middle newMiddle) {
        return new NameLayer(labels, names, newMiddle, minimumArea, size, colour);
    }

    /// Without the names of what is smaller, in mm2.
    public NameLayer withMinimumArea(double newMinimum) {
        return new NameLayer(labels, names, middle, newMinimum, size, colour);
    }

    /// With larger or smaller letters.
    public NameLayer withSize(double points) {
        return new NameLayer(labels, names, middle, minimumArea, points, colour);
    }

    /// In another colour.
    public NameLayer with(Colour newColour) {
        return new NameLayer(labels, names, middle, minimumArea, size, newColour);
    }

    @Override
    public ImmutableList<Out<?>> ports() {
        return ImmutableList.of(labels);
    }

    @Override
    public Drawing open(GlContext gl) {
        return new ValueDrawing<>(labels, this::read, this::draw);
    }

    /// A name and its place, in pixels of an image of that spacing.
    private record Name(String name, double x, double y, Vector3 spacing) {}

    private List<Name> read(Image image) {
        PixelFormat.labels(image.spec());
        Vector3 spacing = image.spec().geometry().spacing();
        Map<Integer, LabelRegion> regions = new TreeMap<>();
        for (LabelRegion region : LabelRegion.of(image)) {
            regions.merge(region.label(), region, this::choose);
        }
        double least = minimumArea / (spacing.x() * spacing.y());
        ImmutableList.Builder<Name> shown = ImmutableList.builder();
        regions.forEach((label, region) -> {
            String name = names.get(label);
            if (name != null && region.pixels() >= least) {
                shown.add(new Name(name, region.x(), region.y(), spacing));
            }
        });
        return shown.build();
    }

    private LabelRegion choose(LabelRegion one, LabelRegion other) {
        if (middle == Middle.WHOLE_LABEL) {
            one.join(other);
            return one;
        }
        return other.pixels() > one.pixels() ? other : one;
    }

    private void draw(List<Name> shown, Canvas canvas) {
        Camera camera = canvas.camera();
        Vector3 plane = canvas.plane().spacing();
        for (Name name : shown) {
            double x = camera.screenX(name.x * name.spacing.x() / plane.x());
            double y = camera.screenY(name.y * name.spacing.y() / plane.y());
            if (x >= 0 && y >= 0 && x <= camera.width() && y <= camera.height()) {
                canvas.label(x, y, name.name, size, colour);
            }
        }
    }
}
