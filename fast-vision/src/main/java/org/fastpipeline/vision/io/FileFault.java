// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.error.OutputException;

/// What an [IOException] means to a user: what is wrong, and what to do.
///
/// @param problem what is wrong
/// @param remedy what to do
record FileFault(String problem, String remedy) {
    private static final FileFault NO_FOLDER =
            new FileFault("a file is where a folder is needed", "Choose another folder");

    static InputException unreadable(Path path, IOException cause) {
        FileFault fault =
                switch (cause) {
                    case NoSuchFileException gone -> new FileFault("there is no such file", "Check the name");
                    case AccessDeniedException denied ->
                        new FileFault("the file may not be read by this user", "Change its permissions");
                    default ->
                        new FileFault("the file cannot be read: " + reason(cause), "Check the disk or network drive");
                };
        return new InputException(path.toString(), fault.problem, fault.remedy, cause);
    }

    static OutputException unwritable(Path path, IOException cause) {
        boolean full = reason(cause).toLowerCase(Locale.ROOT).contains("no space");
        FileFault fault =
                switch (cause) {
                    case AccessDeniedException denied ->
                        new FileFault(
                                "this user may not write here", "Choose another folder or change its permissions");
                    case NoSuchFileException gone ->
                        new FileFault(
                                "the folder cannot be made, or is not there any more",
                                "Choose another folder, or check whether something else removed it");
                    case NotDirectoryException _, FileAlreadyExistsException _ -> NO_FOLDER;
                    default ->
                        full
                                ? new FileFault(
                                        "the disk is full", "Free some space or choose another folder, then run again")
                                : new FileFault(
                                        "it cannot be written: " + reason(cause), "Check the folder and the disk");
                };
        return new OutputException(path.toString(), fault.problem, fault.remedy, cause);
    }

    /// `path` would have to be a folder and is something else.
    static OutputException inTheWay(Path path, IOException cause) {
        return new OutputException(path.toString(), NO_FOLDER.problem, NO_FOLDER.remedy, cause);
    }

    /// The file `part` that was to become `path` is gone, though its folder is there.
    static OutputException removed(Path path, Path part, IOException cause) {
        return new OutputException(
                path.toString(),
                "its unfinished file " + part.getFileName() + " is not there any more",
                "Check what else removes files in this folder, then run again",
                cause);
    }

    /// What lies under an unchecked exception.
    static IOException unwrap(UncheckedIOException unchecked) {
        IOException cause = unchecked.getCause();
        return cause == null ? new IOException(unchecked) : cause;
    }

    private static String reason(IOException cause) {
        String reason = cause instanceof FileSystemException inFile ? inFile.getReason() : cause.getMessage();
        return reason == null ? cause.getClass().getSimpleName() : reason;
    }
}
