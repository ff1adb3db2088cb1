// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fastpipeline.core.error.Fault;
import org.fastpipeline.core.error.GraphException;
import org.fastpipeline.core.error.InputException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileFaultsTest {
    private static final String COUNT = "  count: {type: Count, settings: {frames: 2}}\n";

    private final Texts texts = new Texts();

    @TempDir
    private Path folder;

    @Test
    @Tag("behaviour-225")
    void aFileThatIsNotThereIsNamed() {
        Path missing = folder.resolve("gone.yaml");
        assertThatThrownBy(() -> texts.reader.read(missing))
                .isInstanceOf(InputException.class)
                .hasMessage(missing + ": there is no such file. Check the name");
    }

    @Test
    @Tag("behaviour-225")
    void anUnknownTypeIsNamedWithItsLineAndTheNearestOne() {
        assertThat(texts.fault("nodes:\n  a:\n    type: Scael\noutputs: {a: a}\n"))
                .isEqualTo("test.yaml:3:11: node 'a' has the type 'Scael', which no module offers; "
                        + "needed the name of a node. Did you mean 'Scale'?");
    }

    /// FAST counts the words of a line; here a value has a shape.
    @ParameterizedTest
    @Tag("behaviour-225")
    @CsvSource(
            delimiter = '|',
            value = {
                "nodes: 5 | test.yaml:1:8: 'nodes' is a single value; needed nodes by name",
                "nodes: {a: Count} | test.yaml:1:12: node 'a' is a single value",
                "nodes: {a: {}} | test.yaml:1:9: node 'a' has no type",
                "nodes: {a: {type: [Count]}} | test.yaml:1:19: the type of node 'a' is a list; needed a single value",
                "nodes: {a: {type: Count, settings: {frames: [1, 2]}}} | test.yaml:1:45: setting 'frames' of node 'a' met"
                        + " 2 values; needed one",
                "nodes: {a: {type: Count, settings: {frames: {x: 1}}}} | setting 'frames' is names with values",
                "nodes: {a: {type: Count, settings: {frames: }}} | setting 'frames' is nothing",
                "nodes: {a: {type: Count, settings: {frames: null}}} | setting 'frames' is nothing",
                "[1, 2] | test.yaml:1:1: the file is a list",
                "'' | test.yaml:1:1: nothing; needed a pipeline",
            })
    void aValueOfTheWrongShapeIsAFault(String text, String fault) {
        assertThat(texts.fault(text)).contains(fault.strip());
    }

    @ParameterizedTest
    @Tag("behaviour-225")
    @CsvSource(
            delimiter = '|',
            value = {
                "tpye: Count | test.yaml:3:20: key 'tpye', which is not known | Did you mean 'type'?",
                "settings: {frame: 3} | has no setting 'frame' | Did you mean 'frames'?",
                "parameters: {factr: 3} | has no parameter 'factr' | Did you mean 'factor'?",
                "settings: {factor: 3} | has no setting 'factor' | It is a parameter: write it under parameters",
                "inputs: {numbr: count} | has no input 'numbr' | Did you mean 'number'?",
            })
    void anUnknownKeyIsAFault(String key, String fault, String remedy) {
        String type = key.contains("frame") ? "Count" : "Scale";
        assertThat(texts.fault(
                        "nodes:\n" + COUNT + "  a: {type: " + type + ", " + key.strip() + "}\noutputs: {a: a}\n"))
                .contains(fault.strip(), remedy.strip());
    }

    @ParameterizedTest
    @Tag("behaviour-225")
    @ValueSource(strings = {"yes", "on", "True", "TRUE", "1", "t"})
    void aBooleanIsTrueOrFalseAndNothingElse(String value) {
        assertThat(texts.fault("nodes:\n" + COUNT + "  a:\n    type: Scale\n    parameters:\n      negative: " + value
                        + "\n    inputs: {number: count}\noutputs: {a: a}\n"))
                .startsWith(
                        "test.yaml:6:17: parameter 'negative' of node 'a' met '" + value + "'; needed true or false. ");
    }

    @Test
    @Tag("behaviour-225")
    void anInputFromANodeThatIsNotThereIsNamedWithItsLine() {
        assertThat(texts.fault("nodes:\n" + COUNT + "  a:\n    type: Scale\n    inputs:\n      number: cuont.number\n"
                        + "outputs: {a: a}\n"))
                .isEqualTo("test.yaml:6:15: input 'a.number' reads 'cuont.number', but there is no node 'cuont'; "
                        + "needed ID.PORT, or ID of a node with one output. Did you mean 'count'?");
    }

    @Test
    void allFaultsOfAFileAreToldAtOnce() {
        assertThat(texts.faults("""
                        variables: {x: }
                        nodes:
                          a: {type: Cuont}
                          b: {type: Scale, parameters: {factor: 99, sigm: 1}, inputs: {number: nobody}}
                          b: {type: Scale}
                        outputs: {b: b.scald}
                        wiews: {}
                        """))
                .extracting(Fault::where)
                .containsExactly(
                        "test.yaml:1:13",
                        "test.yaml:3:13",
                        "test.yaml:4:41",
                        "test.yaml:4:45",
                        "test.yaml:4:72",
                        "test.yaml:5:3",
                        "test.yaml:6:14",
                        "test.yaml:7:1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nodes: {a: *b} | alias *b; needed values that are written out",
                "nodes: {a: &b {type: Count}} | anchor &b",
                "nodes: {a: !!map {type: Count}} | tag tag:yaml.org,2002:map",
                "nodes: {a: {type: !!str Count}} | tag tag:yaml.org,2002:str",
                "nodes: {<<: {type: Count}} | test.yaml:1:9: merge key <<",
                "nodes: [[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]] | values within values 16 deep",
                "nodes: {? [a] : b} | a list before a colon; needed a name",
                "nodes: { | not YAML:",
                "nodes: 'a | not YAML:",
            })
    void whatPipelinesDoNotNeedOfYamlIsRefused(String text, String fault) {
        assertThat(texts.fault(text)).startsWith("test.yaml:1:").contains(fault.strip());
    }

    @Test
    void aTabIsNamedWithItsLine() {
        assertThat(texts.fault("nodes:\n\ta: {type: Count}\n")).startsWith("test.yaml:2:1: not YAML: ");
    }

    @Test
    void aSecondDocumentIsRefused() {
        assertThat(texts.fault("nodes: {}\n---\nnodes: {}\n")).startsWith("test.yaml:2:1: a second document");
    }

    @Test
    void aCharacterThatYamlForbidsIsNamedWithItsPlace() {
        assertThat(texts.fault("nodes:\n  a\u0007: {}\n")).startsWith("test.yaml:2:4: not YAML: character U+0007");
    }

    @Test
    void aFileOfAMegabyteOrMoreIsRefusedBeforeItIsParsed() throws IOException {
        Path file = Files.writeString(folder.resolve("large.yaml"), "# " + "x".repeat(1 << 20));
        assertThatThrownBy(() -> texts.reader.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("larger than 1048576 bytes");
    }

    @Test
    void aFileThatIsNoTextIsRefused() throws IOException {
        Path file =
                Files.write(folder.resolve("latin.yaml"), "# Gr\u00FC\u00DFe".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> texts.reader.read(file))
                .hasMessage(file + ": the file is not text in UTF-8. Save it as UTF-8");
        assertThatThrownBy(() -> texts.reader.read(folder)).isInstanceOf(InputException.class);
    }

    @Test
    void theMessageCountsTheFaultsAndNamesTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("two.yaml"), "nodes: {a: {type: X}, b: {type: Y}}\n");
        assertThatThrownBy(() -> texts.reader.read(file))
                .isInstanceOf(GraphException.class)
                .hasMessageStartingWith(file + " has 2 faults:\n  " + file + ":1:19: node 'a' has the type 'X'");
    }

    @Test
    void ofVeryManyFaultsTheFirstAreTold() {
        StringBuilder text = new StringBuilder("nodes:\n");
        for (int i = 0; i < 200; i++) {
            text.append("  a").append(i).append(": {type: Nothing}\n");
        }
        assertThat(texts.faults(text.toString())).hasSize(51).last().asString().contains("and 150 more");
    }
}
