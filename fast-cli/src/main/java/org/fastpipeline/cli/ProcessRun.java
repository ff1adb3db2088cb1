// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.math.Quantiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fastpipeline.core.error.InputException;

/// One run of a program, from its start to its end, watched from outside.
///
/// @param seconds wall time
/// @param cpuSeconds of the process and all its descendants, as last seen: what they used in the last tenth of a
/// second of their lives may be missing
/// @param samples what they used meanwhile
/// @param output what it printed, errors included
record ProcessRun(double seconds, double cpuSeconds, ImmutableList<Sample> samples, String output) {
    private static final long INTERVAL_MILLIS = 100;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int MOST_TOLD = 2000;
    private static final double AROUND = 0.5;

    /// What a process and its descendants used.
    ///
    /// @param second since the start
    /// @param cores CPU seconds per second since the sample before
    /// @param megabytes resident memory, 10^6 bytes; pages that processes share count for each; 0 where the system
    /// does not tell
    record Sample(double second, double cores, double megabytes) {}

    /// Runs a command to its end.
    ///
    /// @param log receives what it prints
    /// @throws InputException if it cannot be started or fails
    static ProcessRun of(List<String> command, Map<String, String> environment, Path log) throws InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Usage usage = new Usage();
        ImmutableList.Builder<Sample> samples = ImmutableList.builder();
        try {
            long start = System.nanoTime();
            Process process = builder.start();
            process.getOutputStream().close();
            try {
                double before = 0;
                double cpuBefore = 0;
                while (!process.waitFor(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
                    double megabytes = usage.look(process.toHandle());
                    double now = (System.nanoTime() - start) / NANOS_PER_SECOND;
                    samples.add(new Sample(now, (usage.seconds() - cpuBefore) / (now - before), megabytes));
                    before = now;
                    cpuBefore = usage.seconds();
                }
            } finally {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
            }
            double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
            String output = Files.readString(log, StandardCharsets.UTF_8).strip();
            if (process.exitValue() != 0) {
                throw new InputException(
                        String.join(" ", command),
                        "it ended with status " + process.exitValue() + ", having said: "
                                + output.substring(Math.max(0, output.length() - MOST_TOLD)),
                        "Run it by itself",
                        null);
            }
            return new ProcessRun(seconds, usage.seconds(), samples.build(), output);
        } catch (IOException failure) {
            throw new InputException(command.getFirst(), "it cannot be started", "Is the program there?", failure);
        }
    }

    /// Most resident memory of all samples.
    double peakMegabytes() {
        return samples.stream().mapToDouble(Sample::megabytes).max().orElse(0);
    }

    /// Resident memory around a time: the median of the samples within half a second, or of all if there are none.
    double megabytes(double second) {
        double[] near = samples.stream()
                .filter(sample -> Math.abs(sample.second() - second) <= AROUND)
                .mapToDouble(Sample::megabytes)
                .toArray();
        double[] all = samples.stream().mapToDouble(Sample::megabytes).toArray();
        return all.length == 0 ? 0 : Quantiles.median().compute(near.length == 0 ? all : near);
    }

    /// CPU time of processes that come and go.
    private static final class Usage {
        private final Map<Long, Duration> cpu = new HashMap<>();

        /// Notes the CPU time of a process and its descendants.
        ///
        /// @return their resident memory in 10^6 bytes
        double look(ProcessHandle root) {
            List<ProcessHandle> all = new ArrayList<>(List.of(root));
            try (Stream<ProcessHandle> below = root.descendants()) {
                below.forEach(all::add);
            }
            double megabytes = 0;
            for (ProcessHandle process : all) {
                process.info().totalCpuDuration().ifPresent(time -> cpu.put(process.pid(), time));
                megabytes += ProcFiles.megabytes(process.pid());
            }
            return megabytes;
        }

        double seconds() {
            return cpu.values().stream().mapToLong(Duration::toNanos).sum() / NANOS_PER_SECOND;
        }
    }
}
