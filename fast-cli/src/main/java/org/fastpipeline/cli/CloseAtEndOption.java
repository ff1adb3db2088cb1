// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The option `--close-at-end` of the commands that open a window.
final class CloseAtEndOption {
    @Option(names = "--close-at-end", description = "Close the window with the last frame.")
    private boolean given;

    /// How long after the last frame the window is to close: at once, if anything is said of it.
    Optional<Duration> after() {
        return given ? Optional.of(Duration.ZERO) : Optional.empty();
    }
}
