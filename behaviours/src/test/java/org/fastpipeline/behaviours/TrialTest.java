// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.behaviours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mutants of a module of one class, whose test knows one of its two methods.
class TrialTest {
    private static final Path SOURCE = Path.of("module/src/Sums.java");

    @TempDir
    private Path root;

    private Path module;

    @BeforeEach
    void makeModule() throws IOException {
        module = root.resolve("module");
        compile(root.resolve(SOURCE), "target/classes", """
                class Sums {
                    static int sum(int a, int b) {
                        return a + b;
                    }

                    static int difference(int a, int b) {
                        return a - b;
                    }
                }
                """);
        compile(module.resolve("test/SumsTest.java"), "target/test-classes", """
                class SumsTest {
                    @org.junit.jupiter.api.Test
                    @org.junit.jupiter.api.Tag("behaviour-7")
                    void adds() {
                        org.junit.jupiter.api.Assertions.assertEquals(5, Sums.sum(2, 3));
                    }
                }
                """);
        Files.writeString(
                module.resolve("target/behaviours-surefire.jvm"), new TestJvm(classPath(), List.of("-Xmx64m")).print());
    }

    private String classPath() {
        String separator = System.getProperty("path.separator");
        return module.resolve("target/test-classes")
                + separator
                + module.resolve("target/classes")
                + separator
                + System.getProperty("java.class.path");
    }

    private void compile(Path file, String target, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of("-proc:none", "-d", module.resolve(target).toString(), "-cp", classPath());
            assertThat(compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(file))
                            .call())
                    .isTrue();
        }
    }

    private Trial.Result result(String before, String after) throws IOException, InterruptedException {
        return new Trial(new Checkout(root), module).run(new Mutant("here", 7, SOURCE, before, after));
    }

    @Test
    void aMutantThatATestNoticesIsKilled() throws Exception {
        Trial.Result result = result("a + b", "a * b");
        assertThat(result.outcome()).isEqualTo("killed by SumsTest.adds");
        assertThat(result.isGood()).isTrue();
    }

    @Test
    void aMutantThatNoTestNoticesIsBad() throws Exception {
        Trial.Result result = result("a - b", "b - a");
        assertThat(result.outcome()).isEqualTo("SURVIVED");
        assertThat(result.isGood()).isFalse();
    }

    @Test
    void aMutantThatDoesNotCompileIsBad() throws Exception {
        Trial.Result result = result("a + b", "a + c");
        assertThat(result.outcome()).startsWith("DOES NOT COMPILE").contains("cannot find symbol");
        assertThat(result.isGood()).isFalse();
    }

    @Test
    void aMutantWhoseTextIsNotThereOnceIsBad() throws Exception {
        assertThat(result("a / b", "a").outcome()).isEqualTo("DOES NOT APPLY");
        assertThat(result("int a", "long a").outcome()).isEqualTo("DOES NOT APPLY");
    }

    @Test
    void withoutTheModulesTestsHavingRunItSaysWhatToDo() throws IOException {
        Files.delete(module.resolve("target/behaviours-surefire.jvm"));
        assertThatThrownBy(() -> new Trial(new Checkout(root), module))
                .hasMessageContaining("run the module's tests first: ./fast test");
    }
}
