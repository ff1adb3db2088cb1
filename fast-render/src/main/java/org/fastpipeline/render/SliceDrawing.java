// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.util.Optional;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.render.ImageLayer.Range;
import org.fastpipeline.render.gl.GlContext;
import org.fastpipeline.render.gl.Program;

/// Draws a [SliceLayer] or an [ObliqueLayer].
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
                vec3 place = corner + at.x * across + at.y * down;
                if (any(lessThan(place, vec3(0.0))) || any(greaterThan(place, vec3(1.0)))) {
                    discard;
                }
                float v = textureLod(volume, place, 0.0).r * unit;
                colour = vec4(vec3((v - range.x + range.y / 2.0) / range.y), 1.0);
            }
            """;

    private final Volume volume;
    private final Cut.Cutter cutter;

    /// How far somebody has gone through the slices.
    private int slid;

    /// Whether somebody has.
    private boolean chosen;

    SliceDrawing(GlContext gl, Out<Image> image, Optional<Range> range, Cut.Cutter cutter) {
        this.volume = new Volume(gl, image, range);
        this.cutter = cutter;
    }

    @Override
    public void take(Values values) {
        volume.take(values);
    }

    private Optional<Cut> cut() {
        return volume.isThere() ? Optional.of(cutter.of(volume.spec(), slid)) : Optional.empty();
    }

    @Override
    public void slide(int slices) {
        slid += slices;
        chosen = true;
        slid = cut().map(Cut::slid).orElse(0);
    }

    @Override
    public Optional<Extent> extent() {
        return cut().map(Cut::extent);
    }

    @Override
    public void draw(Canvas canvas) {
        cut().ifPresent(cut -> {
            Program program = canvas.begin(FRAGMENT)
                    .set("volume", 0)
                    .set("unit", volume.texture().format().unit())
                    .set("corner", cut.corner())
                    .set("across", cut.across())
                    .set("down", cut.down())
                    .set("range", volume.range().level(), volume.range().window());
            volume.texture().bind(0, true);
            canvas.paint(program, cut.extent());
            if (chosen) {
                TextLayer.write(cut.text(), Corner.TOP_LEFT, TextSize.STANDARD, Colour.WHITE, canvas);
            }
        });
    }

    @Override
    public void close() {
        volume.close();
    }
}
