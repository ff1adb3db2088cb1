// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.concurrent.Callable;
import org.fastpipeline.core.graph.Graph;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `fast graph`: what a pipeline in a file consists of.
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Checks the file as 'fast run' does, and shows its nodes and what they read. Nothing is run: neither",
            "inputs nor models nor engines have to be there, and variables need no values.",
        },
        parameterListHeading = "%nPipeline:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fast graph pipelines/capillary.yaml",
            "  fast graph pipelines/capillary.yaml --format dot | dot -Tsvg > capillary.svg",
        })
final class GraphCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private PipelineFile pipeline = new PipelineFile();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, mermaid (for Markdown pages) or dot (for Graphviz). Default: ${DEFAULT-VALUE}.")
    private Graph.Format format = Graph.Format.TABLE;

    @Option(names = Complaint.VERBOSE, description = "Show stack traces.")
    @SuppressWarnings("UnusedVariable") // it is looked for among the arguments when an error is told
    private boolean verbose;

    @Override
    public Integer call() {
        Graph graph = pipeline.reader().outline(pipeline.path());
        Speech.of(spec.commandLine(), false).say(graph.describe(format));
        return Main.OK;
    }
}
