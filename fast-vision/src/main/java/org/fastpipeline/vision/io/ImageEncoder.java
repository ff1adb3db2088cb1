// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.memory.Lease;
import org.fastpipeline.vision.opencv.Mats;

/// Turns images into the bytes of PNG or JPEG files, on all workers at once, so that a sink has only to write.
///
/// Takes 8-bit images, for PNG 16-bit ones too; of any channel order.
public final class ImageEncoder extends Stateless {
    /// What to encode.
    public final In<Image> image = in("image", Image.class, "what to encode");

    /// The bytes of the file.
    public final Out<EncodedImage> encoded = out("encoded", EncodedImage.class, "the bytes of the file");

    /// How hard PNG compresses: 0 not at all, 1 fast, 9 slow.
    public final Parameter<Integer> pngLevel =
            integer("pngLevel", 1, 0, 9, "", "how hard PNG compresses: 0 not at all, 1 fast, 9 slow");

    /// Quality of JPEG.
    public final Parameter<Integer> jpegQuality = integer("jpegQuality", 90, 1, 100, "percent", "quality of JPEG");

    private final EncodedImage.Encoding encoding;

    /// A PNG encoder.
    public ImageEncoder() {
        this(EncodedImage.Encoding.PNG);
    }

    /// @param encoding the file format
    public ImageEncoder(EncodedImage.Encoding encoding) {
        this.encoding = encoding;
    }

    @Override
    public void execute(Step step) {
        Image source = step.get(image);
        ElementType type = source.spec().type();
        if (type != ElementType.U8 && (type != ElementType.U16 || encoding != EncodedImage.Encoding.PNG)) {
            throw new WrongUseException(
                    name() + ".image",
                    "met " + source + "; needed 8-bit samples, or 16-bit ones for PNG",
                    "Convert the image first");
        }
        if (source.spec().channels() == ChannelOrder.XY) {
            throw new WrongUseException(
                    name() + ".image", "met " + source + "; needed grey or colour", "Make a picture of it first");
        }
        try (Mats mats = new Mats(step.memory())) {
            BytePointer file = new BytePointer();
            IntPointer settings = new IntPointer(settings(step));
            opencv_imgcodecs.imencode("." + encoding.extension(), inOpenCvOrder(mats, source), file, settings);
            int bytes = Math.toIntExact(file.limit());
            Lease lease = step.memory().allocate(bytes);
            new Mat(1, bytes, opencv_core.CV_8UC1, file)
                    .copyTo(mats.over(lease.address(), 1, bytes, opencv_core.CV_8UC1));
            step.put(encoded, new EncodedImage(encoding, lease));
        }
    }

    private int[] settings(Step step) {
        if (encoding == EncodedImage.Encoding.JPEG) {
            return new int[] {opencv_imgcodecs.IMWRITE_JPEG_QUALITY, step.get(jpegQuality)};
        }
        int level = step.get(pngLevel);
        // At the fastest level runs of equal bytes suffice: half the time of zlib's search, and not larger.
        return level == 1
                ? new int[] {
                    opencv_imgcodecs.IMWRITE_PNG_STRATEGY,
                    opencv_imgcodecs.IMWRITE_PNG_STRATEGY_RLE,
                    opencv_imgcodecs.IMWRITE_PNG_FILTER,
                    opencv_imgcodecs.IMWRITE_PNG_FILTER_UP
                }
                : new int[] {opencv_imgcodecs.IMWRITE_PNG_COMPRESSION, level};
    }

    private static Mat inOpenCvOrder(Mats mats, Image image) {
        Mat pixels = mats.read(image);
        ChannelOrder order = image.spec().channels();
        if (order == ChannelOrder.RGB || order == ChannelOrder.RGBA) {
            Mat swapped = mats.scratch(image.height(), image.width(), Mats.type(image.spec()))
                    .mat();
            boolean rgb = order == ChannelOrder.RGB;
            opencv_imgproc.cvtColor(
                    pixels, swapped, rgb ? opencv_imgproc.COLOR_RGB2BGR : opencv_imgproc.COLOR_RGBA2BGRA);
            return swapped;
        }
        return pixels;
    }
}
