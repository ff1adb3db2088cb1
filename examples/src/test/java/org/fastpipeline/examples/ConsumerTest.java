// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.internal.InternalFutureFailureAccess;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.testing.NodeRun;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.commons.JUnitException;
import org.opentest4j.AssertionFailedError;

/// The project in `examples/consumer`, copied out of the checkout, compiled and run as a stranger's would be.
///
/// With `javac` and `java` on what this build made, and not with a Maven in a Maven: that one would need our artifacts
/// in a repository first, an index to take its plugins from, and longer than all else here together. What it would
/// check beyond this, that the pom fits the BOM, is checked by reading both.
class ConsumerTest {
    private static final Path ROOT =
            Path.of(System.getProperty("fast.home")).resolve("../../..").normalize();

    /// What fast-core's pom brings into a project: its own jar (or classes, before they are packed), Guava's,
    // JSpecify's.
    private static final List<Class<?>> ONE_OF_EACH =
            List.of(Pipeline.class, ImmutableList.class, InternalFutureFailureAccess.class, NullMarked.class);

    /// What fast-testing and JUnit bring into a project's tests.
    private static final List<Class<?>> FOR_TESTS =
            List.of(NodeRun.class, Test.class, JUnitException.class, AssertionFailedError.class, API.class);

    private static final String SEPARATOR = System.getProperty("path.separator");

    @TempDir
    private Path folder;

    @BeforeEach
    void copyOut() throws IOException {
        Path project = ROOT.resolve("examples/consumer");
        try (Stream<Path> files = Files.walk(project)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(project.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    @Test
    void aProgramOnTheClassPathRunsItsOwnNodes() throws Exception {
        Files.delete(folder.resolve("src/main/java/module-info.java"));
        compile("-cp", libraries());
        String classPath = folder.resolve("classes") + SEPARATOR + libraries();
        assertThat(run("-cp", classPath, "com.example.brightness.Brightness"))
                .containsExactly("steps#0 0.0", "steps#1 50.0", "steps#2 100.0", "steps#3 150.0", "steps#4 200.0");
    }

    @Test
    void aProgramOnTheModulePathRunsItsOwnNodes() throws Exception {
        compile("-p", libraries());
        String modulePath = folder.resolve("classes") + SEPARATOR + libraries();
        assertThat(run("-p", modulePath, "-m", "com.example.brightness/com.example.brightness.Brightness", "0.5"))
                .containsExactly("steps#0 0.0", "steps#1 25.0", "steps#2 50.0", "steps#3 75.0", "steps#4 100.0");
    }

    @Test
    void itsOwnTestsRunItsNodes() throws Exception {
        Files.delete(folder.resolve("src/main/java/module-info.java"));
        compile("src", "-cp", String.join(SEPARATOR, libraries(), paths(FOR_TESTS)));
        String classPath = String.join(SEPARATOR, folder + "/classes", System.getProperty("java.class.path"));
        assertThat(run("-cp", classPath, ConsumerTests.class.getName(), folder + "/classes"))
                .containsExactly("3 passed");
    }

    @Test
    void itsPomImportsTheBomOfThisBuild() throws IOException {
        String bom = Files.readString(ROOT.resolve("fast-bom/pom.xml"));
        String version = between(bom, "<version>", "</version>");
        assertThat(Files.readString(folder.resolve("pom.xml")).replaceAll("\\s+", ""))
                .contains("<artifactId>fast-bom</artifactId><version>" + version + "</version><type>pom</type>")
                .contains("<scope>import</scope>");
    }

    @Test
    void theBomHasAVersionForAllThatItsPomLeavesOut() throws IOException {
        String bom = Files.readString(ROOT.resolve("fast-bom/pom.xml")).replaceAll("\\s+", "");
        String pom = Files.readString(folder.resolve("pom.xml")).replaceAll("\\s+", "");
        List<String> named = new ArrayList<>();
        for (String part : pom.split("</dependencyManagement>", 2)[1].split("<dependency>", -1)) {
            if (part.startsWith("<groupId>org.fastpipeline<")) {
                named.add(between(part, "<artifactId>", "</artifactId>"));
            }
        }
        assertThat(named).contains("fast-core", "fast-testing").allSatisfy(artifact -> assertThat(bom)
                .contains("<artifactId>" + artifact + "</artifactId><version>${project.version}</version>"));
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin) + begin.length();
        return text.substring(from, text.indexOf(end, from));
    }

    private static String libraries() throws URISyntaxException {
        return paths(ONE_OF_EACH);
    }

    private static String paths(List<Class<?>> oneOfEach) throws URISyntaxException {
        List<String> libraries = new ArrayList<>();
        for (Class<?> type : oneOfEach) {
            libraries.add(Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        return String.join(SEPARATOR, libraries);
    }

    /// Fails on warnings too: a user's build may be as strict as ours.
    private void compile(String path, String libraries) throws IOException, InterruptedException {
        compile("src/main", path, libraries);
    }

    private void compile(String sources, String path, String libraries) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(
                List.of("--release", "25", "-Xlint:all", "-Werror", path, libraries, "-d", folder + "/classes"));
        try (Stream<Path> files = Files.walk(folder.resolve(sources))) {
            files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        assertThat(call("javac", arguments)).isEmpty();
    }

    private List<String> run(String... arguments) throws IOException, InterruptedException {
        return call("java", List.of(arguments));
    }

    /// Calls one of the JDK's tools; what it printed.
    private List<String> call(String tool, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
        command.addAll(arguments);
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        int status = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        assertThat(err).hasContent("");
        assertThat(status).isZero();
        return Files.readAllLines(out);
    }
}
