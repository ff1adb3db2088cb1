// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import com.google.common.base.Joiner;
import com.google.common.hash.Hashing;
import com.google.common.hash.HashingOutputStream;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Unpacks a jar's libraries into a folder named after their content, once for all processes of a user.
///
/// A folder appears whole or not at all: it is filled under another name and then renamed, and of processes that do so
/// at once the first wins. Its files were checked when they were unpacked; each later use checks that they have the
/// sizes, and the list of hashes, that the jar says, else the folder is made anew.
///
/// @param jar the libraries
/// @param cache where the folder is made
record Unpacking(NativeJar jar, Path cache) {
    private static final String LIST = "files.list";
    private static final Duration ABANDONED = Duration.ofHours(1);
    private static final int HASH_DIGITS = 16;

    Path folder() throws IOException {
        String list = Joiner.on('\n').withKeyValueSeparator(' ').join(jar.files()) + '\n';
        String hash = Hashing.sha256().hashString(list, StandardCharsets.UTF_8).toString();
        String name = "openvino-" + jar.version() + "-" + hash.substring(0, HASH_DIGITS);
        Path folder = cache.resolve(name);
        if (!isWhole(folder, list)) {
            Files.createDirectories(cache);
            clear(name);
            Path filling = Files.createTempDirectory(cache, "." + name + "-");
            try {
                fill(filling, list);
                put(filling, folder, list);
            } finally {
                delete(filling);
            }
        }
        return folder;
    }

    private boolean isWhole(Path folder, String list) throws IOException {
        Path listed = folder.resolve(LIST);
        if (!Files.isRegularFile(listed) || !Files.readString(listed).equals(list)) {
            return false;
        }
        for (Map.Entry<String, NativeJar.Content> file : jar.files().entrySet()) {
            Path unpacked = folder.resolve(file.getKey());
            if (!Files.isRegularFile(unpacked)
                    || Files.size(unpacked) != file.getValue().bytes()) {
                return false;
            }
        }
        return true;
    }

    private void fill(Path folder, String list) throws IOException {
        try (ZipFile zip = new ZipFile(jar.file().toFile())) {
            for (Map.Entry<String, NativeJar.Content> file : jar.files().entrySet()) {
                String hash = unpack(zip, jar.folder() + file.getKey(), folder.resolve(file.getKey()));
                String needed = file.getValue().hash();
                if (!needed.equals(hash) && !needed.startsWith(NativeJar.CHECKSUM)) {
                    throw new IOException(file.getKey() + " in " + jar + " has SHA-256 " + hash + "; needed " + needed);
                }
            }
        }
        Files.writeString(folder.resolve(LIST), list);
    }

    /// @return the SHA-256 of what was unpacked; the checksum of the jar's entry is checked by reading it
    private static String unpack(ZipFile zip, String name, Path to) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException(name + " is missing in " + zip.getName());
        }
        try (InputStream in = zip.getInputStream(entry);
                HashingOutputStream out = new HashingOutputStream(Hashing.sha256(), Files.newOutputStream(to))) {
            in.transferTo(out);
            return out.hash().toString();
        }
    }

    /// Gives the filled folder its name, unless another process was faster.
    private void put(Path filled, Path folder, String list) throws IOException {
        try {
            Files.move(filled, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException taken) {
            if (isWhole(folder, list)) {
                return;
            }
            Path broken = Files.createTempDirectory(cache, ".broken-");
            Files.move(folder, broken.resolve("folder"), StandardCopyOption.ATOMIC_MOVE);
            Files.move(filled, folder, StandardCopyOption.ATOMIC_MOVE);
            delete(broken);
        }
    }

    /// Deletes what processes that were killed have left of this folder.
    private void clear(String name) throws IOException {
        Instant before = Instant.now().minus(ABANDONED);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(cache, "." + name + "-*")) {
            for (Path folder : left) {
                if (isOlder(folder, before)) {
                    delete(folder);
                }
            }
        }
    }

    private static boolean isOlder(Path folder, Instant than) throws IOException {
        try {
            return Files.getLastModifiedTime(folder).toInstant().isBefore(than);
        } catch (NoSuchFileException gone) {
            return false; // its process has just given it its name
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }
}
