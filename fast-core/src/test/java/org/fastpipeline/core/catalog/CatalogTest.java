// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.List;
import org.fastpipeline.core.catalog.Setting.Occurrence;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.error.NearName;
import org.fastpipeline.core.error.ParameterException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Constant;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Parameter.Declaration;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.inference.EngineWish;
import org.fastpipeline.core.inference.Models;
import org.fastpipeline.core.network.ImageClassification;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogTest {
    private static final Setting<String> NAMES = Setting.several(Declaration.text("names", "a", "names"));
    private static final Setting<Path> FILE = Setting.required(Declaration.path("file", "x.csv", "a file"));
    private static final Setting<Boolean> LOUD = Setting.optional(Declaration.flag("loud", false, "whether"));
    private static final Setting<Occurrence> HOW =
            Setting.optional(Declaration.choice("how", Occurrence.SEVERAL, "how often"));

    private record Words(String module, ImmutableList<NodeType> types) implements NodeCatalog {}

    private static final class Reader extends Stateless {
        final In<Number> number = in("number", Number.class, "a number");

        @Override
        public void execute(Step step) {}
    }

    private final NodeType type =
            new NodeType("Reader", "reads", ImmutableList.of(NAMES, FILE, LOUD, HOW), (settings, _) -> new Reader());

    @Test
    void settingsHaveDefaultsAndExamplesUntilTheyAreGiven() {
        Settings initial = type.initial();
        assertThat(initial.get(LOUD)).isFalse();
        assertThat(initial.get(FILE)).isEqualTo(Path.of("x.csv"));
        assertThat(initial.missing()).containsExactly(NAMES, FILE);
    }

    @Test
    void aListTakesSeveralTextsAndOtherSettingsOne() {
        Settings given = type.initial().with("names", NAMES, List.of("b", "c")).with("file", FILE, List.of("y"));
        assertThat(given.all(NAMES)).containsExactly("b", "c");
        assertThat(given.missing()).isEmpty();
        assertThatThrownBy(() -> given.with("here", FILE, List.of("y", "z")))
                .isInstanceOf(ParameterException.class)
                .hasMessage("here: met 2 values; needed one. Set a value in that range.");
        assertThatThrownBy(() -> given.with("here", NAMES, List.of())).isInstanceOf(ParameterException.class);
    }

    @ParameterizedTest
    @Tag("behaviour-225")
    @CsvSource({"yes", "True", "1", "TRUE", "''"})
    void aFlagIsTrueOrFalseAndNothingElse(String text) {
        assertThatThrownBy(() -> type.initial().with("loud", LOUD, List.of(text)))
                .hasMessage("loud: met '" + text + "'; needed true or false. Set a value in that range.");
        assertThat(type.initial().with("loud", LOUD, List.of("true")).get(LOUD)).isTrue();
    }

    @Test
    void aChoiceIsOneOfItsWords() {
        assertThat(type.initial().with("how", HOW, List.of("required")).get(HOW))
                .isEqualTo(Occurrence.REQUIRED);
        assertThat(HOW.declaration().text(Occurrence.SEVERAL)).isEqualTo("several");
        assertThatThrownBy(() -> type.initial().with("how", HOW, List.of("REQUIRED")))
                .hasMessageContaining("needed optional or required or several");
    }

    @ParameterizedTest
    @CsvSource({"file, ''", "file, ' '", "names, ''"})
    void anEmptyTextIsNoValue(String setting, String text) {
        assertThatThrownBy(
                        () -> type.initial().with(setting, type.setting(setting).orElseThrow(), List.of(text)))
                .isInstanceOf(ParameterException.class);
    }

    @Test
    void aNodeIsMadeOnlyWhenAllThatIsRequiredIsGiven() {
        assertThatThrownBy(() -> type.make(type.initial(), Models.unloaded()))
                .isInstanceOf(WrongUseException.class)
                .hasMessage("Reader: met no value for the settings [names, file]; needed one for each. Give them");
        assertThat(type.sample(type.initial())).isInstanceOf(Reader.class);
    }

    @Test
    void catalogsAreFoundWithoutBeingNamed() {
        assertThat(NodeCatalogs.find().offer("NeuralNetwork").module()).isEqualTo("fast-core");
    }

    @Test
    void twoNodesOfOneNameAreRefusedWithBothModules() {
        NodeCatalog first = new Words("first", ImmutableList.of(type));
        NodeCatalog second = new Words("second", ImmutableList.of(type));
        assertThatThrownBy(() -> NodeCatalogs.of(first, second))
                .isInstanceOf(WrongUseException.class)
                .hasMessage("node catalogs: met two nodes called Reader, of first and of second; needed names that are "
                        + "unique. Rename one, or leave out one of the modules");
    }

    @Test
    void aNodeThatNobodyOffersIsNamedWithTheNearestOne() {
        assertThatThrownBy(() -> NodeCatalogs.find().offer("ImageClasification"))
                .isInstanceOf(WrongUseException.class)
                .hasMessageEndingWith("Did you mean 'ImageClassification'?");
    }

    @Test
    void aWireThatNoCompilerSeesIsCheckedWhenItIsMade() {
        Reader reader = new Reader();
        reader.number.connect(new Constant<>(Long.class, 1L).output);
        assertThat(reader.number.feeds()).hasSize(1);
        assertThatThrownBy(() -> reader.number.connect(new Constant<>(String.class, "1").output))
                .isInstanceOf(WrongUseException.class)
                .hasMessage("reader.number: met constant.output, which carries String; needed an output of Number. "
                        + "Connect one of that type");
    }

    @Test
    void aNetworkThatIsNotLoadedHasPortsAndCannotBeRun() {
        Models models = Models.unloaded();
        Models.Described found = models.load(Path.of("gone"), new EngineWish.Auto(), 1);
        assertThat(new ImageClassification(found.model(), found.descriptor()).outputs())
                .hasSize(1);
        assertThat(models.loads()).isFalse();
        assertThat(models.load(Path.of("gone"), new EngineWish.Auto(), 1)).isSameAs(found);
        assertThatThrownBy(() -> found.model().run(List.of(), (_, _) -> {
                    throw new IllegalStateException("nothing is to be put");
                }))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is not loaded");
    }

    @ParameterizedTest
    @CsvSource({"frams, frames", "FRAMES, frames", "farmes, frames", "frames2, frames", "fr, ''"})
    void theNearestNameIsFoundUnlessItIsFar(String met, String near) {
        assertThat(NearName.of(met, List.of("image", "frames", "boxes")).orElse(""))
                .isEqualTo(near);
    }

    @Test
    void ifNoNameIsNearAllAreListed() {
        assertThat(NearName.remedy("qqq", List.of("image", "frames"))).isEqualTo("There are image, frames");
        assertThat(NearName.remedy("qqq", List.of())).isEqualTo("There is none");
        assertThat(NearName.remedy("qqq", List.of("image"))).isEqualTo("There is image");
        List<String> many = List.of("a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "b1", "b2", "b3", "b4", "b5");
        assertThat(NearName.remedy("qqqqqq", many)).endsWith("a9, b1, b2, b3 and 2 more");
    }
}
