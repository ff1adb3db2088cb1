// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The threads and open descriptors of this process at one moment.
///
/// What the JVM and libraries begin or open once, whenever they like, is left out: their own threads, carriers of
/// virtual threads, jars, native libraries, devices, fonts.
///
/// @param threads the platform threads
/// @param descriptors what each descriptor is open on, by its number; none where the system does not tell
public record Footprint(ImmutableSet<Thread> threads, ImmutableMap<String, String> descriptors) {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);
    private static final List<String> THREADS_OF_THE_JVM = List.of(
            "ForkJoinPool",
            "VirtualThread",
            "Common-Cleaner",
            "Cleaner-",
            "process reaper",
            "JFR ",
            "Attach Listener",
            "Read-Poller",
            "Write-Poller",
            "JavaCPP Deallocator",
            "surefire",
            "junit");

    /// Those of this moment; descriptors where the system shows them in `/proc/self/fd`.
    public static Footprint now() {
        return new Footprint(threadsNow(), descriptorsNow());
    }

    /// What is here and was not there before, in words. Threads get `patience` to end, and descriptors to be
    /// closed: the JVM closes those of a process that has ended in a thread of its own.
    public List<String> leftSince(Footprint before, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        List<String> left = new ArrayList<>();
        for (Thread thread : threads) {
            long rest = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (!before.threads.contains(thread) && !thread.join(Duration.ofMillis(Math.max(1, rest)))) {
                left.add("thread " + thread.getName() + ", at " + top(thread));
            }
        }
        List<String> open = openSince(before);
        while (!open.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            open = openSince(before);
        }
        left.addAll(open);
        return left;
    }

    private List<String> openSince(Footprint before) {
        ImmutableMap<String, String> now = descriptorsNow();
        List<String> open = new ArrayList<>();
        descriptors.forEach((number, target) -> {
            if (!target.equals(before.descriptors.get(number)) && target.equals(now.get(number))) {
                open.add("descriptor " + number + " on " + target);
            }
        });
        return open;
    }

    private static String top(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length == 0 ? "its end" : stack[0].toString();
    }

    private static ImmutableSet<Thread> threadsNow() {
        Set<Thread> all = Thread.getAllStackTraces().keySet();
        return all.stream().filter(Footprint::isOfAProgram).collect(ImmutableSet.toImmutableSet());
    }

    private static boolean isOfAProgram(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group != null
                && !group.getName().equals("system")
                && !group.getName().equals("InnocuousThreadGroup")
                && THREADS_OF_THE_JVM.stream().noneMatch(thread.getName()::startsWith);
    }

    private static ImmutableMap<String, String> descriptorsNow() {
        ImmutableMap.Builder<String, String> open = ImmutableMap.builder();
        if (Files.isDirectory(DESCRIPTORS)) {
            try (DirectoryStream<Path> links = Files.newDirectoryStream(DESCRIPTORS)) {
                for (Path link : links) {
                    target(link, open);
                }
            } catch (IOException unreadable) {
                return ImmutableMap.of();
            }
        }
        return open.buildOrThrow();
    }

    private static void target(Path link, ImmutableMap.Builder<String, String> open) {
        try {
            String target = Files.readSymbolicLink(link).toString();
            if (!isOfTheJvm(target)) {
                open.put(link.getFileName().toString(), target);
            }
        } catch (IOException closed) {
            // It was closed while we looked; so it is not left open.
        }
    }

    /// Class loaders keep jars open, those that are removed under them too.
    private static boolean isOfTheJvm(String name) {
        String target = name.replaceFirst(" \\(deleted\\)$", "");
        return target.startsWith("anon_inode:")
                || target.startsWith("/proc/")
                || target.startsWith("/dev/")
                || target.startsWith(System.getProperty("java.home"))
                || target.endsWith(".jar")
                || target.matches(".*\\.so(\\.\\d+)*")
                || target.matches(".*\\.(ttf|ttc|otf|pfb)");
    }
}
