// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.behaviours;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How a JVM was started that ran a module's tests, so that another one can be started alike.
///
/// @param classPath its class path
/// @param options its options, one argument each
record TestJvm(String classPath, List<String> options) {
    /// The JVM that runs this.
    static TestJvm current() {
        List<String> options = new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-Dsurefire") && !option.startsWith("-Dfast."))
                .toList());
        // Surefire sets properties after the start: no option tells of them.
        Map<String, String> own = new TreeMap<>();
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith("fast.") && !name.startsWith("fast.behaviours")) {
                own.put(name, System.getProperty(name, ""));
            }
        }
        own.forEach((name, value) -> options.add("-D" + name + "=" + value));
        return new TestJvm(System.getProperty("java.class.path", ""), options);
    }

    String print() {
        return classPath + "\n" + String.join("\n", options) + "\n";
    }

    static TestJvm parse(String text) {
        List<String> lines = text.lines().filter(line -> !line.isEmpty()).toList();
        return new TestJvm(lines.getFirst(), lines.subList(1, lines.size()));
    }

    /// The command that runs the tests with these tags, in that JVM, with the classes in `first` before all others.
    List<String> command(List<Path> first, Path testClasses, List<String> tags) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        List<String> path = new ArrayList<>(first.stream().map(Path::toString).toList());
        path.add(classPath);
        command.add(String.join(File.pathSeparator, path));
        command.add(TaggedTests.class.getName());
        command.add(testClasses.toString());
        command.addAll(tags);
        return command;
    }
}
