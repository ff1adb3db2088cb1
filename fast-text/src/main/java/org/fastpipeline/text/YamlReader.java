// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.text;

import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.fastpipeline.core.error.GraphException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Reads one YAML document without recursion.
///
/// From the parser's events and not from the library's own tree, which is built by recursion and holds aliases:
/// aliases, anchors and tags are refused, and so is what lies deeper than any pipeline does.
final class YamlReader {
    private static final int DEEPEST = 16;
    private static final String MERGE = "<<";

    private final String text;
    private final Faults faults;
    private final Deque<Open> path = new ArrayDeque<>();
    private final List<Yaml> documents = new ArrayList<>();

    /// A list, or names with values one after another, that has not ended yet.
    private record Open(Place place, boolean mapping, List<Yaml> parts) {}

    private YamlReader(String text, Faults faults) {
        this.text = text;
        this.faults = faults;
    }

    /// The document; nothing if the text has none.
    ///
    /// @throws GraphException if the text is not YAML, or uses what pipelines do not
    static Optional<Yaml> read(String text, Faults faults) {
        return new YamlReader(text, faults).read();
    }

    private Optional<Yaml> read() {
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
        int begun = 0;
        try {
            Parser events = new ParserImpl(settings, new StreamReader(settings, text));
            while (events.hasNext()) {
                Event event = events.next();
                if (event instanceof DocumentStartEvent && ++begun > 1) {
                    throw faults.last(
                            place(event.getStartMark()),
                            "a second document begins here",
                            "one document per file",
                            "Put it into a file of its own");
                }
                take(event);
            }
        } catch (MarkedYamlEngineException broken) {
            Place place = place(broken.getProblemMark().or(broken::getContextMark));
            throw notYaml(place, String.valueOf(broken.getProblem()));
        } catch (ReaderException broken) {
            Place place = placeOf(broken.getPosition());
            throw notYaml(place, "character U+" + String.format("%04X", broken.getCodePoint()) + " is not allowed");
        } catch (YamlEngineException broken) {
            throw notYaml(Place.START, String.valueOf(broken.getMessage()));
        }
        return documents.stream().findFirst();
    }

    private GraphException notYaml(Place place, String problem) {
        String line = problem.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
        return faults.last(
                place,
                "not YAML: " + line,
                "YAML 1.2",
                "Look at the indentation (spaces, no tabs), at colons and at quotes here and in the line before");
    }

    private void take(Event event) {
        if (event instanceof NodeEvent node) {
            check(node);
        }
        switch (event) {
            case ScalarEvent scalar ->
                add(new Yaml.Scalar(scalar.getValue(), !scalar.isPlain(), place(event.getStartMark())));
            case CollectionStartEvent begin ->
                path.push(new Open(place(begin.getStartMark()), begin instanceof MappingStartEvent, new ArrayList<>()));
            case SequenceEndEvent _ -> {
                Open sequence = path.pop();
                add(new Yaml.Sequence(ImmutableList.copyOf(sequence.parts), sequence.place));
            }
            case MappingEndEvent _ -> add(mapping(path.pop()));
            default -> {
                // Begins and ends of the stream and of documents.
            }
        }
    }

    private void check(NodeEvent node) {
        Place place = place(node.getStartMark());
        if (node instanceof AliasEvent || node.getAnchor().isPresent()) {
            String name = node.getAnchor().map(Anchor::getValue).orElse("");
            throw faults.last(
                    place,
                    (node instanceof AliasEvent ? "alias *" : "anchor &") + name,
                    "values that are written out",
                    "Write it out, or declare a variable");
        }
        Optional<String> tag =
                switch (node) {
                    case ScalarEvent scalar -> scalar.getTag();
                    case CollectionStartEvent begin -> begin.getTag();
                    default -> Optional.empty();
                };
        if (tag.isPresent()) {
            throw faults.last(
                    place,
                    "tag " + tag.get(),
                    "values without tags: a node knows the types of its values",
                    "Leave the tag out");
        }
        if (path.size() >= DEEPEST) {
            throw faults.last(
                    place,
                    "values within values " + DEEPEST + " deep",
                    "at most 5, which is all a pipeline has",
                    "Look at the brackets and the indentation");
        }
    }

    private void add(Yaml part) {
        if (path.isEmpty()) {
            documents.add(part);
        } else {
            path.peek().parts.add(part);
        }
    }

    private Yaml.Mapping mapping(Open open) {
        ImmutableList.Builder<Yaml.Entry> entries = ImmutableList.builder();
        for (int i = 0; i + 1 < open.parts.size(); i += 2) {
            Yaml key = open.parts.get(i);
            if (key instanceof Yaml.Scalar name
                    && !name.isNull()
                    && !name.text().isBlank()) {
                entries.add(new Yaml.Entry(name, open.parts.get(i + 1)));
                if (!name.quoted() && name.text().equals(MERGE)) {
                    faults.add(name.place(), "merge key " + MERGE, "values that are written out", "Write them out");
                }
            } else {
                faults.add(key.place(), key.kind() + " before a colon", "a name", "Write a name before the colon");
            }
        }
        return new Yaml.Mapping(entries.build(), open.place);
    }

    private static Place place(Optional<Mark> mark) {
        return mark.map(at -> new Place(at.getLine() + 1, at.getColumn() + 1)).orElse(Place.START);
    }

    /// @param position counts code points
    private Place placeOf(int position) {
        int line = 1;
        int column = 1;
        for (int character : text.codePoints().limit(Math.max(0, position)).toArray()) {
            line += character == '\n' ? 1 : 0;
            column = character == '\n' ? 1 : column + 1;
        }
        return new Place(line, column);
    }
}
