// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.vision.opencv.OpenCv;

/// A video file being decoded by FFmpeg, one picture after another; used by one thread at a time.
///
/// Only local files of common containers are opened: no playlists, no network, whatever the file's content asks
/// for.
final class VideoFile implements AutoCloseable {
    private static final String CONTAINERS = "avi,mov,matroska,mpegts,mpeg,flv,asf,ogg,m4v,mjpeg,h264,hevc";
    private static final double NANOS = 1e9;

    private final Path path;
    private final AVFormatContext format = new AVFormatContext(null);
    private AVCodecContext codec = new AVCodecContext(null);
    private final AVPacket packet;
    private int stream = -1;
    private long packets;
    private long pictures;
    private boolean drained;

    private VideoFile(Path path) {
        OpenCv.prepare();
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        this.path = path;
        this.packet = avcodec.av_packet_alloc();
    }

    /// Opens the file and its decoder.
    ///
    /// @param mostPixels a video of larger pictures is refused before decoding
    /// @throws InputException if it cannot be read, or is not a video of a kind that is read
    static VideoFile open(Path path, long mostPixels) {
        if (!Files.isRegularFile(path)) {
            throw new InputException(path.toString(), "there is no such file", "Check the name", null);
        }
        VideoFile video = new VideoFile(path);
        try {
            video.openContainer();
            video.openDecoder(mostPixels);
            return video;
        } catch (RuntimeException failure) {
            video.close();
            throw failure;
        }
    }

    private void openContainer() {
        AVDictionary options = new AVDictionary(null);
        avutil.av_dict_set(options, "protocol_whitelist", "file", 0);
        avutil.av_dict_set(options, "format_whitelist", CONTAINERS, 0);
        int code = avformat.avformat_open_input(format, "file:" + path.toAbsolutePath(), null, options);
        avutil.av_dict_free(options);
        check(code, "not a video file in a format that is read", "Give an AVI, MP4, MOV or MKV file");
        code = avformat.avformat_find_stream_info(format, (PointerPointer<?>) null);
        check(code, "its header is damaged", "Copy it again from its origin");
        stream = avformat.av_find_best_stream(format, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
        check(stream, "it holds no video that can be decoded", "Convert it, for example to MP4 with H.264");
    }

    private void openDecoder(long mostPixels) {
        var parameters = stream().codecpar();
        if ((long) parameters.width() * parameters.height() > mostPixels) {
            throw problem(
                    "its pictures have " + parameters.width() + " x " + parameters.height() + " pixels; at most "
                            + mostPixels + " pixels are read",
                    "Scale the video down; the limit is a setting of the streamer (pixelLimit)");
        }
        AVCodec decoder = avcodec.avcodec_find_decoder(parameters.codec_id());
        codec = avcodec.avcodec_alloc_context3(decoder);
        check(
                avcodec.avcodec_parameters_to_context(codec, parameters),
                "its header is damaged",
                "Copy it again from its origin");
        codec.thread_count(1);
        codec.max_pixels(mostPixels);
        codec.err_recognition(
                avcodec.AV_EF_EXPLODE | avcodec.AV_EF_CRCCHECK | avcodec.AV_EF_BITSTREAM | avcodec.AV_EF_BUFFER);
        check(
                avcodec.avcodec_open2(codec, decoder, (AVDictionary) null),
                "its decoder does not start",
                "Convert the file to MP4");
    }

    private AVStream stream() {
        return format.streams(stream);
    }

    /// How many pictures the file says it has, where it does.
    Optional<Long> count() {
        long count = stream().nb_frames();
        return count > 0 ? Optional.of(count) : Optional.empty();
    }

    /// Decodes the next picture; nothing at the end. Whoever asks closes it.
    ///
    /// @throws InputException if the file is damaged or ends too early
    Optional<Picture> next() {
        AVFrame frame = avutil.av_frame_alloc();
        while (true) {
            int code = avcodec.avcodec_receive_frame(codec, frame);
            if (code == 0) {
                pictures++;
                return Optional.of(new Picture(source(), frame, time(frame)));
            }
            if (code != avutil.AVERROR_EAGAIN() || drained) {
                avutil.av_frame_free(frame);
                frame.setNull();
                if (code == avutil.AVERROR_EOF()) {
                    return Optional.empty();
                }
                check(code, "picture " + pictures + " is damaged", "Copy the file again from its origin");
            }
            feed();
        }
    }

    private void feed() {
        int code = avformat.av_read_frame(format, packet);
        if (code < 0) {
            checkEnd(code);
            drained = true;
            check(avcodec.avcodec_send_packet(codec, null), "the decoder failed at the end", "Convert the file");
            return;
        }
        try {
            if (packet.stream_index() == stream) {
                if ((packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) != 0) {
                    throw truncated();
                }
                packets++;
                check(
                        avcodec.avcodec_send_packet(codec, packet),
                        "picture " + pictures + " is damaged",
                        "Copy the file again from its origin");
            }
        } finally {
            avcodec.av_packet_unref(packet);
        }
    }

    private void checkEnd(int code) {
        if (code != avutil.AVERROR_EOF()) {
            check(code, "the file cannot be read on after picture " + pictures, "Copy it again from its origin");
        }
        if (packets < count().orElse(0L)) {
            throw truncated();
        }
    }

    private InputException truncated() {
        return problem(
                "the file is truncated: it ends after " + pictures
                        + count().map(all -> " of " + all).orElse("") + " pictures",
                "Copy it again from its origin");
    }

    private Optional<Duration> time(AVFrame frame) {
        long stamp = frame.best_effort_timestamp();
        if (stamp == avutil.AV_NOPTS_VALUE) {
            return Optional.empty();
        }
        long start =
                stream().start_time() == avutil.AV_NOPTS_VALUE ? 0 : stream().start_time();
        AVRational unit = stream().time_base();
        return Optional.of(Duration.ofNanos(Math.round((stamp - start) * NANOS * unit.num() / unit.den())));
    }

    /// The picture's name: the file and the picture's number.
    private String source() {
        return path + "#" + (pictures - 1);
    }

    private void check(int code, String problem, String remedy) {
        if (code < 0) {
            throw problem(problem + " (" + FfmpegError.text(code) + ")", remedy);
        }
    }

    private InputException problem(String problem, String remedy) {
        return new InputException(path.toString(), problem, remedy, null);
    }

    @Override
    public void close() {
        avcodec.avcodec_free_context(codec);
        avformat.avformat_close_input(format);
        avcodec.av_packet_free(packet);
    }
}
