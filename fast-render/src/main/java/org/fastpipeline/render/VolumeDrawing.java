// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.util.List;
import java.util.Optional;
import org.fastpipeline.render.TransferFunction.Point;
import org.fastpipeline.render.VolumeLayer.Blend;
import org.fastpipeline.render.gl.GlContext;
import org.fastpipeline.render.gl.Program;

/// Draws a [VolumeLayer]: casts a ray through the volume for each pixel.
final class VolumeDrawing implements Drawing {
    /// Steps for one smallest spacing.
    private static final double STEPS = 2;

    /// Places are parts of the volume's columns, rows and slices. All rays are parallel, so that where they begin is
    /// linear in the place on the screen. Between the box's sides a ray has a whole number of even steps.
    private static final String FRAGMENT = """
            in vec2 at;
            out vec4 colour;
            uniform sampler3D volume;
            uniform float unit; // what a sample read as 1 is
            uniform vec3 corner; // where the ray of the upper left corner is
            uniform vec3 across; // from there to the upper right
            uniform vec3 down; // from there to the lower left
            uniform vec3 along; // a step away from the eye
            uniform float steps; // for one smallest spacing
            uniform bool composite;
            uniform float threshold;
            uniform int points;
            uniform vec4 samples[64]; // in x
            uniform vec4 colours[64];

            vec4 look(float v) {
                int i = 0;
                while (i + 1 < points && v >= samples[i + 1].x) {
                    i++;
                }
                if (v <= samples[i].x || i + 1 == points) {
                    return colours[i];
                }
                return mix(colours[i], colours[i + 1], (v - samples[i].x) / (samples[i + 1].x - samples[i].x));
            }

            void main() {
                vec3 start = corner + at.x * across + at.y * down;
                vec3 slant = mix(along, vec3(1e-9), lessThan(abs(along), vec3(1e-9)));
                vec3 one = -start / slant;
                vec3 other = (1.0 - start) / slant;
                vec3 first = min(one, other);
                vec3 last = max(one, other);
                float near = max(max(first.x, first.y), first.z);
                float far = min(min(last.x, last.y), last.z);
                if (near >= far) {
                    discard;
                }
                int count = max(1, int(round(far - near)));
                float stride = (far - near) / float(count);
                float most = samples[points - 1].x;
                float best = 0.0;
                bool found = false;
                vec4 sum = vec4(0.0);
                for (int i = 0; i < count; i++) {
                    float v = textureLod(volume, start + (near + (float(i) + 0.5) * stride) * along, 0.0).r * unit;
                    if (!(v >= threshold)) {
                        continue;
                    }
                    if (composite) {
                        vec4 own = look(v);
                        float opacity = (1.0 - sum.a) * (1.0 - pow(1.0 - own.a, stride / steps));
                        sum += vec4(opacity * own.rgb, opacity);
                        if (sum.a > 0.995) {
                            sum /= sum.a;
                            break;
                        }
                    } else if (!found || v > best) {
                        best = v;
                        found = true;
                        if (best >= most) {
                            break;
                        }
                    }
                }
                if (composite ? sum.a <= 0.0 : !found) {
                    discard;
                }
                colour = composite ? vec4(sum.rgb / sum.a, sum.a) : vec4(look(best).rgb, 1.0);
            }
            """;

    private final VolumeLayer layer;
    private final Volume volume;

    VolumeDrawing(VolumeLayer layer, GlContext gl) {
        this.layer = layer;
        this.volume = new Volume(gl, layer.image(), Optional.empty());
    }

    @Override
    public void take(Values values) {
        volume.take(values);
    }

    @Override
    public Optional<Space> space() {
        return volume.isThere() ? Optional.of(Space.of(volume.spec())) : Optional.empty();
    }

    @Override
    public void draw(Canvas canvas) {
        space().ifPresent(space -> {
            Shadow shadow = Shadow.of(space, canvas.spaceCamera());
            if (layer.boxed()) {
                shadow.drawBack(canvas.pen());
            }
            cast(space, shadow, canvas);
            if (layer.boxed()) {
                shadow.drawFront(canvas.pen());
            }
        });
    }

    private void cast(Space space, Shadow shadow, Canvas canvas) {
        SpaceCamera camera = canvas.spaceCamera();
        double left = Math.max(0, shadow.left());
        double top = Math.max(0, shadow.top());
        double right = Math.min(canvas.width(), shadow.right());
        double bottom = Math.min(canvas.height(), shadow.bottom());
        if (left >= right || top >= bottom) {
            return;
        }
        double step = space.smallestSpacing() / STEPS;
        TransferFunction function = layer.function().orElseGet(() -> TransferFunction.of(volume.range()));
        List<Point> points = function.points();
        Program program = canvas.begin(FRAGMENT)
                .set("volume", 0)
                .set("unit", volume.texture().format().unit())
                .set("corner", space.parts(camera.place(left, top).minus(space.corner())))
                .set("across", space.parts(camera.right().times((right - left) / camera.scale())))
                .set("down", space.parts(camera.up().times((top - bottom) / camera.scale())))
                .set("along", space.parts(camera.eye().times(-step)))
                .set("steps", STEPS)
                .set("composite", layer.blend() == Blend.COMPOSITE ? 1 : 0)
                .set("threshold", Math.max(layer.threshold(), -Float.MAX_VALUE))
                .set("points", points.size())
                .set("samples", samples(points))
                .set("colours", Palette.of(points.size(), i -> points.get(i).colour()));
        volume.texture().bind(0, true);
        canvas.paint(program, left, top, right, bottom);
    }

    private static float[] samples(List<Point> points) {
        float[] groups = new float[4 * points.size()];
        for (int i = 0; i < points.size(); i++) {
            groups[4 * i] = (float) points.get(i).sample();
        }
        return groups;
    }

    @Override
    public void close() {
        volume.close();
    }
}
