// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.inference.Availability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With files that are no libraries, so that nothing can be loaded.
final class NativePlacesTest {
    private static final String LIBRARY = "libopenvino_c.so.2641";
    private static final String TEXT = "no library";
    private static final String OURS = "openvino/libs/";

    @TempDir
    Path folder;

    private static String preset() {
        return "org/bytedeco/openvino/" + Processor.platform() + "/";
    }

    private Path jar(String name, String inside, String... index) throws IOException {
        Path jar = folder.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry(inside));
            for (String file : List.of(LIBRARY, "libtbb.so.12")) {
                out.putNextEntry(new ZipEntry(inside + file));
                out.write(TEXT.getBytes(StandardCharsets.UTF_8));
            }
            if (index.length > 0) {
                out.putNextEntry(new ZipEntry(inside + NativeJar.INDEX));
                out.write(String.join("\n", index).getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private Path ours(String platform, String hash) throws IOException {
        return jar("ours.jar", OURS, "version=2026.4.1", "platform=" + platform, "file." + LIBRARY + "=10 " + hash);
    }

    private static String hash() {
        return Hashing.sha256().hashString(TEXT, StandardCharsets.UTF_8).toString();
    }

    private NativePlaces places(URLClassLoader loader, String libraries) {
        Path cache = folder.resolve("cache");
        return new NativePlaces(
                ImmutableMap.of(NativePlaces.LIBRARIES, libraries, NativePlaces.CACHE, cache.toString()),
                ImmutableMap.of(),
                loader);
    }

    private static URLClassLoader loader(Path... jars) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            urls.add(jar.toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(URL[]::new), null);
    }

    @Test
    void theUsersFolderComesBeforeThePresetsJarAndThatBeforeOurs() throws IOException {
        Path given = Files.createDirectory(folder.resolve("given"));
        Files.writeString(given.resolve("libopenvino_c.so.2630"), TEXT);
        Path ours = ours(Processor.platform(), hash());
        try (URLClassLoader both = loader(ours, jar("preset.jar", preset()));
                URLClassLoader one = loader(ours)) {
            assertThat(places(both, given.toString()).first())
                    .hasValue(new NativePlace.Folder(given, "libopenvino_c.so.2630"));
            assertThat(places(both, given.toString()).first().orElseThrow().version())
                    .isEqualTo("2026.3.0");
            assertThat(places(both, "").first())
                    .hasValueSatisfying(place -> assertThat(place.toString()).contains("preset.jar"));
            assertThat(places(one, "").first())
                    .hasValueSatisfying(place -> assertThat(place.toString()).contains("ours.jar"));
        }
    }

    @Test
    void aFailedLoadNamesEveryPlaceAndWhatWasWrongThere() throws IOException {
        Path given = Files.createDirectory(folder.resolve("given"));
        Files.writeString(given.resolve(LIBRARY), TEXT);
        try (URLClassLoader both = loader(ours(Processor.platform(), hash()), jar("preset.jar", preset()))) {
            assertThatThrownBy(() -> places(both, given.toString()).load())
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("its libraries cannot be loaded; tried the folder " + given)
                    .hasMessageContaining("the preset's jar (" + preset() + "): ")
                    .hasMessageContaining("this project's jar (openvino/libs/): ")
                    .hasMessageContaining("the folder /usr/local/lib: not there")
                    .hasMessageContaining("-D" + NativePlaces.LIBRARIES);
        }
    }

    @Test
    void anEngineWithoutLibrariesSaysWhereItLookedAndWhatToDo() throws IOException {
        try (URLClassLoader none = loader()) {
            NativePlaces places = places(none, folder.resolve("nowhere").toString());
            assertThat(new OpenVinoEngine(places).probe())
                    .isInstanceOfSatisfying(Availability.Unavailable.class, unavailable -> {
                        assertThat(unavailable.reason())
                                .contains("nowhere of -Dfast.openvino.libraries: not there")
                                .contains("openvino/libs/");
                        assertThat(unavailable.remedy()).contains("python3 with pip");
                    });
        }
    }

    @Test
    void aJarForAnotherPlatformIsPassedOverWithBothNames() throws IOException {
        try (URLClassLoader one = loader(ours("plan9-mips", hash()))) {
            assertThat(places(one, "").first()).isEmpty();
            assertThat(places(one, "").tried()).contains("is for plan9-mips; needed " + Processor.platform());
        }
    }

    @Test
    void aJarIsUnpackedOnceAndAnewWhenAFileIsDamaged() throws IOException {
        try (URLClassLoader one = loader(ours(Processor.platform(), hash()))) {
            NativePlace place = places(one, "").first().orElseThrow();
            Path unpacked = place.folder();
            assertThat(unpacked).hasParent(folder.resolve("cache"));
            assertThat(unpacked.resolve(LIBRARY)).hasContent(TEXT);
            Object key = Files.getLastModifiedTime(unpacked.resolve("files.list"));
            assertThat(place.folder()).isEqualTo(unpacked);
            assertThat((Object) Files.getLastModifiedTime(unpacked.resolve("files.list")))
                    .isEqualTo(key);
            Files.writeString(unpacked.resolve(LIBRARY), "half");
            assertThat(place.folder()).isEqualTo(unpacked);
            assertThat(unpacked.resolve(LIBRARY)).hasContent(TEXT);
        }
        try (Stream<Path> left = Files.list(folder.resolve("cache"))) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void manyThatUnpackAtOnceLeaveOneWholeFolder() throws Exception {
        try (URLClassLoader one = loader(ours(Processor.platform(), hash()));
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            NativePlace place = places(one, "").first().orElseThrow();
            for (Future<Path> unpacked : threads.invokeAll(ImmutableList.<Callable<Path>>of(
                    place::folder, place::folder, place::folder, place::folder, place::folder, place::folder))) {
                assertThat(unpacked.get().resolve(LIBRARY)).hasContent(TEXT);
            }
        }
        try (Stream<Path> left = Files.list(folder.resolve("cache"))) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void aFileWhoseHashIsNotTheListedOneIsRefusedAndNothingIsLeft() throws IOException {
        try (URLClassLoader one = loader(ours(Processor.platform(), "0123"))) {
            NativePlace place = places(one, "").first().orElseThrow();
            assertThatThrownBy(place::folder)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(LIBRARY)
                    .hasMessageContaining("has SHA-256 " + hash() + "; needed 0123");
        }
        assertThat(folder.resolve("cache")).isEmptyDirectory();
    }

    @Test
    void librariesAreRecognisedOnAllSystems() {
        for (String name : List.of("libopenvino_c.so.2641", "libopenvino_c.2641.dylib", "openvino_c.dll")) {
            assertThat(NativePlace.stem(name)).hasValue("openvino_c");
        }
        assertThat(NativePlace.stem("libtbb.so.12")).hasValue("tbb");
        assertThat(NativePlace.stem("cache.json")).isEmpty();
        assertThat(NativePlace.versionOf("libopenvino_c.2641.dylib")).isEqualTo("2026.4.1");
        assertThat(NativePlace.versionOf("openvino_c.dll")).isEqualTo("unknown");
    }
}
