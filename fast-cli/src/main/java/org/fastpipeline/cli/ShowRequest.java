// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.fastpipeline.render.WindowOptions;

/// How what a run makes is to be watched.
///
/// @param window whether a window is to show it while it goes on
/// @param closesAfter how long after the last frame the window closes by itself, if it does
/// @param video the file that a video of it is to be written to
record ShowRequest(boolean window, Optional<Duration> closesAfter, Optional<Path> video) {
    /// Not at all.
    static final ShowRequest NONE = new ShowRequest(false, Optional.empty(), Optional.empty());

    /// Whether somebody wants to see it.
    boolean isWanted() {
        return window || video.isPresent();
    }

    /// What the window is like.
    WindowOptions options(String title) {
        WindowOptions options = WindowOptions.of(title);
        return closesAfter.map(options::closingAfter).orElse(options);
    }
}
