// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import java.time.Duration;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.error.ReleasedException;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.vision.opencv.Mats;

/// A decoded picture in FFmpeg's memory and colour space; whoever holds it closes it, once or more often.
final class Picture implements AutoCloseable {
    /// FFmpeg writes rows in steps of vector registers; rows that begin at such steps keep it within the image.
    private static final long ALIGNMENT = 64;

    private final String source;
    private final AVFrame frame;
    private final Optional<Duration> time;
    private boolean closed;

    Picture(String source, AVFrame frame, Optional<Duration> time) {
        this.source = source;
        this.frame = frame;
        this.time = time;
    }

    String source() {
        return source;
    }

    /// When it is shown, from the start of the video, where the file says so.
    Optional<Duration> time() {
        return time;
    }

    /// The same picture for another holder, without a copy.
    synchronized Picture share() {
        checkOpen();
        return new Picture(source, avutil.av_frame_clone(frame), time);
    }

    /// Converts it into an image: grey stays grey, of 8 or 16 bits, all else becomes BGR.
    synchronized Image toImage(Allocator memory) {
        checkOpen();
        int from = frame.format();
        boolean deep = from == avutil.AV_PIX_FMT_GRAY16LE || from == avutil.AV_PIX_FMT_GRAY16BE;
        boolean grey = deep || from == avutil.AV_PIX_FMT_GRAY8;
        int to = deep ? avutil.AV_PIX_FMT_GRAY16LE : grey ? avutil.AV_PIX_FMT_GRAY8 : avutil.AV_PIX_FMT_BGR24;
        ImageSpec packed = ImageSpec.of(
                frame.width(),
                frame.height(),
                grey ? ChannelOrder.GREY : ChannelOrder.BGR,
                deep ? ElementType.U16 : ElementType.U8);
        Image image = Image.allocate(aligned(packed), memory);
        convert(image, to, memory);
        return image;
    }

    private static ImageSpec aligned(ImageSpec packed) {
        long stride = (packed.rowStride() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        return new ImageSpec(
                packed.width(),
                packed.height(),
                1,
                packed.channels(),
                packed.type(),
                packed.significantBits(),
                stride,
                packed.geometry(),
                packed.rescaleSlope(),
                packed.rescaleIntercept());
    }

    private void convert(Image image, int format, Allocator memory) {
        int flags = swscale.SWS_BICUBIC | swscale.SWS_ACCURATE_RND | swscale.SWS_FULL_CHR_H_INT;
        SwsContext converter = swscale.sws_getContext(
                frame.width(),
                frame.height(),
                frame.format(),
                frame.width(),
                frame.height(),
                format,
                flags,
                null,
                null,
                (double[]) null);
        if (converter == null) {
            throw new InputException(
                    source, "its colour format " + frame.format() + " is not known", "Convert the video to MP4", null);
        }
        try (Mats mats = new Mats(memory);
                PointerPointer<?> target = new PointerPointer<>(1L);
                IntPointer stride = new IntPointer(1L)) {
            setColours(converter);
            target.put(0, mats.write(image).data());
            stride.put(0, Math.toIntExact(image.spec().rowStride()));
            int rows = swscale.sws_scale(converter, frame.data(), frame.linesize(), 0, frame.height(), target, stride);
            if (rows != image.height()) {
                throw new InputException(source, "its colours cannot be converted", "Convert the video to MP4", null);
            }
        } finally {
            swscale.sws_freeContext(converter);
        }
    }

    /// Takes the matrix that the video was made with: BT.709 for high definition, BT.601 else.
    private void setColours(SwsContext converter) {
        IntPointer matrix = swscale.sws_getCoefficients(
                frame.colorspace() == avutil.AVCOL_SPC_BT709 ? swscale.SWS_CS_ITU709 : swscale.SWS_CS_ITU601);
        int full = frame.color_range() == avutil.AVCOL_RANGE_JPEG ? 1 : 0;
        swscale.sws_setColorspaceDetails(converter, matrix, full, matrix, 1, 0, 1 << 16, 1 << 16);
    }

    private void checkOpen() {
        if (closed) {
            throw new ReleasedException("a picture", source);
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            avutil.av_frame_free(frame);
        }
    }
}
