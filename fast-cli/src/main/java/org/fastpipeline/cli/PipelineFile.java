// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fastpipeline.core.catalog.NodeCatalogs;
import org.fastpipeline.text.PipelineReader;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What the commands that read a pipeline from a file are told of it.
final class PipelineFile {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PIPELINE",
            description = "The pipeline, a YAML file. Relative paths in it are looked for in the working folder; "
                    + "$${here} stands for the folder of the file.")
    private Path file = Path.of("");

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Value for a variable of the file, instead of its default; for each variable once.")
    private List<String> values = List.of();

    /// The file.
    Path path() {
        if (file.toString().isBlank()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "PIPELINE: met an empty text; needed a path. Look for a variable of the shell that is not set.");
        }
        return file;
    }

    /// What reads it, with the variables given.
    ///
    /// @throws ParameterException if one is not written as it must be, or given twice
    PipelineReader reader() {
        PipelineReader reader = new PipelineReader(NodeCatalogs.find());
        Set<String> names = new HashSet<>();
        for (String text : values) {
            int sign = text.indexOf('=');
            String name = sign < 1 ? "" : text.substring(0, sign);
            if (name.isEmpty() || !names.add(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--set: met '" + text + "'"
                                + (name.isEmpty()
                                        ? "; needed NAME=VALUE. Write no blanks around the sign."
                                        : ", a second value for '" + name + "'; needed one. Leave one out."));
            }
            reader = reader.set(name, text.substring(sign + 1));
        }
        return reader;
    }
}
