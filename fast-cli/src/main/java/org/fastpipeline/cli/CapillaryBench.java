// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.error.OutputException;
import org.fastpipeline.vision.io.MediaStreamer;
import org.fastpipeline.vision.io.WholeFile;
import tools.jackson.databind.node.ObjectNode;

/// Measures the capillary job, and on demand the published design, each in processes of its own. Used by one thread.
final class CapillaryBench {
    private static final String PEER = "capillary_peer.py";

    private final Home home;
    private final BenchRequest request;
    private final Speech speech;

    CapillaryBench(Home home, BenchRequest request, Speech speech) {
        this.home = home;
        this.request = request;
        this.speech = speech;
    }

    /// Does it, and writes and says what came out.
    void run() throws InterruptedException {
        Path work = workFolder();
        try {
            List<BenchSide> sides = sides();
            String peerVersions = peerVersions(work); // first of all: it tells whether the peer can run
            FrameSet frames = frames(work);
            ObjectNode machine = Machine.json();
            Path few = frames.folder(work.resolve("frames-few"), request.few());
            Path many = frames.folder(work.resolve("frames-many"), request.frames());
            for (int round = 0; round < request.rounds(); round++) {
                // Back and forth: what else the machine does, more at the end than at the beginning, meets all alike.
                for (BenchSide side : round % 2 == 0 ? sides : sides.reversed()) {
                    Path out = work.resolve(side.name().replace(' ', '-'));
                    create(out);
                    side.measure(few, request.few(), many, request.frames(), out);
                    speech.detail(String.format(
                            Locale.ROOT,
                            "round %d of %d: %s, %d frames in %.1f s",
                            round + 1,
                            request.rounds(),
                            side.name(),
                            request.frames(),
                            side.last().seconds()));
                }
            }
            Optional<MemoryRun> memory = memory(frames, sides, work);
            BenchReport report = new BenchReport(
                    request, sides, memory, frames.distinct(request.frames()), work, machine, peerVersions);
            write("bench.json", (Json.text(report.json()) + "\n").getBytes(StandardCharsets.UTF_8));
            BenchPlot.png(sides, request.more())
                    .ifPresentOrElse(
                            png -> write("bench.png", png),
                            () -> speech.note("this machine has no fonts to draw the plot with"));
            report.lines().forEach(speech::say);
        } finally {
            delete(work);
        }
    }

    /// A longer run of ours on all workers, if that was asked for.
    private Optional<MemoryRun> memory(FrameSet frames, List<BenchSide> sides, Path work) throws InterruptedException {
        int count = request.memoryFrames();
        if (count == 0) {
            return Optional.empty();
        }
        BenchSide side = sides.stream()
                .filter(each -> each.name().equals(BenchReport.ALL_WORKERS))
                .findFirst()
                .orElse(sides.getFirst());
        speech.detail("a run of " + count + " frames, for its memory");
        Path folder = frames.folder(work.resolve("frames-memory"), count);
        ProcessRun run = side.run(folder, count, work.resolve("memory"));
        double start = side.median(pair -> pair.many().seconds())
                - request.frames() * side.marginal(ProcessRun::seconds, request.more());
        return Optional.of(new MemoryRun(count, run, (run.seconds() - start) / count));
    }

    private Path workFolder() {
        create(request.out());
        try {
            return Files.createTempDirectory(request.out(), "work").toAbsolutePath();
        } catch (IOException failure) {
            throw unwritable(request.out(), failure);
        }
    }

    private static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException failure) {
            throw unwritable(folder, failure);
        }
    }

    private static OutputException unwritable(Path folder, IOException failure) {
        return new OutputException(folder.toString(), "it cannot be made or written to", "Choose another", failure);
    }

    private void delete(Path work) {
        try {
            MoreFiles.deleteRecursively(work, RecursiveDeleteOption.ALLOW_INSECURE);
        } catch (IOException busy) {
            speech.note(work + " could not be removed; delete it");
        }
    }

    private void write(String name, byte[] bytes) {
        WholeFile.write(request.out().resolve(name), ByteBuffer.wrap(bytes));
    }

    /// What was given, else synthetic frames.
    private FrameSet frames(Path work) throws InterruptedException {
        List<String> inputs = request.inputs();
        if (inputs.isEmpty()) {
            Path made = work.resolve("phantoms");
            speech.detail("making " + request.frames() + " synthetic frames");
            List<String> command = ours(
                    "phantom",
                    "capillary",
                    "--frames",
                    Integer.toString(request.frames()),
                    "--seed",
                    "1",
                    "--out",
                    made.toString());
            ProcessRun.of(command, environment(), work.resolve("phantom.log"));
            inputs = List.of(made.toString());
        }
        return new FrameSet(new MediaStreamer(inputs.toArray(String[]::new)).files());
    }

    private List<String> ours(String... arguments) {
        return ImmutableList.<String>builder()
                .add("sh", home.launcher().toString())
                .add(arguments)
                .build();
    }

    private static Map<String, String> environment() {
        return Map.of("FAST_JAVA_HOME", System.getProperty("java.home"));
    }

    private List<BenchSide> sides() {
        List<BenchSide> sides = new ArrayList<>();
        int cores = Runtime.getRuntime().availableProcessors();
        sides.add(ours(BenchReport.ONE_WORKER, 1));
        if (cores > 1) {
            sides.add(ours(BenchReport.ALL_WORKERS, cores));
        }
        if (request.peers().isPresent()) {
            Path script = request.peers().get().resolve(PEER);
            if (!Files.isRegularFile(script)) {
                throw new InputException(
                        script.toString(), "there is no such file", "Give the folder that has it", null);
            }
            sides.add(peer(BenchReport.PEER_SERIAL, script, "serial", "fresh"));
            sides.add(peer(BenchReport.PEER_RAY, script, "ray", "fresh"));
            sides.add(peer(BenchReport.PEER_TUNED, script, "ray", "running"));
        }
        return sides;
    }

    private BenchSide ours(String name, int workers) {
        BenchSide.Command command = (frames, _, out) -> ours(
                "capillary",
                frames.toString(),
                "--out",
                out.toString(),
                "--overlays",
                "none",
                "--workers",
                Integer.toString(workers),
                "--background",
                request.background().name().toLowerCase(Locale.ROOT),
                "--engine",
                request.engine());
        return new BenchSide(name, command, environment());
    }

    private BenchSide peer(String name, Path script, String mode, String background) {
        BenchSide.Command command = (frames, count, _) -> List.of(
                request.python(),
                script.toAbsolutePath().toString(),
                home.model(CapillaryRequest.MODEL)
                        .resolve("saved_model")
                        .toAbsolutePath()
                        .toString(),
                frames.resolve("*").toString(),
                "--mode",
                mode,
                "--frames",
                Integer.toString(count),
                "--background",
                background);
        return new BenchSide(name, command, Map.of());
    }

    /// What the peer ran with, in one line; nothing without it.
    private String peerVersions(Path work) throws InterruptedException {
        if (request.peers().isEmpty()) {
            return "";
        }
        String program = "import sys, cv2, ray, skimage, tensorflow; print('Python', sys.version.split()[0], 'OpenCV', "
                + "cv2.__version__, 'Ray', ray.__version__, 'scikit-image', skimage.__version__, 'TensorFlow', "
                + "tensorflow.__version__)";
        return ProcessRun.of(
                        List.of(request.python(), "-c", program),
                        Map.of("TF_CPP_MIN_LOG_LEVEL", "3"),
                        work.resolve("versions.log"))
                .output()
                .lines()
                .filter(line -> line.startsWith("Python "))
                .findFirst()
                .orElse("unknown");
    }
}
