// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.io.PrintWriter;
import java.util.Set;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.OutputException;
import org.fastpipeline.core.error.RunStoppedException;
import org.fastpipeline.core.error.StepException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// How errors are told: a line or two that say where, what is wrong and what to do; the stack trace only on demand.
final class Complaint {
    /// The option that shows stack traces too.
    static final String VERBOSE = "--verbose";

    /// How the names of what does not stream begin.
    private static final String BEFORE_ALL_FRAMES = "static#";

    private Complaint() {}

    /// The sentence for the user, without the nodes and frame numbers around it.
    static String of(Throwable failure) {
        Throwable innermost = innermost(failure);
        String message = innermost.getMessage();
        if (innermost instanceof FastException && message != null) {
            return message;
        }
        return "something went wrong that the program did not expect: " + innermost + ". Run it again with " + VERBOSE
                + ", and report what it then shows.";
    }

    /// The error that the framework wrapped: it names the file rather than the node.
    private static Throwable innermost(Throwable failure) {
        Throwable at = failure;
        while ((at instanceof StepException || at instanceof RunStoppedException)
                && at.getCause() instanceof FastException cause) {
            at = cause;
        }
        return at;
    }

    /// A command threw: the work could not be done at all.
    static int failed(Exception failure, CommandLine command, ParseResult arguments) {
        PrintWriter err = command.getErr();
        boolean said = failure instanceof RunStoppedException stopped
                && Set.of(StopOnSignal.REASON, Show.REASON).contains(stopped.reason());
        if (!said) {
            err.println("fast: " + of(failure));
        }
        if (arguments.expandedArgs().contains(VERBOSE)) {
            failure.printStackTrace(err);
        }
        err.flush();
        return status(failure);
    }

    /// The exit status for a failure that ended the work. A frame failed only if there was one: not if what would have
    /// made the frames could not be opened, nor if a result could not be written.
    static int status(Throwable failure) {
        if (failure instanceof RunStoppedException stopped && stopped.reason().equals(Show.REASON)) {
            return Main.STOPPED;
        }
        boolean frameFailed = failure instanceof StepException step
                && !step.frame().startsWith(BEFORE_ALL_FRAMES)
                && !(innermost(failure) instanceof OutputException);
        return frameFailed ? Main.SOME_FAILED : Main.WRONG_USE;
    }

    /// The arguments are wrong.
    static int misused(ParameterException misuse, String[] arguments) {
        CommandLine command = misuse.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("fast: " + Misuse.sentence(misuse));
        if (arguments.length == 0) {
            command.usage(err);
        } else {
            err.println("See '" + command.getCommandSpec().qualifiedName(" ") + " --help'.");
        }
        err.flush();
        return Main.WRONG_USE;
    }
}
