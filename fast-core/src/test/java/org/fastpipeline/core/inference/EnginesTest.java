// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.plugin.BrokenConstructorEngine;
import org.fastpipeline.plugin.BrokenNameEngine;
import org.fastpipeline.plugin.BrokenProbeEngine;
import org.fastpipeline.plugin.CuriousEngine;
import org.fastpipeline.plugin.MissingNativesEngine;
import org.fastpipeline.plugin.WrongPlatformEngine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnginesTest {
    private static final ModelSource MODEL = ModelSource.of(Path.of("net.onnx"), ModelFormat.ONNX);
    private static final EngineOptions ONE = new EngineOptions(1, 1);
    private static final EngineWish AUTO = EngineWish.parse("auto");

    @TempDir
    Path plugins;

    private void plugin(String folder, String services, Class<?>... types) throws IOException {
        PluginJars.write(Files.createDirectories(plugins.resolve(folder)).resolve("engine.jar"), services, types);
    }

    private void plugin(String folder, Class<?> type) throws IOException {
        plugin(folder, type.getName(), type);
    }

    private List<String> reports() {
        return Engines.find(plugins).reports().stream()
                .map(EngineReport::toString)
                .toList();
    }

    @Test
    void aPluginSeesTheJdkAndTheApiAndNothingElseOfTheApplication() throws IOException {
        plugin("curious", CuriousEngine.class);
        assertThat(reports())
                .containsExactly("curious plugin-curious assertj=false internals=false guava=true services=false"
                        + " on CPU, reads [ONNX]");
    }

    @Test
    void whatAPluginSeesOfCoreIsWhatCoreExports() throws Exception {
        Path core = Path.of(InferenceEngine.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (InputStream module = Files.newInputStream(core.resolve("module-info.class"))) {
            assertThat(ModuleDescriptor.read(module).exports().stream()
                            .map(ModuleDescriptor.Exports::source)
                            .collect(Collectors.toSet()))
                    .isEqualTo(PluginLoader.EXPORTED);
        }
    }

    @Test
    @Tag("behaviour-120")
    void brokenPluginsAreIsolatedAndTheirReasonsShown() throws IOException {
        plugin("a", BrokenConstructorEngine.class);
        plugin("b", BrokenNameEngine.class);
        plugin("c", BrokenProbeEngine.class);
        plugin("d", "no.such.Engine");
        plugin("e", CuriousEngine.class.getName() + "\nnot a class name\n");
        Files.writeString(Files.createDirectories(plugins.resolve("f")).resolve("engine.jar"), "no jar");
        Files.createDirectories(plugins.resolve("g"));
        plugin("z", CuriousEngine.class);
        assertThat(reports()).hasSize(8);
        assertThat(reports().get(0)).contains("a is not available", "constructor broke", "install it anew");
        assertThat(reports().get(1)).contains("b is not available", "name broke");
        assertThat(reports().get(2)).contains("probe is not available", "probe broke");
        assertThat(reports().get(3)).contains("d is not available", "no.such.Engine");
        assertThat(reports().get(4)).contains("e is not available", "Illegal");
        assertThat(reports().get(5)).contains("f is not available: none of its 1 jars provides an engine");
        assertThat(reports().get(6)).contains("g is not available: none of its 0 jars provides an engine");
        assertThat(reports().get(7)).startsWith("curious plugin-z");
    }

    @Test
    @Tag("behaviour-120")
    void missingNativesAndThoseOfAnotherPlatformAreShownAndSpoilNoOther() throws IOException {
        plugin("a", MissingNativesEngine.class);
        plugin("b", WrongPlatformEngine.class);
        plugin("z", CuriousEngine.class);
        Path foreign = Files.write(plugins.resolve("foreign.so"), elfOfAnotherProcessor());
        System.setProperty("fast.test.library", foreign.toString());
        try {
            Engines engines = Engines.find(plugins);
            assertThat(engines.reports())
                    .extracting(EngineReport::name)
                    .containsExactly("missing", "foreign", "curious");
            assertThat(engines.reports().get(0).toString())
                    .contains("missing is not available", "fast_no_such_library", "install it anew");
            assertThat(engines.reports().get(1).toString())
                    .contains("foreign is not available", "foreign.so", "install it anew");
            assertThatThrownBy(() -> engines.only("foreign").load(MODEL, AUTO, ONE))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("no engine can load a model of format ONNX; met foreign is not available");
        } finally {
            System.clearProperty("fast.test.library");
        }
    }

    /// A shared object with nothing in it: one header, and one that says that its stack is not executable.
    private static byte[] elfOfAnotherProcessor() {
        short machine = (short) (System.getProperty("os.arch").equals("aarch64") ? 0x3e : 0xb7);
        return ByteBuffer.allocate(120)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1})
                .putShort(16, (short) 3)
                .putShort(18, machine)
                .putInt(20, 1)
                .putLong(32, 64)
                .putShort(52, (short) 64)
                .putShort(54, (short) 56)
                .putShort(56, (short) 1)
                .putInt(64, 0x6474e551)
                .putInt(68, 6)
                .array();
    }

    @Test
    void theJarsOfAPluginWithoutAnEngineAreClosed() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(descriptors), "the system does not show open descriptors");
        plugin("broken", BrokenProbeEngine.class);
        plugin("whole", CuriousEngine.class);
        Engines engines = Engines.find(plugins);
        List<String> open = new ArrayList<>();
        try (DirectoryStream<Path> links = Files.newDirectoryStream(descriptors)) {
            for (Path link : links) {
                if (Files.exists(link)) {
                    open.add(Files.readSymbolicLink(link).toString());
                }
            }
        }
        assertThat(open)
                .contains(plugins.resolve("whole").resolve("engine.jar").toString())
                .doesNotContain(plugins.resolve("broken").resolve("engine.jar").toString());
        assertThat(engines.reports()).hasSize(2);
    }

    @Test
    void theSecondEngineOfANameIsRefused() throws IOException {
        plugin("a", CuriousEngine.class);
        plugin("b", CuriousEngine.class);
        assertThat(reports().get(0)).startsWith("curious plugin-a");
        assertThat(reports().get(1))
                .isEqualTo("curious is not available: an engine of this name was found before, in "
                        + plugins.resolve("a") + ". Remove one of the two");
    }

    @Test
    void aMissingPluginsFolderHoldsNoPlugins() {
        assertThat(Engines.find(plugins.resolve("none")).reports()).isEmpty();
        assertThat(Engines.find().reports()).isEmpty();
    }

    @Test
    void theModelIsLoadedByTheBestEngineWhichIsSaid() {
        Engines engines = Engines.of(FakeEngine.of("b", ModelFormat.ONNX), FakeEngine.of("a", ModelFormat.ONNX));
        try (LoadedModel model = engines.load(MODEL, AUTO, ONE)) {
            assertThat(model.choice()).hasToString("a 1: a was taken: it reads ONNX");
        }
        try (LoadedModel model = engines.load(MODEL, EngineWish.parse("b"), ONE)) {
            assertThat(model.choice()).hasToString("b 1: b was taken: it was asked for");
        }
    }

    @Test
    @Tag("behaviour-121")
    void theNextEngineIsTakenWhereTheBestCannotLoadTheModelWhichIsSaid() {
        FakeEngine unfit = FakeEngine.of("a", ModelFormat.ONNX).loading(() -> {
            throw new ModelException("net.onnx", "has an unknown layer", "Take another", null);
        });
        FakeEngine broken = FakeEngine.of("b", ModelFormat.ONNX).loading(() -> {
            throw new UnsatisfiedLinkError("no libfoo");
        });
        Engines engines = Engines.of(unfit, broken, FakeEngine.of("c", ModelFormat.ONNX));
        try (LoadedModel model = engines.load(MODEL, AUTO, ONE)) {
            assertThat(model.choice().engine()).isEqualTo("c");
            assertThat(model.choice().why())
                    .isEqualTo("model net.onnx: has an unknown layer. Take another; engine b: failed to load net.onnx: "
                            + "java.lang.UnsatisfiedLinkError: no libfoo. Reinstall the engine's plugin, or ask for "
                            + "another engine; so c was taken: it reads ONNX");
        }
    }

    @Test
    void aModelThatNobodyCanLoadFailsWithTheBestEnginesErrorAndTheOthersSuppressed() {
        FakeEngine unfit = FakeEngine.of("a", ModelFormat.ONNX).loading(() -> {
            throw new ModelException("net.onnx", "has an unknown layer", "Take another", null);
        });
        FakeEngine broken = FakeEngine.of("b", ModelFormat.ONNX).loading(() -> {
            throw new IllegalStateException("bad day");
        });
        Engines engines = Engines.of(unfit, broken);
        assertThatThrownBy(() -> engines.load(MODEL, AUTO, ONE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("unknown layer")
                .satisfies(error -> assertThat(error.getSuppressed())
                        .singleElement()
                        .isInstanceOf(EngineException.class)
                        .extracting(Throwable::getMessage)
                        .asString()
                        .contains("bad day"));
    }

    @Test
    @Tag("behaviour-121")
    void anotherFileOfTheModelIsTakenWhereTheFirstCannotBeLoadedWhichIsSaid() {
        List<ModelSource> both = List.of(ModelSource.of(Path.of("saved"), ModelFormat.SAVED_MODEL), MODEL);
        FakeEngine unfit = FakeEngine.of("a", ModelFormat.ONNX).loading(() -> {
            throw new ModelException("net.onnx", "has an unknown layer", "Take another", null);
        });
        try (LoadedModel model =
                Engines.of(unfit, FakeEngine.of("b", ModelFormat.SAVED_MODEL)).load(both, AUTO, ONE)) {
            assertThat(model.name()).isEqualTo("saved");
            assertThat(model.choice().why())
                    .isEqualTo("model net.onnx: has an unknown layer. Take another; so b was taken: it reads "
                            + "SavedModel");
        }
    }

    @Test
    void oneEngineAloneIsTakenOut() {
        Engines engines = Engines.of(FakeEngine.of("b", ModelFormat.ONNX), FakeEngine.of("a", ModelFormat.ONNX));
        assertThat(engines.only("b").reports()).extracting(EngineReport::name).containsExactly("b");
        assertThatThrownBy(() -> engines.only("c"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("engine c: is unknown; met b 1 on CPU");
    }

    @Test
    void whatIsMeasuredHoldsForTheseFilesEnginesAndOptions() throws IOException {
        Path net = Files.writeString(plugins.resolve("net.onnx"), "one");
        ModelSource source = ModelSource.of(net, ModelFormat.ONNX);
        Engines engines = Engines.of(
                FakeEngine.of("b", ModelFormat.ONNX),
                FakeEngine.of("a", ModelFormat.ONNX).running(() -> LockSupport.parkNanos(20_000_000)));
        EngineWish measured = new EngineWish.Measured(plugins.resolve("cache"));
        assertThat(why(engines, source, measured, ONE))
                .startsWith("b was taken: b ONNX took ")
                .contains("measured now");
        assertThat(why(engines, source, measured, ONE)).contains("when measured before, see ");
        assertThat(why(engines, source, measured, new EngineOptions(2, 1))).contains("when measured before, see ");
        assertThat(why(engines, source, measured, ONE.withPrecision(Precision.AUTO)))
                .contains("measured now");
        Files.writeString(net, "two");
        assertThat(why(engines, source, measured, ONE)).contains("measured now");
    }

    private static String why(Engines engines, ModelSource source, EngineWish wish, EngineOptions options) {
        try (LoadedModel model = engines.load(source, wish, options)) {
            return model.choice().why();
        }
    }
}
