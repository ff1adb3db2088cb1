// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What figures were measured on.
final class Machine {
    private static final double HUNDRED = 100;

    private Machine() {}

    /// Processor, cores, system, JDK, version, and how busy it was when asked.
    static ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("cpu", cpu())
                .put("cores", Runtime.getRuntime().availableProcessors())
                .put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .put("architecture", System.getProperty("os.arch"))
                .put("jdk", System.getProperty("java.vendor") + " " + Runtime.version())
                .put("fast", Version.number())
                .put("load", Math.round(load() * HUNDRED) / HUNDRED)
                .put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /// The mean number of threads that wanted a core in the last minute; negative if it is not known.
    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String cpu() {
        return ProcFiles.lines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }
}
