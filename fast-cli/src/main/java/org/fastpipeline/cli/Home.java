// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.nio.file.Path;
import org.fastpipeline.core.inference.Engines;
import org.jspecify.annotations.Nullable;

/// The distribution that the program runs from: plugins, models and samples. Thread-safe.
final class Home {
    private final Path folder;
    private @Nullable Engines engines;

    /// @param folder with `plugins/`, `models/` and `samples/`
    Home(Path folder) {
        this.folder = folder;
    }

    /// Where the launcher says that it is, in the system property `fast.home`.
    static Home ofProgram() {
        return new Home(Path.of(System.getProperty("fast.home", "")));
    }

    /// The engines; they are looked for when they are first asked for, and only then.
    synchronized Engines engines() {
        if (engines == null) {
            engines = Engines.find(plugins());
        }
        return engines;
    }

    /// The script that starts the program in a process of its own.
    Path launcher() {
        return folder.resolve("bin").resolve("fast");
    }

    /// The folder of the engines' folders.
    Path plugins() {
        return folder.resolve("plugins");
    }

    /// The folder of the model called `name`.
    Path model(String name) {
        return folder.resolve("models").resolve(name);
    }

    /// The folder of the sample called `name`.
    Path sample(String name) {
        return folder.resolve("samples").resolve(name);
    }
}
