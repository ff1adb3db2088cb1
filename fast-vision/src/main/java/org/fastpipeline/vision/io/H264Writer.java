// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/// Writes H.264 in an MP4 container, small and played by browsers; by FFmpeg with OpenH264.
///
/// H.264 wants even sizes: of an odd one the last column or row is left out.
final class H264Writer implements FilmWriter {
    private static final String ENCODER = "libopenh264";
    private static final int FINEST_RATE = 100_000;
    private static final double SECONDS_BETWEEN_WHOLE_PICTURES = 2;

    /// So many bits a pixel at the best quality are many: a tenth of that is usual for moving pictures.
    private static final double MOST_BITS = 1;

    private final int width;
    private final int height;
    private final AVFormatContext format = new AVFormatContext(null);
    private AVCodecContext codec = new AVCodecContext(null);
    private AVFrame frame = new AVFrame(null);
    private AVPacket packet = new AVPacket(null);
    private SwsContext colours = new SwsContext(null);
    private AVStream stream = new AVStream(null);
    private long pictures;
    private boolean begun;

    /// @param quality in per cent; it sets the bits for a pixel
    H264Writer(Path file, int width, int height, double rate, int quality) throws IOException {
        this.width = width / 2 * 2;
        this.height = height / 2 * 2;
        try {
            open(file, rate, quality);
        } catch (IOException | RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private void open(Path file, double rate, int quality) throws IOException {
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        String name = file.toString();
        check(avformat.avformat_alloc_output_context2(format, null, "mp4", name), "begin a file");
        AVCodec encoder = avcodec.avcodec_find_encoder_by_name(ENCODER);
        if (encoder == null) {
            throw new IOException("this build of FFmpeg has no encoder for H.264; write an .avi");
        }
        stream = avformat.avformat_new_stream(format, null);
        codec = avcodec.avcodec_alloc_context3(encoder);
        AVRational perSecond = avutil.av_d2q(rate, FINEST_RATE);
        codec.width(width).height(height).pix_fmt(avutil.AV_PIX_FMT_YUV420P);
        codec.time_base(avutil.av_make_q(perSecond.den(), perSecond.num())).framerate(perSecond);
        codec.gop_size(Math.max(1, (int) (rate * SECONDS_BETWEEN_WHOLE_PICTURES)));
        codec.bit_rate((long) (MOST_BITS * Math.pow(quality / 100.0, 4) * width * height * rate));
        codec.colorspace(avutil.AVCOL_SPC_SMPTE170M).color_range(avutil.AVCOL_RANGE_MPEG);
        codec.flags(codec.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
        codec.thread_count(1);
        check(avcodec.avcodec_open2(codec, encoder, (AVDictionary) null), "start the encoder");
        check(avcodec.avcodec_parameters_from_context(stream.codecpar(), codec), "describe the pictures");
        stream.time_base(codec.time_base()).avg_frame_rate(perSecond);
        AVIOContext output = new AVIOContext(null);
        check(avformat.avio_open(output, "file:" + file.toAbsolutePath(), avformat.AVIO_FLAG_WRITE), "open it");
        format.pb(output);
        check(avformat.avformat_write_header(format, (AVDictionary) null), "write its header");
        begun = true;
        packet = avcodec.av_packet_alloc();
        frame = avutil.av_frame_alloc();
        frame.width(width).height(height).format(avutil.AV_PIX_FMT_YUV420P);
        check(avutil.av_frame_get_buffer(frame, 0), "get memory for a picture");
        colours = swscale.sws_getContext(
                width,
                height,
                avutil.AV_PIX_FMT_BGR24,
                width,
                height,
                avutil.AV_PIX_FMT_YUV420P,
                swscale.SWS_BILINEAR | swscale.SWS_ACCURATE_RND,
                null,
                null,
                (DoublePointer) null);
    }

    @Override
    public void write(Mat picture) throws IOException {
        check(avutil.av_frame_make_writable(frame), "get memory for a picture");
        try (PointerPointer<Mat> planes = new PointerPointer<>(1);
                IntPointer strides = new IntPointer(1)) {
            planes.put(0, picture.data());
            strides.put(0, Math.toIntExact(picture.step()));
            swscale.sws_scale(colours, planes, strides, 0, height, frame.data(), frame.linesize());
        }
        frame.pts(pictures++);
        encode(frame);
    }

    private void encode(AVFrame next) throws IOException {
        check(avcodec.avcodec_send_frame(codec, next), "encode picture " + (pictures - 1));
        while (true) {
            int code = avcodec.avcodec_receive_packet(codec, packet);
            if (code == avutil.AVERROR_EAGAIN() || code == avutil.AVERROR_EOF()) {
                return;
            }
            check(code, "encode picture " + (pictures - 1));
            avcodec.av_packet_rescale_ts(packet, codec.time_base(), stream.time_base());
            packet.duration(avutil.av_rescale_q(1, codec.time_base(), stream.time_base()));
            packet.stream_index(stream.index());
            check(avformat.av_interleaved_write_frame(format, packet), "write picture " + (pictures - 1));
        }
    }

    @Override
    public void end() throws IOException {
        try {
            encode(new AVFrame(null));
            check(avformat.av_write_trailer(format), "write its end");
            begun = false;
        } finally {
            close();
        }
    }

    private void close() {
        if (begun) {
            avformat.av_write_trailer(format);
            begun = false;
        }
        if (!format.isNull()) {
            avformat.avio_closep(format.pb());
        }
        swscale.sws_freeContext(colours);
        avutil.av_frame_free(frame);
        avcodec.av_packet_free(packet);
        avcodec.avcodec_free_context(codec);
        avformat.avformat_free_context(format);
    }

    private static void check(int code, String doing) throws IOException {
        if (code < 0) {
            throw new IOException("FFmpeg cannot " + doing + ": " + FfmpegError.text(code));
        }
    }
}
