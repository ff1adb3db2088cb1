// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.util.Optional;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.render.gl.GlContext;
import org.fastpipeline.render.gl.Program;

/// Draws a [SliceLayer].
final class SliceDrawing implements Drawing {
    /// Places are parts of the volume's columns, rows and slices.
    private static final String FRAGMENT = """
            in vec2 at;
            out vec4 colour;
            uniform sampler3D volume;
            uniform float unit; // what a sample read as 1 is
            uniform vec3 corner; // what is seen in the upper left corner
            uniform vec3 across; // from there to the upper right
            uniform vec3 down; // from there to the lower left
            uniform vec2 range; // level and window
            void main() {
                float v = textureLod(volume, corner + at.x * across + at.y * down, 0.0).r * unit;
                colour = vec4(vec3((v - range.x + range.y / 2.0) / range.y), 1.0);
            }
            """;

    private static final Vector3 X = new Vector3(1, 0, 0);
    private static final Vector3 Y = new Vector3(0, 1, 0);
    private static final Vector3 Z = new Vector3(0, 0, 1);

    private final SliceLayer layer;
    private final Volume volume;

    /// Below 0 for the middle slice.
    private int chosen;

    /// Whether somebody has chosen another slice than the layer's.
    private boolean slid;

    SliceDrawing(SliceLayer layer, GlContext gl) {
        this.layer = layer;
        this.volume = new Volume(gl, layer.image(), layer.range());
        this.chosen = layer.index();
    }

    @Override
    public void take(Values values) {
        volume.take(values);
    }

    @Override
    public void slide(int slices) {
        if (volume.isThere()) {
            chosen = Math.clamp((long) index() + slices, 0, count() - 1);
            slid = true;
        }
    }

    private int count() {
        ImageSpec spec = volume.spec();
        return switch (layer.axis()) {
            case X -> spec.width();
            case Y -> spec.height();
            case Z -> spec.depth();
        };
    }

    private int index() {
        return chosen < 0 ? count() / 2 : Math.min(chosen, count() - 1);
    }

    @Override
    public Optional<Extent> extent() {
        if (!volume.isThere()) {
            return Optional.empty();
        }
        ImageSpec spec = volume.spec();
        Vector3 spacing = spec.geometry().spacing();
        return Optional.of(
                switch (layer.axis()) {
                    case X ->
                        new Extent(spec.height(), spec.depth(), new Vector3(spacing.y(), spacing.z(), spacing.x()));
                    case Y ->
                        new Extent(spec.width(), spec.depth(), new Vector3(spacing.x(), spacing.z(), spacing.y()));
                    case Z -> new Extent(spec.width(), spec.height(), spacing);
                });
    }

    @Override
    public void draw(Canvas canvas) {
        extent().ifPresent(extent -> {
            Geometry geometry = volume.spec().geometry();
            Vector3 x = toward(X, geometry.directionX().x() >= 0);
            Vector3 y = toward(Y, geometry.directionY().y() >= 0);
            Vector3 fallingZ = toward(Z, geometry.directionZ().z() < 0);
            Vector3 across = layer.axis() == SliceAxis.X ? y : x;
            Vector3 down = layer.axis() == SliceAxis.Z ? y : fallingZ;
            Program program = canvas.begin(FRAGMENT)
                    .set("volume", 0)
                    .set("unit", volume.texture().format().unit())
                    .set("corner", begin(across).plus(begin(down)).plus(through()))
                    .set("across", across)
                    .set("down", down)
                    .set("range", volume.range().level(), volume.range().window());
            volume.texture().bind(0, true);
            canvas.paint(program, extent);
            if (slid) {
                String text = "slice %d of %d".formatted(index(), count());
                TextLayer.write(text, Corner.TOP_LEFT, TextSize.STANDARD, Colour.WHITE, canvas);
            }
        });
    }

    private static Vector3 toward(Vector3 axis, boolean ahead) {
        return ahead ? axis : axis.times(-1);
    }

    /// Where a way along an axis begins: at the end of it, if it leads back.
    private static Vector3 begin(Vector3 way) {
        return new Vector3(Math.max(0, -way.x()), Math.max(0, -way.y()), Math.max(0, -way.z()));
    }

    /// From the volume's side to the middle of the slice.
    private Vector3 through() {
        double part = (index() + 0.5) / count();
        return switch (layer.axis()) {
            case X -> X.times(part);
            case Y -> Y.times(part);
            case Z -> Z.times(part);
        };
    }

    @Override
    public void close() {
        volume.close();
    }
}
