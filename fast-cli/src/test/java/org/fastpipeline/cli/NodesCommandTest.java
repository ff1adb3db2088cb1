// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fastpipeline.core.catalog.NodeCatalogs;
import org.fastpipeline.core.error.Fault;
import org.fastpipeline.core.error.GraphException;
import org.fastpipeline.text.PipelineReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class NodesCommandTest {
    @TempDir
    private Path folder;

    @Test
    void allNodesAreListedWithModuleAndWhatTheyDo() {
        Fast.Result result = Fast.run("nodes");
        assertThat(result.status()).isZero();
        assertThat(result.out().lines())
                .hasSize(NodeCatalogs.find().offers().size() + 1)
                .anyMatch(line -> line.matches("CsvSink +fast-vision +writes rows to a CSV file, in frame order"))
                .anyMatch(line -> line.matches("NeuralNetwork +fast-core +runs any network.*"));
    }

    @Test
    void oneNodeIsDescribedFromItsOwnDeclarations() {
        Fast.Result result = Fast.run("nodes", "RoiBatch");
        assertThat(result.out())
                .contains("RoiBatch (fast-vision): cuts regions out of a frame as one tensor of squares.\n")
                .contains("\nInputs:\n  frame  Image  the frame\n  boxes  Boxes  the regions to cut out\n")
                .contains("\nOutputs:\n  crops  Tensor  the crops as one tensor N, H, W, C of 8-bit RGB\n")
                .contains(
                        "  leastSide     1 to 960 work pixels  default 40   least side of the square around a region\n")
                .contains(
                        "In a pipeline:\n  roiBatch:\n    type: RoiBatch\n    inputs:\n      frame: ID.PORT   # Image\n");
    }

    @Test
    void settingsAreToldWithRangeAndDefault() {
        assertThat(Fast.run("nodes", "ImageEncoder").out())
                .contains("  encoding  png or jpeg  default png  the file format\n");
        assertThat(Fast.run("nodes", "CsvSink").out())
                .contains("  columns  a text that is not empty  required, one or more");
    }

    @Test
    void aNameThatIsUnknownIsNamedWithTheNearestOne() {
        Fast.Result result = Fast.run("nodes", "RoiBtach");
        assertThat(result.status()).isEqualTo(Main.WRONG_USE);
        assertThat(result.err()).contains("met 'RoiBtach', which no module offers", "Did you mean 'RoiBatch'?");
    }

    @Test
    void programsGetTheSameAsJson() {
        JsonNode nodes =
                JsonMapper.shared().readTree(Fast.run("nodes", "--json").out());
        assertThat(nodes.size()).isEqualTo(NodeCatalogs.find().offers().size());
        JsonNode one = JsonMapper.shared()
                .readTree(Fast.run("nodes", "RoiBatch", "--json").out())
                .get(0);
        assertThat(one.get("parameters").get(0).get("name").asString()).isEqualTo("side");
        assertThat(one.get("parameters").get(0).get("unit").asString()).isEqualTo("pixels");
    }

    /// What is wrong with it then is only that nothing is joined.
    @Test
    void thePieceOfAPipelineThatIsPrintedCanBePasted() {
        for (NodeCatalogs.Offer offer : NodeCatalogs.find().offers().values()) {
            String page = Fast.run("nodes", offer.type().name()).out();
            String text = "nodes:\n" + page.substring(page.indexOf("In a pipeline:\n") + "In a pipeline:\n".length())
                    + "outputs: {nothing: nobody}\n";
            PipelineReader reader = new PipelineReader(NodeCatalogs.find());
            List<Fault> faults = List.of();
            try {
                reader.read("page", folder, text);
            } catch (GraphException wrong) {
                faults = wrong.faults();
            }
            assertThat(faults).as(text).isNotEmpty().allMatch(fault -> fault.met()
                    .contains("but there is no node"));
        }
    }

    @ParameterizedTest
    @CsvSource({"table, node            kind", "mermaid, flowchart LR", "dot, digraph pipeline {"})
    void aGraphIsShownWithoutItsInputsModelsAndEngines(String format, String begin) throws IOException {
        Path file = Path.of(System.getProperty("fast.home")).resolve("pipelines/capillary.yaml");
        Path alone = Files.copy(file, folder.resolve("alone.yaml"));
        Fast.Result result = Fast.run(new Home(folder), "graph", alone, "--format", format);
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith(begin).contains("classifier", "boxTable");
        assertThat(result.status()).isZero();
    }

    @Test
    void aGraphWithFaultsIsNotShown() throws IOException {
        Path file = Files.writeString(folder.resolve("wrong.yaml"), "nodes: {a: {type: Nothing}}\n");
        Fast.Result result = Fast.run("graph", file);
        assertThat(result.status()).isEqualTo(Main.WRONG_USE);
        assertThat(result.err()).contains(file + ":1:19: node 'a' has the type 'Nothing'");
    }
}
