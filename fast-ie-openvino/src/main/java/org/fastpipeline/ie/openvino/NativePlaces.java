// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.ie.openvino.binding.OpenVino;

/// Where OpenVINO's libraries are looked for, in this order: the user's folder, the jar of the JavaCPP preset, this
/// project's jar, the system's folders.
///
/// @param settings the system properties that matter
/// @param environment the environment variables that matter
/// @param loader finds the jars
record NativePlaces(
        ImmutableMap<String, String> settings, ImmutableMap<String, String> environment, ClassLoader loader) {
    static final String LIBRARIES = "fast.openvino.libraries";
    static final String CACHE = "fast.openvino.cache";
    static final String REMEDY = "Build fast-ie-openvino where python3 with pip can download openvino, put the jar of "
            + "natives that this makes beside the engine's, or name a folder with the libraries by -D" + LIBRARIES;
    private static final String LIBRARY_GLOB = "{lib,}openvino_c.*";
    private static final System.Logger LOG = System.getLogger(NativePlaces.class.getName());

    static NativePlaces ofSystem() {
        ImmutableMap.Builder<String, String> settings = ImmutableMap.builder();
        for (String key : List.of(LIBRARIES, CACHE, "user.home", "java.library.path")) {
            settings.put(key, System.getProperty(key, ""));
        }
        return new NativePlaces(
                settings.buildOrThrow(), ImmutableMap.copyOf(System.getenv()), NativePlaces.class.getClassLoader());
    }

    /// A place that was looked at.
    ///
    /// @param name what errors call it
    /// @param found what is there, if it will do
    /// @param why why not, else
    private record Look(String name, Optional<NativePlace> found, String why) {}

    private interface Find {
        Optional<NativePlace> in() throws IOException;
    }

    private Stream<Look> looks() {
        String platform = Processor.platform();
        String preset = "org/bytedeco/openvino/" + platform + "/";
        List<Stream<Look>> parts = new ArrayList<>();
        String given = setting(LIBRARIES);
        if (!given.isEmpty()) {
            parts.add(Stream.of(given)
                    .map(folder -> look("the folder " + folder + " of -D" + LIBRARIES, () -> folder(folder))));
        }
        parts.add(Stream.of(preset).map(folder -> look("the preset's jar (" + folder + ")", () -> jar(folder, ""))));
        parts.add(Stream.of("openvino/libs/")
                .map(folder -> look("this project's jar (" + folder + ")", () -> jar(folder, NativeJar.INDEX))));
        parts.add(system().stream().map(folder -> look("the folder " + folder, () -> folder(folder))));
        return parts.stream().flatMap(part -> part);
    }

    private Look look(String name, Find find) {
        try {
            return find.in()
                    .map(place -> new Look(name, Optional.of(place), ""))
                    .orElseGet(() -> new Look(name, Optional.empty(), "not there"));
        } catch (IOException | InvalidPathException unusable) {
            return new Look(name, Optional.empty(), unusable.toString());
        }
    }

    private Optional<NativePlace> jar(String folder, String marker) throws IOException {
        Optional<NativeJar> jar = NativeJar.find(loader, folder, marker);
        if (jar.isEmpty()) {
            return Optional.empty();
        }
        String platform = Processor.platform();
        if (!jar.get().platform().equals(platform)) {
            throw new IOException(jar.get() + " is for " + jar.get().platform() + "; needed " + platform);
        }
        return Optional.of(new NativePlace.Jar(jar.get(), cache()));
    }

    private static Optional<NativePlace> folder(String folder) throws IOException {
        Path path = Path.of(folder);
        if (!Files.isDirectory(path)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, LIBRARY_GLOB)) {
            for (Path file : files) {
                if (NativePlace.stem(file.getFileName().toString()).isPresent()) {
                    return Optional.of(new NativePlace.Folder(
                            path.toAbsolutePath(), file.getFileName().toString()));
                }
            }
        }
        return Optional.empty();
    }

    private List<String> system() {
        List<String> folders = new ArrayList<>();
        String installed = environment.getOrDefault("INTEL_OPENVINO_DIR", "");
        if (!installed.isEmpty()) {
            folders.add(installed + "/runtime/lib/intel64");
        }
        Splitter.on(File.pathSeparatorChar)
                .omitEmptyStrings()
                .split(setting("java.library.path"))
                .forEach(folders::add);
        folders.addAll(List.of("/usr/local/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"));
        return folders.stream().distinct().toList();
    }

    private String setting(String key) {
        return settings.getOrDefault(key, "");
    }

    /// The folder for what can be made again: the user's own choice, else the system's usual place.
    private Path cache() {
        String chosen = setting(CACHE);
        return chosen.isEmpty() ? usualCache().resolve("fast") : Path.of(chosen);
    }

    private Path usualCache() {
        Path home = Path.of(setting("user.home"));
        String platform = Processor.platform();
        String given = environment.getOrDefault(platform.startsWith("windows") ? "LOCALAPPDATA" : "XDG_CACHE_HOME", "");
        if (!given.isEmpty()) {
            return Path.of(given);
        }
        return platform.startsWith("windows")
                ? home.resolve("AppData").resolve("Local")
                : home.resolve(platform.startsWith("macosx") ? "Library/Caches" : ".cache");
    }

    /// The first place that has the libraries.
    Optional<NativePlace> first() {
        return looks().flatMap(look -> look.found().stream()).findFirst();
    }

    /// Every place, and why its libraries are not taken.
    String tried() {
        return String.join(
                "; ", looks().map(look -> look.name() + ": " + look.why()).toList());
    }

    /// Loads the libraries of the first place where that works.
    ///
    /// @throws EngineException with every place that was tried, and what was wrong there
    OpenVino load() {
        List<String> tried = new ArrayList<>();
        List<Throwable> causes = new ArrayList<>();
        for (Look look : (Iterable<Look>) looks()::iterator) {
            if (look.found().isEmpty()) {
                tried.add(look.name() + ": " + look.why());
                continue;
            }
            try {
                OpenVino loaded = OpenVino.of(library(look.found().get().folder()));
                LOG.log(System.Logger.Level.DEBUG, "OpenVINO is taken from {0}", look.name());
                return loaded;
            } catch (IOException | IllegalArgumentException | EngineException unusable) {
                tried.add(look.name() + ": " + unusable.getMessage());
                causes.add(unusable);
            }
        }
        throw new EngineException(
                OpenVino.NAME,
                "its libraries cannot be loaded; tried " + String.join("; ", tried),
                REMEDY,
                causes.isEmpty() ? null : causes.getFirst());
    }

    /// Loads by absolute paths, what others need first: so no library of another OpenVINO gets in between.
    @SuppressWarnings("restricted")
    private static SymbolLookup library(Path folder) throws IOException {
        Map<String, Path> files = new HashMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path file : all) {
                NativePlace.stem(file.getFileName().toString()).ifPresent(stem -> files.putIfAbsent(stem, file));
            }
        }
        SymbolLookup last = SymbolLookup.loaderLookup();
        for (String stem : NativePlace.ORDER) {
            Path file = files.get(stem);
            if (file != null) {
                last = SymbolLookup.libraryLookup(file.toAbsolutePath(), Arena.global());
            }
        }
        return last;
    }
}
