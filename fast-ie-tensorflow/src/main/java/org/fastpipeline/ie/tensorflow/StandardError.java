// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.tensorflow;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/// The standard error stream of the process, on which native code writes past Java.
final class StandardError {
    private static final int STREAM = 2;

    private StandardError() {}

    /// Runs `action` and keeps the lines that are `unwanted` off the terminal.
    ///
    /// Meanwhile the stream of the whole process leads into a file; all other lines follow when the action is done,
    /// so nothing is lost, whoever wrote it. Where the stream cannot be led elsewhere, the action just runs.
    static void without(Predicate<String> unwanted, Runnable action) {
        Path file;
        try {
            file = Files.createTempFile("stderr", ".txt");
        } catch (IOException noRoom) {
            action.run();
            return;
        }
        int elsewhere = CLibrary.creat(file.toString());
        int terminal = CLibrary.dup(STREAM);
        try {
            if (elsewhere >= 0 && terminal >= 0) {
                CLibrary.dup2(elsewhere, STREAM);
            }
            action.run();
        } finally {
            if (terminal >= 0) {
                CLibrary.dup2(terminal, STREAM);
                CLibrary.close(terminal);
            }
            if (elsewhere >= 0) {
                CLibrary.close(elsewhere);
            }
            show(file, unwanted);
        }
    }

    @SuppressWarnings("resource") // closing it would close the stream itself
    private static void show(Path file, Predicate<String> unwanted) {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
            Files.delete(file);
            FileOutputStream terminal = new FileOutputStream(FileDescriptor.err);
            for (String line : lines) {
                if (!unwanted.test(line)) {
                    terminal.write((line + System.lineSeparator()).getBytes(StandardCharsets.ISO_8859_1));
                }
            }
        } catch (IOException unreadable) {
            System.getLogger(StandardError.class.getName())
                    .log(System.Logger.Level.DEBUG, "messages in " + file + " are not shown", unreadable);
        }
    }
}
