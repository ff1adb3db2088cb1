// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/// What a command says: results on the standard output, all else on the error stream.
///
/// @param out for results
/// @param err for progress and errors
/// @param verbose whether details and stack traces are wanted
record Speech(PrintWriter out, PrintWriter err, boolean verbose) {
    /// The streams of a command line.
    static Speech of(CommandLine command, boolean verbose) {
        return new Speech(command.getOut(), command.getErr(), verbose);
    }

    /// A result.
    void say(String line) {
        out.println(line);
        out.flush();
    }

    /// Something to know by the way.
    void note(String line) {
        err.println("fast: " + line);
        err.flush();
    }

    /// Something that only some want to know.
    void detail(String line) {
        if (verbose) {
            note(line);
        }
    }

    /// What a failure means; its stack trace on demand.
    void failure(String line, Throwable failure) {
        note(line);
        if (verbose) {
            failure.printStackTrace(err);
            err.flush();
        }
    }
}
