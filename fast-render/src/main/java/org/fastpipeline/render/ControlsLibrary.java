// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import imgui.ImGui;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fastpipeline.core.error.DisplayException;

/// The native library of Dear ImGui, which each process unpacks for itself.
///
/// The binding would unpack it to one place for all, over the file that another process may just be loading, which
/// ends that process.
final class ControlsLibrary {
    private static final String FOLDER = "imgui.library.path";
    private static final String INSIDE = "io/imgui/java/native-bin/";

    private ControlsLibrary() {}

    /// Unpacks it, unless that was done or somebody says where another one lies; before ImGui's first use.
    ///
    /// @throws DisplayException if it cannot be written
    static synchronized void prepare() {
        String name = System.mapLibraryName("imgui-java64");
        try (InputStream library = ImGui.class.getClassLoader().getResourceAsStream(INSIDE + name)) {
            if (System.getProperty(FOLDER) != null || library == null) {
                return; // Where there is none for this platform the binding says so.
            }
            Path folder = Files.createTempDirectory("fast-controls");
            folder.toFile().deleteOnExit();
            Path file = folder.resolve(name);
            file.toFile().deleteOnExit();
            Files.copy(library, file);
            System.setProperty(FOLDER, folder.toString());
        } catch (IOException full) {
            throw new DisplayException(
                    "window",
                    "the library of its controls cannot be unpacked: " + full.getMessage(),
                    "Make room in the folder for temporary files, " + System.getProperty("java.io.tmpdir"),
                    full);
        }
    }
}
