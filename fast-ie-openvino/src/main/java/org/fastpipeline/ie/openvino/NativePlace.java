// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A place that has OpenVINO's libraries.
sealed interface NativePlace {
    /// The library of the C functions, and those that it needs, in the order in which they are loaded.
    ImmutableList<String> ORDER = ImmutableList.of("tbb", "tbb12", "openvino", "openvino_c");

    /// Version of the libraries, `unknown` if they do not say.
    String version();

    /// The folder that the libraries are loaded from, unpacked if need be.
    Path folder() throws IOException;

    /// A folder.
    ///
    /// @param folder the folder, absolute
    /// @param library name of the file with the C functions
    record Folder(Path folder, String library) implements NativePlace {
        @Override
        public String version() {
            return versionOf(library);
        }
    }

    /// A jar.
    ///
    /// @param jar what is in it
    /// @param cache where jars are unpacked
    record Jar(NativeJar jar, Path cache) implements NativePlace {
        @Override
        public String version() {
            return jar.version();
        }

        @Override
        public Path folder() throws IOException {
            return new Unpacking(jar, cache).folder();
        }
    }

    /// What a library is called on all systems: `openvino_c` for `libopenvino_c.so.2641`; empty if it is no library.
    static Optional<String> stem(String file) {
        Matcher library = Pattern.compile("(?:lib)?(\\w+)(?:\\.\\d+)*\\.(?:so|dylib|dll)(?:\\.\\d+)*")
                .matcher(file);
        return library.matches() ? Optional.of(library.group(1)) : Optional.empty();
    }

    /// The version that is in a library's name: `2026.4.1` for `libopenvino_c.so.2641`.
    static String versionOf(String file) {
        Matcher number = Pattern.compile("\\.(\\d\\d)(\\d)(\\d)(?:\\.|$)").matcher(file);
        return number.find() ? "20" + number.group(1) + "." + number.group(2) + "." + number.group(3) : "unknown";
    }
}
