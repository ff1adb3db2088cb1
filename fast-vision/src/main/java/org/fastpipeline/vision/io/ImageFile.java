// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.Lease;
import org.fastpipeline.vision.format.ImageFormat;
import org.fastpipeline.vision.format.ImageHeader;
import org.fastpipeline.vision.opencv.Mats;

/// Reads image files: checks the header and that the file is whole, then decodes straight into leased memory.
final class ImageFile {
    /// Pixels of a picture that are decoded unless a streamer is told otherwise.
    static final int MOST_PIXELS = 100_000_000;

    /// A file larger than this is refused, before it is read.
    private static final long MOST_BYTES = 1 << 30;

    private static final String MARK = "no decoder has written here yet";

    private final Path path;
    private final Allocator memory;

    ImageFile(Path path, Allocator memory) {
        this.path = path;
        this.memory = memory;
    }

    /// Decodes the file.
    ///
    /// @param mostPixels an image of more is refused before anything is allocated for it
    /// @throws InputException if the file cannot be read, or is not a whole image of a kind that is read
    Image read(long mostPixels) {
        if (MetaImageFile.isNamed(path)) {
            return new MetaImageFile(path, memory).read(mostPixels);
        }
        try (Lease content = content()) {
            ImageHeader header = ImageFormat.check(path.toString(), content.segment(), mostPixels);
            return decode(content, header);
        }
    }

    private Lease content() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw problem("not a file", "Give an image file, or a folder as an input of its own");
            }
            long size = attributes.size();
            if (size == 0) {
                throw problem("the file is empty", "Copy it again from its origin");
            }
            if (size > MOST_BYTES) {
                throw problem(
                        "the file has " + size + " bytes; at most " + MOST_BYTES + " are read", "Save it compressed");
            }
            return content(size);
        } catch (IOException failure) {
            throw FileFault.unreadable(path, failure);
        }
    }

    private Lease content(long size) throws IOException {
        Lease lease = memory.allocate(size);
        try (SeekableByteChannel channel = Files.newByteChannel(path)) {
            ByteBuffer buffer = lease.writable().asByteBuffer();
            while (buffer.hasRemaining()) {
                if (channel.read(buffer) < 0) {
                    throw new EOFException("it became shorter while it was read");
                }
            }
            return lease;
        } catch (IOException failure) {
            lease.close();
            throw failure;
        }
    }

    private Image decode(Lease content, ImageHeader header) {
        boolean deep = header.bits() > 8;
        ImageSpec spec = ImageSpec.of(
                Math.toIntExact(header.width()),
                Math.toIntExact(header.height()),
                header.grey() ? ChannelOrder.GREY : ChannelOrder.BGR,
                deep ? ElementType.U16 : ElementType.U8);
        int colours = header.grey() ? opencv_imgcodecs.IMREAD_GRAYSCALE : opencv_imgcodecs.IMREAD_COLOR;
        int flags = deep ? colours | opencv_imgcodecs.IMREAD_ANYDEPTH : colours;
        Image image = Image.allocate(spec, memory);
        try (Mats mats = new Mats(memory)) {
            Mat bytes = mats.over(content.address(), 1, Math.toIntExact(content.bytes()), opencv_core.CV_8UC1);
            Mat pixels = mats.write(image);
            mark(image);
            decode(bytes, flags, pixels);
            if (mats.hasMoved(pixels)) {
                return turned(mats, pixels, image);
            }
            if (isMarked(image)) {
                throw problem(
                        "it holds fewer pixels than its header says",
                        "Copy or export it again from where it came from");
            }
            return image;
        }
    }

    /// Writes a mark where the last pixels will be: some decoders leave off early and say that all is well.
    private static void mark(Image image) {
        long at = image.spec().bytes() - MARK.length();
        if (at >= 0) {
            image.writablePixels()
                    .asSlice(at)
                    .copyFrom(MemorySegment.ofArray(MARK.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private static boolean isMarked(Image image) {
        MemorySegment mark = MemorySegment.ofArray(MARK.getBytes(StandardCharsets.US_ASCII));
        long at = image.spec().bytes() - mark.byteSize();
        return at >= 0 && image.pixels().asSlice(at).mismatch(mark) < 0;
    }

    private void decode(Mat bytes, int flags, Mat pixels) {
        try {
            opencv_imgcodecs.imdecode(bytes, flags, pixels);
        } catch (RuntimeException failure) {
            throw new InputException(
                    path.toString(),
                    "OpenCV cannot decode it",
                    "Copy or export it again from where it came from",
                    failure);
        }
        if (pixels.empty()) {
            throw problem(
                    "its pixels are damaged or of an unusual kind; OpenCV cannot decode them",
                    "Copy or export it again from where it came from");
        }
    }

    /// Takes over an image that OpenCV turned, as the file's EXIF orientation says; only then is a copy made.
    private Image turned(Mats mats, Mat pixels, Image image) {
        ImageSpec spec = image.spec();
        boolean same = pixels.cols() == spec.width() && pixels.rows() == spec.height();
        boolean swapped = pixels.cols() == spec.height() && pixels.rows() == spec.width();
        if (pixels.type() != Mats.type(spec) || !(same || swapped)) {
            throw problem(
                    "the header says " + spec + ", but it decodes to " + pixels.cols() + " x " + pixels.rows()
                            + " of another type",
                    "Copy or export it again from where it came from");
        }
        image.close();
        Image result = Image.allocate(ImageSpec.of(pixels.cols(), pixels.rows(), spec.channels(), spec.type()), memory);
        pixels.copyTo(mats.write(result));
        return result;
    }

    private InputException problem(String problem, String remedy) {
        return new InputException(path.toString(), problem, remedy, null);
    }
}
