// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.text;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fastpipeline.core.catalog.NodeCatalogs;
import org.fastpipeline.core.error.GraphException;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.graph.Graph;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.inference.Models;

/// Reads pipelines from YAML files, as `docs/text-pipelines.md` describes them. Immutable.
///
/// A file is checked as a whole, with the types of all ports and the values of all settings and parameters, before
/// any model is loaded. All faults are told at once, each with its line and column, in a [GraphException].
///
/// ```java
/// try (Models models = new Models(() -> engines, ThreadPlan.ofCores())) {
///     TextPipeline text = new PipelineReader(NodeCatalogs.find())
///             .models(models)
///             .set("input", "frames/*.png")
///             .read(Path.of("pipelines/capillary.yaml"));
///     text.pipeline().run();
/// }
/// ```
public final class PipelineReader {
    private static final int MOST_BYTES = 1 << 20;

    private final NodeCatalogs catalogs;
    private final Models models;
    private final ImmutableMap<String, String> variables;
    private final ImmutableMap<String, Out<?>> data;

    /// @param catalogs the nodes that a file may name
    public PipelineReader(NodeCatalogs catalogs) {
        this(catalogs, Models.unloaded(), ImmutableMap.of(), ImmutableMap.of());
    }

    private PipelineReader(
            NodeCatalogs catalogs,
            Models models,
            ImmutableMap<String, String> variables,
            ImmutableMap<String, Out<?>> data) {
        this.catalogs = catalogs;
        this.models = models;
        this.variables = variables;
        this.data = data;
    }

    /// The same with models for its network nodes, which can be looked at without, but not run.
    ///
    /// @param all stay the caller's, and open while a pipeline is used
    public PipelineReader models(Models all) {
        return new PipelineReader(catalogs, all, variables, data);
    }

    /// The same with a value for a variable, which goes before its default.
    public PipelineReader set(String variable, String value) {
        return new PipelineReader(catalogs, models, with(variables, variable, value), data);
    }

    /// The same with data for one of the file's inputs: a [org.fastpipeline.core.graph.Constant] or any other output.
    /// Data that the file does not ask for are mentioned among the [TextPipeline#notices].
    public PipelineReader input(String name, Out<?> from) {
        return new PipelineReader(catalogs, models, variables, with(data, name, from));
    }

    private static <T> ImmutableMap<String, T> with(ImmutableMap<String, T> map, String name, T value) {
        return ImmutableMap.<String, T>builder().putAll(map).put(name, value).buildKeepingLast();
    }

    /// The pipeline of a file.
    ///
    /// @throws InputException if there is no such file, or it cannot be read
    /// @throws GraphException with all that is wrong with it
    public TextPipeline read(Path file) {
        return read(file.toString(), here(file), text(file));
    }

    /// The pipeline of a text.
    ///
    /// @param name what errors are to call it
    /// @param here the folder that the variable `here` stands for
    /// @throws GraphException with all that is wrong with it
    public TextPipeline read(String name, Path here, String text) {
        Faults faults = new Faults(name);
        Definition definition = definition(text, faults);
        Assembly.Surroundings around =
                new Assembly.Surroundings(catalogs, Models.unloaded(), here.toString(), variables, data, true);
        TextPipeline checked = new Assembly(definition, around, faults).pipeline(notices(definition));
        if (!models.loads()) {
            return checked;
        }
        Assembly.Surroundings loading =
                new Assembly.Surroundings(catalogs, models, here.toString(), variables, data, true);
        return new Assembly(definition, loading, faults).pipeline(notices(definition));
    }

    /// The graph of a file, to be looked at: variables need no values, inputs no data, and neither files nor models
    /// have to be there.
    ///
    /// @throws InputException if there is no such file, or it cannot be read
    /// @throws GraphException with all that is wrong with it
    public Graph outline(Path file) {
        Faults faults = new Faults(file.toString());
        Assembly.Surroundings around = new Assembly.Surroundings(
                catalogs, Models.unloaded(), here(file).toString(), variables, data, false);
        return new Assembly(definition(text(file), faults), around, faults).graph();
    }

    private static Definition definition(String text, Faults faults) {
        Optional<Yaml> document = YamlReader.read(text, faults);
        if (document.isEmpty()) {
            throw faults.last(
                    Place.START,
                    "nothing",
                    "a pipeline",
                    "Begin with 'nodes:', and declare nodes below it by their ids");
        }
        return DefinitionReader.read(document.get(), faults);
    }

    private List<String> notices(Definition definition) {
        List<String> notices = new ArrayList<>();
        for (String name : data.keySet()) {
            if (definition.inputs().stream()
                    .noneMatch(input -> input.id().text().equals(name))) {
                notices.add("data are given for input '" + name + "', which the file does not declare");
            }
        }
        return notices;
    }

    private static Path here(Path file) {
        return Optional.ofNullable(file.getParent()).orElse(Path.of("."));
    }

    private static String text(Path file) {
        try (InputStream bytes = Files.newInputStream(file)) {
            byte[] content = bytes.readNBytes(MOST_BYTES + 1);
            if (content.length > MOST_BYTES) {
                throw new InputException(
                        file.toString(),
                        "the file is larger than " + MOST_BYTES + " bytes, which no pipeline is",
                        "Give a pipeline file",
                        null);
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (NoSuchFileException missing) {
            throw new InputException(file.toString(), "there is no such file", "Check the name", missing);
        } catch (CharacterCodingException notText) {
            throw new InputException(file.toString(), "the file is not text in UTF-8", "Save it as UTF-8", notText);
        } catch (IOException unreadable) {
            throw new InputException(
                    file.toString(),
                    Files.isDirectory(file) ? "is a folder" : "the file cannot be read: " + unreadable.getMessage(),
                    "Give a readable pipeline file",
                    unreadable);
        }
    }
}
