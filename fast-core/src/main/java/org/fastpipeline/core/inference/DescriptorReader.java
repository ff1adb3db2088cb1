// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Streams;
import com.google.common.primitives.Doubles;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.error.WrongUseException;
import org.jspecify.annotations.Nullable;

/// Reads a `model.properties`; every error names the key, what was met and what was needed.
final class DescriptorReader {
    /// Name of the file with the description.
    static final String FILE = "model.properties";

    private static final int MOST_BYTES = 1 << 20;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
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

    /// Whether there is a model that nothing describes.
    static boolean isBare(Path model) {
        return Files.isDirectory(model)
                ? !isDescribed(model) && Files.exists(model.resolve("saved_model.pb"))
                : Files.exists(model);
    }

    /// Whether there is a description in `folder`.
    static boolean isDescribed(Path folder) {
        return Files.exists(folder.resolve(FILE), LinkOption.NOFOLLOW_LINKS);
    }

    /// @param trusted whether neither hashes nor sizes matter
    static ModelDescriptor read(Path folder, boolean trusted) {
        if (!Files.isDirectory(folder)) {
            throw new ModelException(
                    folder.toString(), "the folder is missing", "Give the folder that holds " + FILE, null);
        }
        Properties values = new Properties();
        try (Reader text = new StringReader(text(folder))) {
            values.load(text);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new ModelException(
                    folder.toString(),
                    isDescribed(folder)
                            ? FILE + " cannot be read: " + unreadable
                            : FILE + " is missing; needed a description of the model",
                    "Give the folder that holds a readable " + FILE,
                    unreadable);
        }
        return new DescriptorReader(folder, values).descriptor(trusted);
    }

    private static String text(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile() || attributes.size() > MOST_BYTES) {
            throw new ModelException(
                    folder.toString(),
                    FILE
                            + (attributes.isRegularFile()
                                    ? " has " + attributes.size() + " bytes; needed " + MOST_BYTES + " or fewer"
                                    : " is a link or a special file; needed a regular file"),
                    "Put a description of the model there",
                    null);
        }
        return Files.readString(file);
    }

    private ModelDescriptor descriptor(boolean trusted) {
        String inputName = text("input.name");
        TensorSpec input = input();
        ModelSource source = new ModelSource(
                path("path"),
                parsed("format", needed -> ModelFormat.valueOf(needed.toUpperCase(Locale.ROOT)), formats()),
                ImmutableList.of(inputName),
                ImmutableList.of(text("output.name")),
                ImmutableMap.of(inputName, input));
        ImmutableList.Builder<ModelFile> files =
                ImmutableList.<ModelFile>builder().add(file(source, "", trusted));
        for (ModelFormat format : ModelFormat.values()) {
            String prefix = format.word() + ".";
            if (values.containsKey(prefix + "path")) {
                if (format == source.format()) {
                    throw wrong(prefix + "path", "there beside format=" + format.word(), "one path for each format");
                }
                ModelSource other = new ModelSource(
                        path(prefix + "path"), format, source.inputs(), source.outputs(), source.shapes());
                files.add(file(other, prefix, trusted));
            }
        }
        return new ModelDescriptor(
                folder,
                text("name"),
                text("version"),
                files.build(),
                input,
                parsed("input.channels", ChannelOrder::valueOf, "GREY, RGB, BGR or RGBA"),
                preprocessing(),
                ImmutableList.copyOf(LIST.split(text("labels"))),
                number("threshold", 0.5),
                text("licence"),
                values.getProperty("made.by", ""));
    }

    /// @param prefix what stands before the keys that tell of it
    private ModelFile file(ModelSource source, String prefix, boolean trusted) {
        ModelFile file = ModelFile.of(source, trusted ? Long.MAX_VALUE : ModelFiles.MOST_BYTES);
        if (trusted) {
            return file;
        }
        String key = prefix + "sha256";
        String described = values.getProperty(key, "").trim().toLowerCase(Locale.ROOT);
        if (described.isEmpty()) {
            throw new ModelException(
                    folder.toString(),
                    FILE + " has no key '" + key + "'; needed the hash of the model's files",
                    "Get a description with it; if you know where the model is from, load it as trusted (--trust-model)",
                    null);
        }
        if (!HASH.matcher(described).matches()) {
            throw wrong(key, described, "64 hexadecimal digits");
        }
        if (!file.sha256().equals(described)) {
            throw new ModelException(
                    folder.toString(),
                    folder.relativize(source.path()) + " has SHA-256 " + file.sha256() + "; " + FILE + " says "
                            + described,
                    "Get the model anew; if you changed it yourself, write the new hash into " + FILE,
                    null);
        }
        return file;
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

    /// A file or folder of the model, which lies in the model folder and is reached through no link.
    private Path path(String key) {
        String text = text(key);
        try {
            Path given = Path.of(text);
            Path path = folder.resolve(given.normalize());
            boolean climbs =
                    Streams.stream(given).anyMatch(part -> part.toString().equals(".."));
            if (given.isAbsolute() || climbs || given.normalize().toString().isEmpty()) {
                throw wrong(key, text, "a path within the model folder, relative and without ..");
            }
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw wrong(key, text + ", which is missing", "the model's file or folder");
            }
            Path real = path.toRealPath();
            if (!real.startsWith(folder.toRealPath())) {
                throw wrong(key, text + ", a link out of the model folder", "a path within the model folder");
            }
            if (!real.equals(folder.toRealPath().resolve(given.normalize()))) {
                throw wrong(key, text + ", which goes through a link", "the path of the file itself");
            }
            return path;
        } catch (InvalidPathException | IOException unusable) {
            throw wrong(key, text, "the model's file or folder");
        }
    }

    private static String formats() {
        StringBuilder names = new StringBuilder("one of");
        for (ModelFormat format : ModelFormat.values()) {
            names.append(' ').append(format.word());
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
