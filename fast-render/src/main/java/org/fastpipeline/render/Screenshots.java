// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.memory.MemoryPool;
import org.fastpipeline.render.gl.Picture;
import org.lwjgl.stb.STBImageWrite;

/// Writes what a window shows to PNG files, when its user asks for it.
final class Screenshots {
    private static final long MOST = 1L << 30;
    private static final int CHANNELS = 3;
    private static final long SHOWN_FOR = 3_000_000_000L;

    private final WindowOptions options;
    private String wanted = "";
    private String said = "";
    private long until;

    Screenshots(WindowOptions options) {
        this.options = options;
    }

    /// Asks for one of the next drawing.
    void ask(OptionalLong frame) {
        String name = options.title().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        wanted = name + (frame.isPresent() ? "-frame-" + frame.getAsLong() : "") + ".png";
    }

    /// Takes it, if it was asked for, of what is drawn so far.
    void take(Screen screen) {
        if (wanted.isEmpty()) {
            return;
        }
        Path file = options.screenshots().resolve(wanted);
        wanted = "";
        until = System.nanoTime() + SHOWN_FOR;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            said = write(file, screen) ? "Written: " + file : "Cannot be written: " + file;
        } catch (IOException failure) {
            said = "Cannot be written: " + file + " (" + failure.getMessage() + ")";
        }
    }

    private static boolean write(Path file, Screen screen) {
        try (MemoryPool pool = new MemoryPool(MOST, false);
                Image image =
                        Picture.read(screen.columns(), screen.rows(), bytes -> pool.allocate(bytes, "screenshot"))) {
            return STBImageWrite.stbi_write_png(
                    file.toString(),
                    image.width(),
                    image.height(),
                    CHANNELS,
                    image.pixels().asByteBuffer(),
                    Math.toIntExact(image.spec().rowStride()));
        }
    }

    /// What became of the last one; empty once it has been said for long enough.
    String said() {
        return said;
    }

    /// Whether that is now to be wiped off; true once.
    boolean isSaidLongEnough() {
        boolean over = !said.isEmpty() && System.nanoTime() - until >= 0;
        said = over ? "" : said;
        return over;
    }
}
