// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.fastpipeline.core.error.RunStoppedException;
import org.fastpipeline.core.inference.EngineChoice;
import org.fastpipeline.core.inference.EngineWish;
import org.fastpipeline.core.measure.RunReport;
import picocli.CommandLine;

/// What a command says: results on the standard output, all else on the error stream.
///
/// @param out for results
/// @param err for progress and errors
/// @param verbose whether details and stack traces are wanted
record Speech(PrintWriter out, PrintWriter err, boolean verbose) {
    private static final double NANOS_PER_MILLISECOND = 1e6;
    private static final int MEGABYTES = 20;

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

    /// Which engine was taken, and why: to all if it is not the one asked for, or if it was measured.
    void chosen(EngineWish wish, EngineChoice choice) {
        switch (wish) {
            case EngineWish.Named(String name) when !name.equals(choice.engine()) -> note(choice.why());
            case EngineWish.Measured _ -> note(choice.why());
            case EngineWish.Named _, EngineWish.Auto _ -> detail(choice.toString());
        }
    }

    /// The frames that failed, if any did.
    ///
    /// @param others where those that are not told of one by one are to be seen
    void failures(Tally tally, String others) {
        if (tally.failed() > 0) {
            note(tally.failed() + " of " + tally.frames() + " frames failed:");
            tally.failures().forEach(failure -> failure(Complaint.of(failure), failure));
            long more = tally.failed() - tally.failures().size();
            if (more > 0) {
                note("... and " + more + " more, " + others + ".");
            }
        }
    }

    /// Says that a run was stopped: within the reach of the signal, as the JVM ends once that is over.
    ///
    /// @param reason why
    /// @param kept what of those frames that were done stays
    /// @return to be thrown; nothing more is said of it
    RunStoppedException stopped(String reason, String kept) {
        note("stopped before the end: no table is written; " + kept + " that were done stay");
        return new RunStoppedException(reason, null);
    }

    /// What a run took, for those who want to know.
    void figures(RunReport report) {
        report.nodes()
                .forEach((node, figures) -> detail(String.format(
                        Locale.ROOT,
                        "%-30s %6d x %8.1f ms",
                        node,
                        figures.time().count(),
                        figures.time().mean().toNanos() / NANOS_PER_MILLISECOND)));
        detail("most native memory in use: " + (report.peakBytes() >> MEGABYTES) + " MiB");
    }
}
