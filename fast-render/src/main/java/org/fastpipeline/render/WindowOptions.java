// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.fastpipeline.core.error.WrongUseException;

/// What a window is like.
///
/// @param title said first in its title bar
/// @param note said last there, such as the engine; may be empty
/// @param width of what is inside, in the desktop's units
/// @param height of what is inside, in the desktop's units
/// @param closesAfter how long after the last frame it closes, unless somebody has used it meanwhile; with nothing it
///     stays, showing that frame, until somebody closes it
/// @param screenshots folder that screenshots are written to
public record WindowOptions(
        String title, String note, int width, int height, Optional<Duration> closesAfter, Path screenshots) {
    public WindowOptions {
        if (width < 1 || height < 1) {
            throw new WrongUseException(
                    "window '" + title + "'",
                    "met a size of " + width + " x " + height + "; needed each 1 or more",
                    "Give a size");
        }
    }

    /// 960 x 540, staying at the end, screenshots in the working folder.
    public static WindowOptions of(String title) {
        return new WindowOptions(title, "", 960, 540, Optional.empty(), Path.of(""));
    }

    /// Saying something else at the end of the title bar.
    public WindowOptions withNote(String newNote) {
        return new WindowOptions(title, newNote, width, height, closesAfter, screenshots);
    }

    /// Of another size.
    public WindowOptions withSize(int newWidth, int newHeight) {
        return new WindowOptions(title, note, newWidth, newHeight, closesAfter, screenshots);
    }

    /// Closing so long after the last frame, unless somebody has used it meanwhile; with zero at once.
    public WindowOptions closingAfter(Duration span) {
        return new WindowOptions(title, note, width, height, Optional.of(span), screenshots);
    }

    /// Writing screenshots to another folder.
    public WindowOptions withScreenshots(Path folder) {
        return new WindowOptions(title, note, width, height, closesAfter, folder);
    }
}
