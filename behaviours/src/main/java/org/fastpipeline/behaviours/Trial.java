// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.behaviours;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// Runs the tests of one module on changed classes.
///
/// Only the changed file is compiled, against the module's classes; what comes out goes before them on the class path.
/// A mutant that changes a constant is of no use: other classes hold a copy of it. Safe for use by several threads.
final class Trial {
    private static final long LIMIT_SECONDS = 60;

    private final Checkout checkout;
    private final Path module;
    private final TestJvm jvm;

    /// @param module whose tests run
    Trial(Checkout checkout, Path module) throws IOException {
        this.checkout = checkout;
        this.module = module;
        Path started = module.resolve("target/behaviours-surefire.jvm");
        if (!Files.isRegularFile(started)) {
            throw new IllegalStateException(started + " is missing; run the module's tests first: ./fast test");
        }
        this.jvm = TestJvm.parse(Files.readString(started));
    }

    /// What came of one mutant.
    ///
    /// @param what the mutant, or the module whose tests ran on unchanged classes
    /// @param isGood whether it came out as it must
    /// @param outcome in words
    /// @param seconds how long it took
    record Result(String what, boolean isGood, String outcome, double seconds) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%-7s %5.1f s  %s: %s", isGood ? "ok" : "BAD", seconds, what, outcome);
        }
    }

    private record Ending(int status, String said) {}

    /// Without it, a mutant might seem killed by a test that fails anyway.
    Result unchanged(List<Mutant> mutants) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Path scratch = Files.createTempDirectory("unchanged");
        List<String> tags =
                mutants.stream().map(mutant -> tag(mutant.row())).distinct().toList();
        Ending ending = test(scratch, tags, TimeUnit.HOURS.toSeconds(1));
        delete(scratch);
        boolean isGood = ending.status == TaggedTests.PASSED;
        return result(module.getFileName() + " unchanged", isGood, isGood ? "passes" : "FAILS " + ending.said, begin);
    }

    Result run(Mutant mutant) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        String text = Files.readString(checkout.root().resolve(mutant.source()));
        if (mutant.count(text) != 1) {
            return result(mutant.toString(), false, "DOES NOT APPLY", begin);
        }
        Path scratch = Files.createTempDirectory("mutant-" + mutant.row() + "-");
        try {
            String errors = compile(mutant, mutant.apply(text), scratch);
            if (!errors.isEmpty()) {
                return result(mutant.toString(), false, "DOES NOT COMPILE " + errors, begin);
            }
            Ending ending = test(scratch, List.of(tag(mutant.row())), LIMIT_SECONDS);
            return switch (ending.status) {
                case TaggedTests.PASSED -> result(mutant.toString(), false, "SURVIVED", begin);
                case TaggedTests.NONE -> result(mutant.toString(), false, "SURVIVED, no test ran", begin);
                default -> result(mutant.toString(), true, "killed by " + ending.said, begin);
            };
        } finally {
            delete(scratch);
        }
    }

    private static String tag(int row) {
        return BehaviourListener.TAG + row;
    }

    private static Result result(String what, boolean isGood, String outcome, long begin) {
        return new Result(what, isGood, outcome, (System.nanoTime() - begin) / 1e9);
    }

    /// What the compiler has to say, if it fails.
    private String compile(Mutant mutant, String text, Path scratch) throws IOException {
        Path source = scratch.resolve("source").resolve(mutant.source().getFileName());
        Files.createDirectories(source.getParent());
        Files.writeString(source, text);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<String> options = List.of(
                "-cp",
                jvm.classPath(),
                "-d",
                scratch.toString(),
                "-proc:none",
                "-implicit:none",
                "-nowarn",
                "-parameters");
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean isDone = compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            return isDone ? "" : said.toString().lines().findFirst().orElse("without a word");
        }
    }

    /// A hang is as good as a failure.
    private Ending test(Path first, List<String> tags, long limitSeconds) throws IOException, InterruptedException {
        Path output = first.resolve("output.txt");
        Process process = new ProcessBuilder(jvm.command(List.of(first), module.resolve("target/test-classes"), tags))
                .directory(module.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(limitSeconds, TimeUnit.SECONDS)) {
                return new Ending(TaggedTests.FAILED, "a hang of " + limitSeconds + " s");
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        List<String> lines = Files.readAllLines(output, StandardCharsets.ISO_8859_1);
        return new Ending(process.exitValue(), lines.isEmpty() ? "" : lines.getLast());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
