// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.Locale;
import java.util.Optional;
import org.fastpipeline.vision.io.EncodedImage.Encoding;

/// The pictures that are wanted of the frames.
enum Overlays {
    /// As PNG files.
    PNG(Optional.of(Encoding.PNG)),
    /// As JPEG files.
    JPG(Optional.of(Encoding.JPEG)),
    /// None.
    NONE(Optional.empty());

    private final Optional<Encoding> encoding;

    Overlays(Optional<Encoding> encoding) {
        this.encoding = encoding;
    }

    /// The file format; nothing if no pictures are wanted.
    Optional<Encoding> encoding() {
        return encoding;
    }

    /// As it is written on the command line.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
