// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.core.run.ThreadPlan;
import org.fastpipeline.testing.Footprint;
import org.fastpipeline.vision.opencv.OpenCv;

/// Works through varied pipelines over and over beside one run that lasts all the time, and looks whether results are
/// right, whether memory grows with the frames, and whether anything is left over at the end.
///
/// Exits with 1 and a sentence on each bound that was broken, else with 0. Start it with a heap that neither grows nor
/// fills up bit by bit, so that what grows is not the heap: `-Xms256m -Xmx256m -XX:+AlwaysPreTouch`. The seed that it
/// prints decides which runs there are and what they are to give; how their threads take turns is left to chance.
///
/// Start it with `MALLOC_ARENA_MAX=2` in the environment, as the program `fast` does. By default glibc has up to eight
/// arenas a core and keeps what was given back to each for those who ask there next. Every run has new threads, which
/// fall to arenas by chance, so resident memory goes on growing for longer than anybody wants to watch although nobody
/// holds more: what the C library gave out and did not get back is in the column `live`.
public final class Soak {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final SoakOptions options;
    private final List<Workload> workloads;
    private final PrintStream out;
    private final Ledger ledger = new Ledger();
    private final Pacer pacer;

    Soak(SoakOptions options, List<Workload> workloads, PrintStream out) {
        this.options = options;
        this.workloads = workloads;
        this.out = out;
        this.pacer = new Pacer(options.rate());
    }

    /// Soaks with the standard workloads.
    ///
    /// @param arguments `--seconds N [--rate FRAMES_PER_SECOND] [--seed N]`
    public static void main(String... arguments) throws Exception {
        List<String> broken = new Soak(SoakOptions.parse(arguments), standard(), System.out).run();
        System.exit(broken.isEmpty() ? 0 : 1);
    }

    /// All kinds of short runs.
    static List<Workload> standard() {
        return List.of(
                new FaultyFrames(),
                new PictureFiles(),
                new Patches(),
                new Streams(),
                new Joins(),
                new Viewers(),
                new Stops(),
                new LiveSource(),
                new Pulls(),
                new Capillaries(),
                new Videos());
    }

    /// Soaks.
    ///
    /// @return a sentence on each bound that was broken
    List<String> run() throws Exception {
        OpenCv.prepare();
        Path folder = Files.createTempDirectory("soak");
        SoakLog log = new SoakLog(options, pacer, ledger, out);
        log.begin();
        Footprint before = Footprint.now();
        List<String> broken = new ArrayList<>();
        long round = 0;
        for (Workload workload : workloads) {
            broken.addAll(attempt(workload, round++, folder));
        }
        LongRun longRun = new LongRun(pacer);
        try (ExecutorService beside = Executors.newSingleThreadExecutor()) {
            long of = round++;
            Future<List<String>> lasting = beside.submit(() -> attempt(longRun, of, folder));
            while (broken.isEmpty() && !lasting.isDone() && !log.isOver()) {
                SplittableRandom draw = new SplittableRandom(options.seed() + round * SPREAD);
                broken.addAll(attempt(workloads.get(draw.nextInt(workloads.size())), round++, folder));
                log.tick(round);
            }
            longRun.end();
            broken.addAll(lasting.get());
        }
        broken.addAll(leftOver(before, folder));
        broken.addAll(log.judge());
        log.end(round, broken);
        return broken;
    }

    private List<String> attempt(Workload workload, long round, Path parent) throws IOException, InterruptedException {
        SplittableRandom draw = new SplittableRandom(options.seed() - round * SPREAD);
        RunOptions runOptions =
                RunOptions.of(new ThreadPlan(draw.nextInt(1, 5), 1, 1)).withValidate(draw.nextBoolean());
        Path folder = Files.createDirectory(parent.resolve(Long.toString(round)));
        try {
            long frames = workload.run(new Trial(draw, runOptions, folder, ledger));
            if (!(workload instanceof LongRun)) {
                pacer.passed(frames);
            }
        } catch (Exception | AssertionError failure) {
            failure.printStackTrace(out);
            return List.of(workload.name() + " failed in round " + round + ": " + failure.getMessage());
        }
        try (Stream<Path> left = Files.list(folder)) {
            List<String> names = left.map(Path::getFileName).map(Path::toString).toList();
            if (!names.isEmpty()) {
                return List.of("Leaked file: " + workload.name() + " left " + names + " behind in round " + round
                        + "; needed an empty folder.");
            }
        }
        Files.delete(folder);
        return List.of();
    }

    private List<String> leftOver(Footprint before, Path folder) throws IOException, InterruptedException {
        List<String> left = new ArrayList<>(ledger.open());
        for (String what : Footprint.now().leftSince(before, PATIENCE)) {
            left.add("Leaked " + what + "; needed none that was not there at the beginning.");
        }
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isEmpty()) {
                Files.delete(folder);
            }
        }
        return left;
    }
}
