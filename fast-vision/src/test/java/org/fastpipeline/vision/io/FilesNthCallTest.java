// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.common.base.Throwables;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.error.MemoryExhaustedException;
import org.fastpipeline.core.error.OutputException;
import org.fastpipeline.core.error.StepException;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.testing.LeakCheck;
import org.fastpipeline.vision.TestImages;
import org.fastpipeline.vision.io.FilesToFiles.Result;
import org.fastpipeline.vision.opencv.OpenCv;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The sixth reference pipeline, from files through a network to files: fails the first, the second, the third call of
/// each kind, and so on until a run passes clean. Each time the right error, no hang, nothing left open, leased or
/// half-written, no wrong result, and the next run works.
@ExtendWith(LeakCheck.class)
class FilesNthCallTest {
    private static final int MOST_CALLS = 300;
    private static final RunOptions OPTIONS =
            RunOptions.standard().withWorkers(2).withValidate(true);

    @TempDir
    private Path folder;

    private final List<Path> files = new ArrayList<>();
    private int runs;
    private Result right = new Result(Map.of(), Optional.empty(), false, Map.of(), 0);

    /// The thread of JavaCPP stays for as long as the JVM.
    @BeforeAll
    static void openCvIsLoaded() {
        OpenCv.prepare();
    }

    @BeforeEach
    void imagesAreThereAndARunOfThemIsRight() throws IOException {
        for (int i = 0; i < 4; i++) {
            byte[] png = TestImages.encode(TestImages.colour(64 + 8 * i, 48), "png");
            files.add(Files.write(folder.resolve("image-" + i + ".png"), png));
        }
        right = run(NthCall.none(), OPTIONS);
        assertThat(right.failure()).isEmpty();
        assertThat(right.scores()).hasSize(files.size());
        assertThat(right.written()).hasSize(files.size() + 1);
    }

    private Result run(NthCall faults, RunOptions options) throws IOException {
        Path out = Files.createDirectory(folder.resolve("out-" + runs++));
        return assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> new FilesToFiles(files, out, faults).run(options));
    }

    /// One kind of fault at one kind of call, and the error that is to tell of it.
    private record Fault(
            Enum<?> call, Supplier<? extends Throwable> thrown, Class<? extends FastException> type, String text) {
        @Override
        public String toString() {
            return call + ", " + thrown.get();
        }
    }

    private static Fault input(FaultyFileSystem.Call call, Supplier<IOException> thrown) {
        return new Fault(call, thrown, InputException.class, "image-\\d.png: ");
    }

    private static Fault output(FaultyFileSystem.Call call, String reason, String problem) {
        return new Fault(
                call,
                () -> new FileSystemException("disk", null, reason),
                OutputException.class,
                "(table.csv|image-\\d.png): .*" + problem);
    }

    private static Fault step(Enum<?> call, String node, Supplier<? extends Throwable> thrown) {
        return new Fault(call, thrown, StepException.class, node + ", frame imageFileStreamer#\\d: .*injected");
    }

    private static Fault engine(FaultyEngine.Call call, String text, Supplier<? extends Throwable> thrown) {
        return new Fault(call, thrown, EngineException.class, "engine faulty: .*" + text);
    }

    static Stream<Fault> faults() {
        Supplier<IOException> broken = () -> new IOException("injected");
        Supplier<Throwable> crash = () -> new IllegalStateException("injected");
        Supplier<Throwable> told = () -> new EngineException("faulty", "injected", "Try again", null);
        Supplier<Throwable> memory = () -> new OutOfMemoryError("injected");
        return Stream.of(
                input(FaultyFileSystem.Call.OPEN, broken),
                input(FaultyFileSystem.Call.READ, broken),
                input(FaultyFileSystem.Call.READ, EOFException::new),
                input(FaultyFileSystem.Call.CLOSE_READ, broken),
                output(FaultyFileSystem.Call.CREATE, "No space left on device", "the disk is full"),
                output(FaultyFileSystem.Call.WRITE, "No space left on device", "the disk is full"),
                output(FaultyFileSystem.Call.WRITE, "Input/output error", "cannot be written: Input/output error"),
                output(FaultyFileSystem.Call.CLOSE_WRITTEN, "Disk quota exceeded", "Disk quota exceeded"),
                output(FaultyFileSystem.Call.MOVE, "Read-only file system", "Read-only file system"),
                engine(FaultyEngine.Call.LOAD, FilesToFiles.MODEL, crash),
                engine(FaultyEngine.Call.LOAD, "injected", told),
                engine(FaultyEngine.Call.LOAD, FilesToFiles.MODEL, () -> new UnsatisfiedLinkError("injected")),
                step(FaultyEngine.Call.OPEN_SESSION, "imageClassification", crash),
                step(FaultyEngine.Call.OPEN_SESSION, "imageClassification", memory),
                step(FaultyEngine.Call.RUN, "imageClassification", crash),
                step(FaultyEngine.Call.RUN, "imageClassification", told),
                step(FaultyEngine.Call.RUN, "imageClassification", memory),
                engine(FaultyEngine.Call.CLOSE_SESSION, FilesToFiles.MODEL, crash),
                engine(FaultyEngine.Call.CLOSE_MODEL, FilesToFiles.MODEL, crash),
                step(FilesToFiles.Call.PUBLISH, "report", crash),
                step(FilesToFiles.Call.PUBLISH, "report", memory));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void failureOfAnyCallIsToldAndNothingIsLeftOpenOrHalfWritten(Fault fault) throws IOException {
        for (boolean failFast : List.of(false, true)) {
            for (int number = 1; ; number++) {
                assertThat(number).as("calls until a clean run").isLessThan(MOST_CALLS);
                NthCall faults = new NthCall(fault.call, number, fault.thrown);
                Result result = run(faults, failFast ? OPTIONS.failFast() : OPTIONS);
                if (!faults.hasFired()) {
                    assertThat(number).as("kinds of calls that there are").isGreaterThan(1);
                    assertThat(result).isEqualTo(right);
                    break;
                }
                String where = fault + ", call " + number + (failFast ? ", fail-fast" : "");
                isSound(where, result);
                isTold(where, result, fault.type, fault.text);
                assertThat(run(NthCall.none(), OPTIONS))
                        .as(where + ", and then")
                        .isEqualTo(right);
            }
        }
    }

    private static void isTold(String where, Result result, Class<? extends FastException> type, String text) {
        assertThat(result.failure()).as(where).isPresent();
        List<Throwable> chain = Throwables.getCausalChain(result.failure().orElseThrow());
        assertThat(chain)
                .as(where)
                .anySatisfy(
                        link -> assertThat(link).isInstanceOf(type).message().containsPattern(text));
    }

    /// What is there is right, whatever is not there.
    private void isSound(String where, Result result) {
        assertThat(result.open()).as(where + ": open").isZero();
        assertThat(right.scores()).as(where).containsAllEntriesOf(result.scores());
        for (Map.Entry<String, String> file : result.written().entrySet()) {
            if (file.getKey().equals("table.csv")) {
                assertThat(lines(right))
                        .as(where)
                        .containsAll(lines(result))
                        .startsWith(lines(result).getFirst());
            } else {
                assertThat(right.written()).as(where).contains(file);
            }
        }
    }

    private static List<String> lines(Result result) {
        byte[] table = Base64.getDecoder().decode(result.written().get("table.csv"));
        return new String(table, StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void memoryThatIsUsedUpAnywhereIsToldWithTheStepThatAsked() throws IOException {
        Result result;
        int failed = 0;
        long cap = 64;
        do {
            result = run(NthCall.none(), OPTIONS.withMemoryCap(cap));
            isSound("cap " + cap, result);
            if (result.failure().isPresent()) {
                failed++;
                isTold("cap " + cap, result, MemoryExhaustedException.class, "\\w+, frame .*Raise the memory cap");
            }
            cap = cap * 17 / 16;
        } while (result.failure().isPresent());
        assertThat(result).isEqualTo(right);
        assertThat(failed).isGreaterThan(20);
    }

    @Test
    void damageAnywhereInAnyFileFailsItsFrameAlone() throws IOException {
        for (Path file : files) {
            byte[] whole = Files.readAllBytes(file);
            for (int at = 0; at < whole.length; at += whole.length / 12) {
                byte[] damaged = whole.clone();
                damaged[at] ^= 0x55;
                for (byte[] content : List.of(damaged, Arrays.copyOf(whole, at))) {
                    Files.write(file, content);
                    Result result = run(NthCall.none(), OPTIONS);
                    String where = file + " at " + at;
                    isSound(where, result);
                    isTold(where, result, InputException.class, file.getFileName() + ": ");
                    assertThat(result.stopped()).as(where).isFalse();
                    assertThat(result.scores()).as(where).hasSize(files.size() - 1);
                    assertThat(lines(result)).as(where).hasSize(files.size());
                }
            }
            Files.write(file, whole);
            assertThat(run(NthCall.none(), OPTIONS)).isEqualTo(right);
        }
    }
}
