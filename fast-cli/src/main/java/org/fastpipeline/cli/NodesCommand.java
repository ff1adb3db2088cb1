// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fastpipeline.core.catalog.NodeCatalogs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `fast nodes`: what pipelines can be made of.
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "A node's ports, settings and parameters, with types, ranges, units and defaults, are what the "
                + "node itself declares.",
        parameterListHeading = "%nNode:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  fast nodes", "  fast nodes RoiBatch", "  fast nodes --json"})
final class NodesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The node to describe; all are listed without it.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--json", description = "Print all there is to know, as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        NodeCatalogs catalogs = NodeCatalogs.find();
        Collection<NodeCatalogs.Offer> offers = name.<Collection<NodeCatalogs.Offer>>map(
                        wanted -> List.of(catalogs.offer(wanted)))
                .orElse(catalogs.offers().values());
        Speech speech = Speech.of(spec.commandLine(), false);
        if (json) {
            speech.say(NodeJson.of(offers));
        } else if (name.isPresent()) {
            offers.forEach(offer -> NodePage.of(offer).forEach(speech::say));
        } else {
            Table table = new Table().row("NODE", "MODULE", "WHAT IT DOES");
            offers.forEach(offer ->
                    table.row(offer.type().name(), offer.module(), offer.type().doc()));
            table.lines("").forEach(speech::say);
        }
        return Main.OK;
    }
}
