// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Assumptions;

/// A display that nobody looks at, by Xvfb.
record VirtualDisplay(Process server, String name) implements AutoCloseable {
    /// Begins one; skips the tests where there is no Xvfb.
    static VirtualDisplay begin() {
        try {
            Process server = new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            BufferedReader said = server.inputReader(StandardCharsets.US_ASCII);
            String number = said.readLine();
            Assumptions.assumeTrue(number != null, "Xvfb gave no display");
            return new VirtualDisplay(server, ":" + number.strip());
        } catch (IOException missing) {
            Assumptions.abort("no Xvfb on this machine: apt-get install xvfb");
            throw new IllegalStateException(missing);
        }
    }

    @Override
    public void close() {
        server.destroy();
    }
}
