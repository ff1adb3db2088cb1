// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.fastpipeline.vision.format.ImageFormat;

/// Whether an input, as a command line has it, is read by [ImageFileStreamer] or by [VideoStreamer].
public enum MediaKind {
    /// Image files, folders and patterns, and whatever is not known: the error then comes from [ImageFileStreamer].
    IMAGES,
    /// One video file.
    VIDEO;

    private static final int HEAD = 12;
    private static final ImmutableSet<String> EXTENSIONS = ImmutableSet.of(
            "avi", "mp4", "m4v", "mov", "mkv", "webm", "mpg", "mpeg", "ts", "mts", "m2ts", "wmv", "asf", "flv", "ogv",
            "mjpeg", "mjpg");

    /// Decides by a file's first bytes, and where these say nothing by its extension.
    public static MediaKind of(String input) {
        byte[] head = head(input);
        if (ImageFormat.of(MemorySegment.ofArray(head)).isPresent()) {
            return IMAGES;
        }
        if (isVideo(head)) {
            return VIDEO;
        }
        return head.length > 0 && hasVideoName(input) ? VIDEO : IMAGES;
    }

    static boolean hasVideoName(String file) {
        return EXTENSIONS.contains(file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /// The file's first bytes; none for what is not a readable file.
    private static byte[] head(String input) {
        try {
            Path path = Path.of(input);
            if (Files.isRegularFile(path)) {
                try (InputStream file = Files.newInputStream(path)) {
                    return file.readNBytes(HEAD);
                }
            }
        } catch (IOException | InvalidPathException notReadable) {
            return new byte[0];
        }
        return new byte[0];
    }

    private static boolean isVideo(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        boolean avi = text.startsWith("RIFF") && text.startsWith("AVI ", 8);
        boolean quickTime = text.startsWith("ftyp", 4)
                && !text.startsWith("avi", 8)
                && !text.startsWith("hei", 8)
                && !text.startsWith("mif", 8);
        boolean matroska = text.startsWith("\u001AE\u00DF\u00A3");
        return avi || quickTime || matroska;
    }
}
