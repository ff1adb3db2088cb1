// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// A jar with libraries in one of its folders.
///
/// @param file the jar
/// @param folder the folder in it, with a slash at its end
/// @param version version of the libraries
/// @param platform what they are for
/// @param files the files of the folder, by name
record NativeJar(Path file, String folder, String version, String platform, ImmutableMap<String, Content> files) {
    /// In this project's jars: what is in them.
    static final String INDEX = "natives.properties";

    /// How a hash begins that is only a checksum.
    static final String CHECKSUM = "crc32 ";

    private static final String FILE = "file.";

    /// What a file must be.
    ///
    /// @param bytes its size
    /// @param hash its SHA-256 if the jar's index says it, else the checksum of the jar's entry
    record Content(long bytes, String hash) {}

    /// The jar on a class path that has `folder`.
    ///
    /// @param marker a file or folder in it by which it is found
    static Optional<NativeJar> find(ClassLoader loader, String folder, String marker) throws IOException {
        URL url = loader.getResource(folder + marker);
        if (url == null || !(url.openConnection() instanceof JarURLConnection connection)) {
            return Optional.empty();
        }
        try {
            Path file = Path.of(connection.getJarFileURL().toURI());
            try (ZipFile zip = new ZipFile(file.toFile())) {
                return Optional.of(read(zip, file, folder));
            }
        } catch (URISyntaxException unusual) {
            throw new IOException(url + " is no file", unusual);
        }
    }

    private static NativeJar read(ZipFile zip, Path file, String folder) throws IOException {
        Properties index = new Properties();
        ZipEntry entry = zip.getEntry(folder + INDEX);
        if (entry != null) {
            try (InputStream text = zip.getInputStream(entry)) {
                index.load(text);
            }
        }
        TreeMap<String, Content> files = new TreeMap<>();
        String version = "unknown";
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
            ZipEntry each = entries.nextElement();
            String name = each.getName()
                    .substring(Math.min(folder.length(), each.getName().length()));
            if (each.getName().startsWith(folder) && !name.isEmpty() && !name.contains("/") && !name.equals(INDEX)) {
                files.put(name, content(each, index.getProperty(FILE + name)));
                if (NativePlace.stem(name).equals(Optional.of("openvino_c"))) {
                    version = NativePlace.versionOf(name);
                }
            }
        }
        return new NativeJar(
                file,
                folder,
                index.getProperty("version", version),
                index.getProperty("platform", Processor.platform()),
                ImmutableMap.copyOf(files));
    }

    private static Content content(ZipEntry entry, @Nullable String listed) {
        int space = listed == null ? -1 : listed.indexOf(' ');
        return listed == null || space < 0
                ? new Content(entry.getSize(), CHECKSUM + entry.getCrc())
                : new Content(Long.parseLong(listed.substring(0, space)), listed.substring(space + 1));
    }

    @Override
    public String toString() {
        return file + "!/" + folder;
    }
}
