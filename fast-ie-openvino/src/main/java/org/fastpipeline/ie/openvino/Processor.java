// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What must be known of the machine before a library is loaded.
final class Processor {
    private static final Path FLAGS = Path.of("/proc/cpuinfo");
    private static final Pattern BF16 = Pattern.compile("\\b(avx512_bf16|amx_bf16|avx_ne_convert)\\b");

    private Processor() {}

    /// The platform, as JavaCPP calls it, such as `linux-x86_64`.
    static String platform() {
        String system = Ascii.toLowerCase(System.getProperty("os.name"));
        String name = system.startsWith("mac") ? "macosx" : system.startsWith("windows") ? "windows" : system;
        String architecture =
                switch (System.getProperty("os.arch")) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm64";
                    case String other -> other;
                };
        return name + "-" + architecture;
    }

    /// The numbers that OpenVINO computes in on this processor, fastest first: 16-bit ones where there are instructions
    /// for them. Where the system does not say, 32-bit ones.
    static ImmutableList<String> precisions() {
        try (Stream<String> lines = Files.lines(FLAGS)) {
            boolean bf16 = lines.filter(line -> line.startsWith("flags"))
                    .limit(1)
                    .anyMatch(line -> BF16.matcher(line).find());
            return bf16 ? ImmutableList.of("bf16", "f32") : ImmutableList.of("f32");
        } catch (IOException unreadable) {
            return ImmutableList.of("f32");
        }
    }
}
