// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/// Makes jars with engines in them.
final class PluginJars {
    /// The name of each jar as a module.
    static final String MODULE = "org.fastpipeline.plugin";

    private PluginJars() {}

    /// A jar with these classes, and this list of services.
    static Path write(Path jar, String services, Class<?>... types) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Automatic-Module-Name", MODULE);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new ZipEntry("META-INF/services/" + InferenceEngine.class.getName()));
            out.write(services.getBytes(StandardCharsets.UTF_8));
            for (Class<?> type : types) {
                String entry = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new ZipEntry(entry));
                try (InputStream bytes = type.getResourceAsStream("/" + entry)) {
                    bytes.transferTo(out);
                }
            }
        }
        return jar;
    }
}
