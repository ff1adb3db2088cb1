// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import org.fastpipeline.core.error.WrongUseException;

/// The shape and meaning of an image's samples; rows from the top, x fastest, slices one after another.
///
/// @param width columns, at least 1
/// @param height rows, at least 1
/// @param depth slices; 1 for a 2-D image
/// @param channels channels of a pixel and their order, interleaved
/// @param type element type of a channel
/// @param significantBits bits that carry information, from the lowest (12 for a 12-bit camera in 16-bit samples)
/// @param rowStride bytes from one row to the next
/// @param geometry spacing, origin and direction
/// @param rescaleSlope real value = sample x slope + intercept
/// @param rescaleIntercept real value = sample x slope + intercept
public record ImageSpec(
        int width,
        int height,
        int depth,
        ChannelOrder channels,
        ElementType type,
        int significantBits,
        long rowStride,
        Geometry geometry,
        double rescaleSlope,
        double rescaleIntercept) {
    public ImageSpec {
        if (width < 1 || height < 1 || depth < 1) {
            throw new WrongUseException(
                    "image",
                    "met size " + width + " x " + height + " x " + depth + "; needed each 1 or more",
                    "Give a size");
        }
        long packed = (long) width * channels.channels() * type.bytes();
        if (rowStride < packed) {
            throw new WrongUseException(
                    "image",
                    "met a row stride of " + rowStride + " bytes; needed " + packed + " or more",
                    "Give a larger stride");
        }
        if (significantBits < 1 || significantBits > 8 * type.bytes()) {
            throw new WrongUseException(
                    "image",
                    "met " + significantBits + " significant bits; needed 1 to " + 8 * type.bytes(),
                    "Give fewer bits");
        }
    }

    /// A 2-D image with packed rows, unit geometry and no rescale.
    public static ImageSpec of(int width, int height, ChannelOrder channels, ElementType type) {
        return volume(width, height, 1, channels, type);
    }

    /// A volume with packed rows, unit geometry and no rescale.
    public static ImageSpec volume(int width, int height, int depth, ChannelOrder channels, ElementType type) {
        long stride = (long) width * channels.channels() * type.bytes();
        return new ImageSpec(width, height, depth, channels, type, 8 * type.bytes(), stride, Geometry.UNIT, 1, 0);
    }

    /// This spec with another geometry.
    public ImageSpec with(Geometry newGeometry) {
        return new ImageSpec(
                width,
                height,
                depth,
                channels,
                type,
                significantBits,
                rowStride,
                newGeometry,
                rescaleSlope,
                rescaleIntercept);
    }

    /// This spec with another channel order, rows packed.
    public ImageSpec with(ChannelOrder newChannels) {
        long stride = (long) width * newChannels.channels() * type.bytes();
        return new ImageSpec(
                width,
                height,
                depth,
                newChannels,
                type,
                significantBits,
                stride,
                geometry,
                rescaleSlope,
                rescaleIntercept);
    }

    /// What a part of such an image is, rows packed, in its own place.
    public ImageSpec part(Region region) {
        return new ImageSpec(
                region.width(),
                region.height(),
                region.depth(),
                channels,
                type,
                significantBits,
                (long) region.width() * pixelBytes(),
                geometry.from(region.x(), region.y(), region.z()),
                rescaleSlope,
                rescaleIntercept);
    }

    /// All of it.
    public Region region() {
        return new Region(0, 0, 0, width, height, depth);
    }

    /// What stands where there is no image: 0 for one channel; white for several, which is the largest integer that
    /// the significant bits hold (255 for 8), or 1 in floating point.
    public double blank() {
        if (channels == ChannelOrder.GREY) {
            return 0;
        }
        return type == ElementType.F32 || type == ElementType.F64
                ? 1
                : Math.min(Samples.largest(type), Math.scalb(1.0, significantBits) - 1);
    }

    /// Bytes of one pixel.
    public int pixelBytes() {
        return channels.channels() * type.bytes();
    }

    /// Bytes of the whole image.
    public long bytes() {
        return Math.multiplyExact(Math.multiplyExact(rowStride, height), depth);
    }

    /// Where the pixel begins, in bytes from the start of the image.
    public long offset(int x, int y, int z) {
        return ((long) z * height + y) * rowStride + (long) x * pixelBytes();
    }

    @Override
    public String toString() {
        return width + " x " + height + (depth > 1 ? " x " + depth : "") + " " + channels + " " + type;
    }
}
