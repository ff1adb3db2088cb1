// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render.gl;

import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.error.WrongUseException;
import org.lwjgl.opengl.GL11C;
import org.lwjgl.opengl.GL12C;
import org.lwjgl.opengl.GL30C;
import org.lwjgl.opengl.GL31C;

/// How a texture holds the pixels of an image.
///
/// @param internal what OpenGL keeps
/// @param format the channels it is given, in their order
/// @param type the type it is given
/// @param bytes bytes of a pixel as it is given
/// @param unit the sample value that a shader sees as 1
/// @param turned whether blue and red are exchanged when a shader reads, and not by the driver when it takes them over
public record PixelFormat(int internal, int format, int type, int bytes, double unit, boolean turned) {
    PixelFormat(int internal, int format, int type, int bytes, double unit) {
        this(internal, format, type, bytes, unit, false);
    }

    private static final double MOST_U8 = 0xFF;
    private static final double MOST_U16 = 0xFFFF;
    private static final double MOST_I16 = Short.MAX_VALUE;

    /// For images whose samples are shades: a shader reads real numbers. Types that OpenGL has no filter for are
    /// held as 32-bit floats.
    ///
    /// @throws WrongUseException if its channels are no colours
    public static PixelFormat shades(ImageSpec spec) {
        int channels = spec.channels().channels();
        int format = format(spec);
        return switch (spec.type()) {
            case U8 -> bytes(format, channels);
            case U16 ->
                new PixelFormat(
                        choose(channels, GL30C.GL_R16, GL11C.GL_RGB16, GL11C.GL_RGBA16),
                        format,
                        GL11C.GL_UNSIGNED_SHORT,
                        2 * channels,
                        MOST_U16);
            case I16 ->
                new PixelFormat(
                        choose(channels, GL31C.GL_R16_SNORM, GL31C.GL_RGB16_SNORM, GL31C.GL_RGBA16_SNORM),
                        format,
                        GL11C.GL_SHORT,
                        2 * channels,
                        MOST_I16);
            case I32, I64, F32, F64 ->
                new PixelFormat(
                        choose(channels, GL30C.GL_R32F, GL30C.GL_RGB32F, GL30C.GL_RGBA32F),
                        format,
                        GL11C.GL_FLOAT,
                        Float.BYTES * channels,
                        1);
        };
    }

    /// Three bytes a pixel are held, and given, as four in one order: OpenGL would widen and turn them itself, at twice
    /// the time.
    private static PixelFormat bytes(int format, int channels) {
        return channels == 1
                ? new PixelFormat(GL30C.GL_R8, format, GL11C.GL_UNSIGNED_BYTE, 1, MOST_U8)
                : new PixelFormat(
                        GL11C.GL_RGBA8, GL11C.GL_RGBA, GL11C.GL_UNSIGNED_BYTE, 4, MOST_U8, format == GL12C.GL_BGR);
    }

    /// For images whose samples are labels: a shader reads whole numbers.
    ///
    /// @throws WrongUseException if they are not 8-bit and of one channel
    public static PixelFormat labels(ImageSpec spec) {
        if (spec.type() != ElementType.U8 || spec.channels() != ChannelOrder.GREY || spec.depth() != 1) {
            throw new WrongUseException(
                    "label image",
                    "met " + spec + "; needed a 2-D image with one channel of U8",
                    "Make it of a segmentation with at most 255 labels, or cut a slice");
        }
        return new PixelFormat(GL30C.GL_R8UI, GL30C.GL_RED_INTEGER, GL11C.GL_UNSIGNED_BYTE, 1, 1);
    }

    private static int format(ImageSpec spec) {
        if (spec.depth() != 1) {
            throw new WrongUseException(
                    "image",
                    "met " + spec + "; needed a 2-D image, for a plane is shown",
                    "Show it with a SliceLayer or a VolumeLayer");
        }
        return switch (spec.channels()) {
            case GREY -> GL11C.GL_RED;
            case RGB -> GL11C.GL_RGB;
            case BGR -> GL12C.GL_BGR;
            case RGBA -> GL11C.GL_RGBA;
            case XY ->
                throw new WrongUseException(
                        "image",
                        "met " + spec + ", whose channels are no colours; needed grey or colour",
                        "Show one of its components, or its length");
        };
    }

    private static int choose(int channels, int one, int three, int four) {
        return switch (channels) {
            case 1 -> one;
            case 3 -> three;
            default -> four;
        };
    }
}
