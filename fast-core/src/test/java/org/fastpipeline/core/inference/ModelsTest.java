// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.error.ReleasedException;
import org.fastpipeline.core.run.ThreadPlan;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The models of a pipeline, by their folders.
class ModelsTest {
    private static final ThreadPlan TWO = new ThreadPlan(2, 1, 1);
    private static final EngineWish AUTO = EngineWish.parse("auto");

    @TempDir
    Path folder;

    private final FakeEngine engine = FakeEngine.of("fake", ModelFormat.SAVED_MODEL);

    /// The folder of a model, described with these lines as well.
    private Path model(String input, String labels) throws IOException {
        Path model = Files.createDirectories(folder.resolve("net/saved_model"));
        Files.writeString(model.resolve("graph"), "x");
        Files.writeString(folder.resolve("net/model.properties"), """
                name=pairs
                version=7
                format=saved_model
                path=saved_model
                input.name=x
                input.channels=RGB
                output.name=y
                licence=Apache-2.0
                made.by=a test
                sha256=%s
                %s
                labels=%s
                """.formatted(
                        ModelFiles.of(model, ModelFormat.SAVED_MODEL, ModelFiles.MOST_BYTES)
                                .sha256(),
                        input,
                        labels));
        return folder.resolve("net");
    }

    private Path pairs() throws IOException {
        return model("input.shape=-1,2\ninput.axes=NC", "other, capillary");
    }

    private Models models(FakeEngine... engines) {
        return new Models(() -> Engines.of(engines), TWO);
    }

    @Test
    void aModelThatIsAskedForTwiceIsLoadedOnce() throws IOException {
        Path net = pairs();
        try (Models models = models(engine)) {
            assertThat(models.load(net, AUTO, 1).model())
                    .isSameAs(models.load(net, AUTO, 1).model());
            assertThat(engine.events()).containsExactly("load");
            models.load(net, AUTO, 2);
            assertThat(engine.events()).containsExactly("load", "load");
        }
        assertThat(engine.events()).containsExactly("load", "load", "close model", "close model");
    }

    @Test
    void portsThatAreNamedAreThoseThatTheEngineIsAskedFor() throws IOException {
        Path net = model("input.shape=-1,9\ninput.axes=NC", "one");
        try (Models models = models(engine)) {
            Models.Described named = models.load(net, AUTO, 1, List.of("x"), List.of("y"));
            assertThat(named.model().inputs()).extracting(Model.Port::name).containsExactly("x");
            assertThat(named.descriptor().labels()).containsExactly("one");
        }
    }

    /// That engines refuse names which the model does not have is a matter of their own tests.
    @Test
    @Tag("behaviour-125")
    void whatIsAskedOfAllModelsReachesTheEngine() throws IOException {
        Path net = pairs();
        Files.writeString(net.resolve("saved_model/graph"), "changed");
        List<EngineOptions> asked = new ArrayList<>();
        List<ModelSource> sources = new ArrayList<>();
        InferenceEngine listening = new InferenceEngine() {
            @Override
            public String name() {
                return engine.name();
            }

            @Override
            public Availability probe() {
                return engine.probe();
            }

            @Override
            public Model load(ModelSource source, EngineOptions options) {
                asked.add(options);
                sources.add(source);
                return engine.load(source, options);
            }
        };
        EngineOptions options = new EngineOptions(2, 1, Precision.AUTO, "GPU");
        try (Models models = new Models(() -> Engines.of(listening), options, true)) {
            models.load(net, AUTO, 3);
            assertThat(asked).containsExactly(new EngineOptions(2, 3, Precision.AUTO, "GPU"));
            models.load(net, AUTO, 1, List.of("b", "a"), List.of("c"));
            assertThat(sources.getLast().inputs()).containsExactly("b", "a");
            assertThat(sources.getLast().outputs()).containsExactly("c");
        }
    }

    @Test
    void anInputThatIsNotAsDescribedIsRefusedAndTheModelIsClosed() throws IOException {
        Path net = model("input.shape=-1,9\ninput.axes=NC", "other, capillary");
        try (Models models = models(engine)) {
            assertThatThrownBy(() -> models.load(net, AUTO, 1))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("the model's input is F32(N=?, C=2)")
                    .hasMessageContaining("describes F32(N=?, C=9)");
        }
        assertThat(engine.events()).containsExactly("load", "close model");
    }

    @Test
    void anInputWithOtherAxesThanDescribedIsRefused() throws IOException {
        Path net = model("input.shape=-1,2\ninput.axes=NT", "other, capillary");
        try (Models models = models(engine)) {
            assertThatThrownBy(() -> models.load(net, AUTO, 1)).hasMessageContaining("describes F32(N=?, T=2)");
        }
    }

    @Test
    void anInputOfAnotherTypeThanDescribedIsRefused() throws IOException {
        Path net = model("input.shape=-1,2\ninput.axes=NC\ninput.type=uint8", "other, capillary");
        try (Models models = models(engine)) {
            assertThatThrownBy(() -> models.load(net, AUTO, 1)).hasMessageContaining("describes U8(N=?, C=2)");
        }
    }

    @Test
    void aSizeThatTheDescriptionLeavesOpenFitsAny() throws IOException {
        Path net = model("input.shape=-1,-1\ninput.axes=NC", "other, capillary");
        try (Models models = models(engine)) {
            assertThat(models.load(net, AUTO, 1).model().inputs().getFirst().spec())
                    .isEqualTo(FakeEngine.PAIRS);
        }
    }

    @Test
    void labelsMustBeAsManyAsTheNetworksClasses() throws IOException {
        Path net = model("input.shape=-1,2\ninput.axes=NC", "one, two, three");
        try (Models models = models(engine)) {
            assertThatThrownBy(() -> models.load(net, AUTO, 1))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("the model's output is F32(N=?, C=2); model.properties has 3 labels");
        }
    }

    @Test
    void anEngineThatWasTakenInsteadOfTheOneAskedForIsToldOnly() throws IOException {
        Path net = pairs();
        FakeEngine unfit = FakeEngine.of("wanted", ModelFormat.SAVED_MODEL).loading(() -> {
            throw new ModelException("pairs", "has an unknown layer", "Take another", null);
        });
        try (Models models = models(engine, unfit)) {
            models.load(net, AUTO, 1);
            models.load(net, EngineWish.parse("fake"), 1);
            assertThat(models.notices()).isEmpty();
            models.load(net, EngineWish.parse("wanted"), 1);
            assertThat(models.notices())
                    .singleElement()
                    .asString()
                    .contains("model pairs: has an unknown layer", "so fake was taken");
            assertThat(models.choices().get(net))
                    .extracting(EngineChoice::engine)
                    .isEqualTo("fake");
        }
    }

    @Test
    void nothingIsLoadedWhereModelsAreOnlyLookedAt() {
        try (Models models = Models.unloaded()) {
            assertThat(models.loads()).isFalse();
            LoadedModel plain = models.load(folder.resolve("none"), EngineWish.parse("any"), 1)
                    .model();
            assertThat(plain.inputs()).extracting(Model.Port::name).containsExactly("input");
            assertThat(plain.outputs()).extracting(Model.Port::name).containsExactly("output");
            LoadedModel named = models.load(folder.resolve("none"), AUTO, 1, List.of("a", "b"), List.of("c"))
                    .model();
            assertThat(named.inputs()).extracting(Model.Port::name).containsExactly("a", "b");
            assertThat(models.notices()).isEmpty();
        }
    }

    @Test
    void noModelIsGivenOnceTheyAreClosed() throws IOException {
        Path net = pairs();
        Models models = models(engine);
        models.load(net, AUTO, 1);
        models.close();
        models.close();
        assertThat(engine.events()).containsExactly("load", "close model");
        assertThatThrownBy(() -> models.load(net, AUTO, 1))
                .isInstanceOf(ReleasedException.class)
                .hasMessageContaining(net.toString());
    }
}
