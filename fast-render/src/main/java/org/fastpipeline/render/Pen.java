// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.error.DisplayException;
import org.lwjgl.nanovg.NVGColor;
import org.lwjgl.nanovg.NVGPaint;
import org.lwjgl.nanovg.NanoVG;
import org.lwjgl.nanovg.NanoVGGL3;
import org.lwjgl.opengl.GL11C;
import org.lwjgl.opengl.GL30C;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;

/// Draws smooth lines, areas and texts on a [Canvas]; all places and sizes in points from its upper left corner.
///
/// Texts are set in Roboto, sharp at any size. Of one context, on NanoVG.
public final class Pen implements AutoCloseable {
    private static final float SHADOW = 2;
    private static final String DOTS = "…";

    private final long vector;
    private final ByteBuffer font;
    private final NVGColor colour = NVGColor.create();

    Pen() {
        vector = NanoVGGL3.nvgCreate(NanoVGGL3.NVG_ANTIALIAS);
        if (vector == 0) {
            throw new DisplayException("NanoVG", "it could not be set up", "Update the graphics driver", null);
        }
        byte[] bytes = Font.bytes();
        font = MemoryUtil.memAlloc(bytes.length).put(bytes).flip();
        NanoVG.nvgCreateFontMem(vector, "text", font, false);
    }

    /// Where a text stands relative to its place.
    public enum Align {
        LEFT(NanoVG.NVG_ALIGN_LEFT),
        CENTRE(NanoVG.NVG_ALIGN_CENTER),
        RIGHT(NanoVG.NVG_ALIGN_RIGHT);

        private final int flag;

        Align(int flag) {
            this.flag = flag;
        }
    }

    void begin(double width, double height, double scale) {
        NanoVG.nvgBeginFrame(vector, (float) width, (float) height, (float) scale);
        NanoVG.nvgLineJoin(vector, NanoVG.NVG_ROUND);
        NanoVG.nvgLineCap(vector, NanoVG.NVG_ROUND);
    }

    void end() {
        int vertices = GL11C.glGetInteger(GL30C.GL_VERTEX_ARRAY_BINDING);
        NanoVG.nvgEndFrame(vector);
        GL30C.glBindVertexArray(vertices); // NanoVG leaves none, without which no program of ours can draw
    }

    /// A line through points.
    ///
    /// @param points x and y in turns
    /// @param closed whether it goes back to the first point
    /// @param width how thick it is
    public void line(double[] points, boolean closed, Colour lineColour, double width) {
        path(points, closed);
        stroke(lineColour, width);
    }

    /// The area inside a line through points.
    ///
    /// @param points x and y in turns
    public void area(double[] points, Colour areaColour) {
        path(points, true);
        fill(areaColour);
    }

    private void path(double[] points, boolean closed) {
        NanoVG.nvgBeginPath(vector);
        for (int i = 0; i + 1 < points.length; i += 2) {
            if (i == 0) {
                NanoVG.nvgMoveTo(vector, (float) points[0], (float) points[1]);
            } else {
                NanoVG.nvgLineTo(vector, (float) points[i], (float) points[i + 1]);
            }
        }
        if (closed) {
            NanoVG.nvgClosePath(vector);
        }
    }

    /// The outline of a rectangle.
    public void frame(double x, double y, double width, double height, Colour lineColour, double thickness) {
        NanoVG.nvgBeginPath(vector);
        NanoVG.nvgRect(vector, (float) x, (float) y, (float) width, (float) height);
        stroke(lineColour, thickness);
    }

    /// A rectangle with round corners.
    public void rectangle(double x, double y, double width, double height, double radius, Colour areaColour) {
        NanoVG.nvgBeginPath(vector);
        NanoVG.nvgRoundedRect(vector, (float) x, (float) y, (float) width, (float) height, (float) radius);
        fill(areaColour);
    }

    /// A rectangle whose colour changes from left to right.
    public void gradient(double x, double y, double width, double height, Colour left, Colour right) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            NVGPaint paint = NanoVG.nvgLinearGradient(
                    vector,
                    (float) x,
                    0,
                    (float) (x + width),
                    0,
                    set(left),
                    set(right, NVGColor.malloc(stack)),
                    NVGPaint.malloc(stack));
            NanoVG.nvgBeginPath(vector);
            NanoVG.nvgRect(vector, (float) x, (float) y, (float) width, (float) height);
            NanoVG.nvgFillPaint(vector, paint);
            NanoVG.nvgFill(vector);
        }
    }

    /// A disc.
    public void disc(double x, double y, double radius, Colour areaColour) {
        NanoVG.nvgBeginPath(vector);
        NanoVG.nvgCircle(vector, (float) x, (float) y, (float) radius);
        fill(areaColour);
    }

    /// A text on one line, in the middle between above and below `y`, with a shadow that keeps it readable on any
    /// ground.
    ///
    /// @param size height of a line of text
    public void text(double x, double y, String text, Align align, double size, Colour textColour) {
        NanoVG.nvgFontBlur(vector, SHADOW);
        write(x, y, text, align, size, new Colour(0, 0, 0, textColour.alpha()));
        NanoVG.nvgFontBlur(vector, 0);
        write(x, y, text, align, size, textColour);
    }

    /// A text without a shadow, for a ground that is known; else as [#text].
    public void plainText(double x, double y, String text, Align align, double size, Colour textColour) {
        write(x, y, text, align, size, textColour);
    }

    private void write(double x, double y, String text, Align align, double size, Colour textColour) {
        NanoVG.nvgFontFace(vector, "text");
        NanoVG.nvgFontSize(vector, (float) size);
        NanoVG.nvgTextAlign(vector, align.flag | NanoVG.NVG_ALIGN_MIDDLE);
        NanoVG.nvgFillColor(vector, set(textColour));
        NanoVG.nvgText(vector, (float) x, (float) y, text);
    }

    /// How wide a text is.
    ///
    /// @param size height of a line of text
    public double textWidth(String text, double size) {
        NanoVG.nvgFontFace(vector, "text");
        NanoVG.nvgFontSize(vector, (float) size);
        NanoVG.nvgTextAlign(vector, NanoVG.NVG_ALIGN_LEFT);
        return NanoVG.nvgTextBounds(vector, 0, 0, text, (float[]) null);
    }

    /// How wide the widest of some texts is; 0 for none.
    ///
    /// @param size height of a line of text
    public double textWidth(List<String> texts, double size) {
        return texts.stream().mapToDouble(text -> textWidth(text, size)).max().orElse(0);
    }

    /// As much of a text as a width has room for, with dots where something is left out.
    ///
    /// @param size height of a line of text
    public String fitted(String text, double size, double width) {
        if (textWidth(text, size) <= width) {
            return text;
        }
        int end = text.length();
        while (end > 0 && textWidth(text.substring(0, end) + DOTS, size) > width) {
            end = text.offsetByCodePoints(end, -1);
        }
        return end == 0 ? "" : text.substring(0, end) + DOTS;
    }

    /// A text on as many lines as a width needs, broken between words, and within those that are wider.
    ///
    /// @param size height of a line of text
    /// @param most lines; what is left over ends in dots
    public List<String> wrapped(String text, double size, double width, int most) {
        List<String> lines = new ArrayList<>();
        String rest = text.strip();
        while (!rest.isEmpty() && lines.size() < most - 1) {
            int end = ending(rest, size, width);
            lines.add(rest.substring(0, end).strip());
            rest = rest.substring(end).strip();
        }
        if (!rest.isEmpty()) {
            lines.add(fitted(rest, size, width));
        }
        return lines;
    }

    /// Where the first line of a text ends.
    private int ending(String text, double size, double width) {
        int end = text.length();
        while (end > 1 && textWidth(text.substring(0, end), size) > width) {
            int blank = text.lastIndexOf(' ', end - 1);
            end = blank > 0 ? blank : text.offsetByCodePoints(end, -1);
        }
        return Math.max(end, text.offsetByCodePoints(0, 1));
    }

    /// Limits what is drawn to a rectangle, until [#unclip].
    public void clip(double x, double y, double width, double height) {
        NanoVG.nvgScissor(vector, (float) x, (float) y, (float) width, (float) height);
    }

    /// Ends the limits.
    public void unclip() {
        NanoVG.nvgResetScissor(vector);
    }

    private void stroke(Colour lineColour, double width) {
        NanoVG.nvgStrokeColor(vector, set(lineColour));
        NanoVG.nvgStrokeWidth(vector, (float) width);
        NanoVG.nvgStroke(vector);
    }

    private void fill(Colour areaColour) {
        NanoVG.nvgFillColor(vector, set(areaColour));
        NanoVG.nvgFill(vector);
    }

    private NVGColor set(Colour wanted) {
        return set(wanted, colour);
    }

    private static NVGColor set(Colour wanted, NVGColor to) {
        return to.r((float) wanted.red())
                .g((float) wanted.green())
                .b((float) wanted.blue())
                .a((float) wanted.alpha());
    }

    @Override
    public void close() {
        NanoVGGL3.nvgDelete(vector);
        MemoryUtil.memFree(font);
    }
}
