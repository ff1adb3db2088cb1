// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.global.avutil;

/// FFmpeg's words for its error codes.
final class FfmpegError {
    private static final int LONGEST = 128;

    private FfmpegError() {}

    static String text(int code) {
        byte[] text = new byte[LONGEST];
        avutil.av_strerror(code, text, LONGEST);
        int end = 0;
        while (end < LONGEST && text[end] != 0) {
            end++;
        }
        return new String(text, 0, end, StandardCharsets.UTF_8);
    }
}
