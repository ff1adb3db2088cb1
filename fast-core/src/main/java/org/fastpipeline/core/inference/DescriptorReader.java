// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Doubles;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.function.Function;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.error.WrongUseException;
import org.jspecify.annotations.Nullable;

/// Reads a `model.properties`; every error names the key, what was met and what was needed.
final class DescriptorReader {
    private static final String FILE = "model.properties";
    private static final Splitter LIST = Splitter.on(',').trimResults();
    private static final ImmutableMap<String, ElementType> TYPES = ImmutableMap.of(
            "uint8", ElementType.U8,
            "uint16", ElementType.U16,
            "int16", ElementType.I16,
            "int32", ElementType.I32,
            "int64", ElementType.I64,
            "float32", ElementType.F32,
            "float64", ElementType.F64);

    private final Path folder;
    private final Properties values;

    private DescriptorReader(Path folder, Properties values) {
        this.folder = folder;
        this.values = values;
    }

    static ModelDescriptor read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ModelException(
                    folder.toString(),
                    Files.exists(folder) ? "is no folder; needed a model folder" : "the folder is missing",
                    "Give the folder that holds " + FILE,
                    null);
        }
        Properties values = new Properties();
        try (Reader text = Files.newBufferedReader(folder.resolve(FILE), StandardCharsets.UTF_8)) {
            values.load(text);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new ModelException(
                    folder.toString(),
                    Files.exists(folder.resolve(FILE))
                            ? FILE + " cannot be read: " + unreadable
                            : FILE + " is missing; needed a description of the model",
                    "Give the folder that holds a readable " + FILE,
                    unreadable);
        }
        return new DescriptorReader(folder, values).descriptor();
    }

    private ModelDescriptor descriptor() {
        String inputName = text("input.name");
        TensorSpec input = input();
        ModelSource source = new ModelSource(
                path(),
                parsed("format", needed -> ModelFormat.valueOf(needed.toUpperCase(Locale.ROOT)), formats()),
                ImmutableList.of(inputName),
                ImmutableList.of(text("output.name")),
                ImmutableMap.of(inputName, input));
        return new ModelDescriptor(
                folder,
                text("name"),
                text("version"),
                source,
                input,
                parsed("input.channels", ChannelOrder::valueOf, "GREY, RGB, BGR or RGBA"),
                preprocessing(),
                ImmutableList.copyOf(LIST.split(text("labels"))),
                number("threshold", 0.5),
                text("licence"),
                values.getProperty("made.by", ""),
                values.getProperty("sha256", "").trim().toLowerCase(Locale.ROOT));
    }

    private TensorSpec input() {
        String shape = text("input.shape");
        String axes = text("input.axes");
        ElementType type = parsed("input.type", TYPES::get, "one of " + TYPES.keySet(), "float32");
        try {
            long[] sizes = LIST.splitToStream(shape).mapToLong(Long::parseLong).toArray();
            return TensorSpec.of(axes, type, sizes);
        } catch (IllegalArgumentException | WrongUseException unfit) {
            throw wrong("input.shape and input.axes", shape + " and " + axes, "sizes and letters of N, T, D, H, W, C");
        }
    }

    private Preprocessing preprocessing() {
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.POSITIVE_INFINITY;
        String clip = values.getProperty("preprocess.clip");
        if (clip != null) {
            ImmutableList<Double> range =
                    LIST.splitToStream(clip).map(Doubles::tryParse).collect(ImmutableList.toImmutableList());
            if (range.size() != 2) {
                throw wrong("preprocess.clip", clip, "two numbers");
            }
            low = range.getFirst();
            high = range.getLast();
        }
        try {
            return new Preprocessing(
                    low,
                    high,
                    number("preprocess.mean", 0),
                    number("preprocess.std", 1),
                    number("preprocess.scale", 1),
                    parsed("preprocess.signed", DescriptorReader::truth, "true or false", "false"));
        } catch (WrongUseException unfit) {
            throw new ModelException(folder.toString(), FILE + ": " + unfit.problem(), unfit.remedy(), unfit);
        }
    }

    private static @Nullable Boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        };
    }

    /// The model's file or folder, which lies in the model folder.
    private Path path() {
        String text = text("path");
        try {
            Path path = folder.resolve(text).normalize();
            if (!path.startsWith(folder.normalize()) || path.equals(folder.normalize())) {
                throw wrong("path", text, "a path within the model folder");
            }
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw wrong("path", text + ", which is missing", "the model's file or folder");
            }
            if (!path.toRealPath().startsWith(folder.toRealPath())) {
                throw wrong("path", text + ", a link out of the model folder", "a path within the model folder");
            }
            return path;
        } catch (InvalidPathException | IOException unusable) {
            throw wrong("path", text, "the model's file or folder");
        }
    }

    private static String formats() {
        StringBuilder names = new StringBuilder("one of");
        for (ModelFormat format : ModelFormat.values()) {
            names.append(' ').append(format.name().toLowerCase(Locale.ROOT));
        }
        return names.toString();
    }

    private double number(String key, double initial) {
        return parsed(key, Doubles::tryParse, "a number", String.valueOf(initial));
    }

    private String text(String key) {
        String value = values.getProperty(key, "").trim();
        if (value.isEmpty()) {
            throw new ModelException(
                    folder.toString(), FILE + " has no key '" + key + "'; needed a value for it", "Add it", null);
        }
        return value;
    }

    private <T> T parsed(String key, Function<String, @Nullable T> parse, String needed) {
        return parsed(key, parse, needed, text(key));
    }

    private <T> T parsed(String key, Function<String, @Nullable T> parse, String needed, String initial) {
        String text = values.getProperty(key, initial).trim();
        try {
            T value = parse.apply(text);
            if (value != null) {
                return value;
            }
        } catch (IllegalArgumentException notAValue) {
            throw wrong(key, text, needed);
        }
        throw wrong(key, text, needed);
    }

    private ModelException wrong(String key, String met, String needed) {
        return new ModelException(
                folder.toString(), FILE + ": " + key + " is " + met + "; needed " + needed, "Correct the key", null);
    }
}
