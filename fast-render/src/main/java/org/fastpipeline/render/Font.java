// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/// The font of all texts: Roboto, under the SIL Open Font License.
final class Font {
    private static final String FILE = "Roboto-Regular.ttf";

    private Font() {}

    /// The file, as TrueType.
    static byte[] bytes() {
        try (InputStream file = Objects.requireNonNull(Font.class.getResourceAsStream(FILE))) {
            return file.readAllBytes();
        } catch (IOException damaged) {
            throw new UncheckedIOException("reading " + FILE, damaged);
        }
    }
}
