// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.OptionalLong;

/// Shows how far a run has come. Used by one thread.
interface Progress extends AutoCloseable {
    /// Shows nothing.
    Progress NONE = new Progress() {
        @Override
        public void step() {}

        @Override
        public void close() {}
    };

    /// One more frame is through.
    void step();

    /// Takes what it shows off the screen, if it can.
    @Override
    void close();

    /// A bar on a terminal, lines elsewhere.
    ///
    /// @param frames how many there will be, where that is known
    /// @param lines where lines go
    static Progress of(OptionalLong frames, PrintWriter lines) {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
                ? new ProgressOnTerminal(frames, lines)
                : new ProgressLines(frames, lines, System::nanoTime);
    }
}
