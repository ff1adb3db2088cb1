// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// The version that the build wrote down.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {line()};
    }

    /// What `fast --version` prints.
    static String line() {
        return "fast " + number();
    }

    /// The number alone.
    static String number() {
        var properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        } catch (IOException damaged) {
            throw new UncheckedIOException("the program's own jar cannot be read", damaged);
        }
        return properties.getProperty("version", "unknown");
    }
}
