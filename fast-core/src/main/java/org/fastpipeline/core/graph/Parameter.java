// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.fastpipeline.core.error.ParameterException;

/// A setting of a node that may change at any time, from any thread.
///
/// A frame is stamped with one snapshot of all parameters when it is admitted; it and its children see only that.
///
/// @param <T> immutable type of its values
public final class Parameter<T> {
    /// Held for nanoseconds, to see a change of several parameters whole or not at all. It guards values, not state of
    /// its own.
    private static final Object CONSISTENCY = new Object();

    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern FLAG = Pattern.compile("true|false");

    private final ProcessObject owner;
    private final int position;
    private final Declaration<T> declaration;
    private T value;
    private long changes;

    /// What a parameter is, for command lines, documents and widgets.
    ///
    /// @param name unique among the node's parameters
    /// @param type type of its values
    /// @param initial value until it is set
    /// @param range the values accepted, in words
    /// @param accepts whether a value is in range
    /// @param parse reads a value from text
    /// @param unit physical unit, empty for none
    /// @param doc what it does, one sentence
    /// @param bounds the least and the greatest value of a number, for sliders
    public record Declaration<T>(
            String name,
            Class<T> type,
            T initial,
            String range,
            Predicate<T> accepts,
            Function<String, T> parse,
            String unit,
            String doc,
            Optional<Bounds> bounds) {
        /// The values that a number may have.
        ///
        /// @param least may be taken too
        /// @param most may be taken too
        public record Bounds(double least, double most) {}

        /// What has no bounds, or none that are two numbers.
        public Declaration(
                String name,
                Class<T> type,
                T initial,
                String range,
                Predicate<T> accepts,
                Function<String, T> parse,
                String unit,
                String doc) {
            this(name, type, initial, range, accepts, parse, unit, doc, Optional.empty());
        }

        /// A real number between `least` and `most`, both included, written as in `-1.5e-3`.
        public static Declaration<Double> number(
                String name, double initial, double least, double most, String unit, String doc) {
            return new Declaration<>(
                    name,
                    Double.class,
                    initial,
                    least + " to " + most,
                    value -> value >= least && value <= most,
                    text -> Double.valueOf(written(NUMBER, text)),
                    unit,
                    doc,
                    Optional.of(new Bounds(least, most)));
        }

        /// A whole number between `least` and `most`, both included.
        public static Declaration<Integer> integer(
                String name, int initial, int least, int most, String unit, String doc) {
            return new Declaration<>(
                    name,
                    Integer.class,
                    initial,
                    least + " to " + most,
                    value -> value >= least && value <= most,
                    text -> Integer.valueOf(written(INTEGER, text)),
                    unit,
                    doc,
                    Optional.of(new Bounds(least, most)));
        }

        /// Yes or no, written `true` or `false` and in no other way.
        public static Declaration<Boolean> flag(String name, boolean initial, String doc) {
            return new Declaration<>(
                    name,
                    Boolean.class,
                    initial,
                    "true or false",
                    value -> true,
                    text -> Boolean.valueOf(written(FLAG, text)),
                    "",
                    doc);
        }

        /// A text that is not empty.
        public static Declaration<String> text(String name, String initial, String doc) {
            return new Declaration<>(
                    name,
                    String.class,
                    initial,
                    "a text that is not empty",
                    value -> !value.isBlank(),
                    text -> text,
                    "",
                    doc);
        }

        /// A file or folder of the default file system; one that is relative is looked for in the working folder.
        public static Declaration<Path> path(String name, String initial, String doc) {
            return new Declaration<>(
                    name,
                    Path.class,
                    Path.of(initial),
                    "a path that is not empty",
                    value -> !value.toString().isBlank(),
                    Path::of,
                    "",
                    doc);
        }

        /// One of the constants of an enumeration, written in small letters, with hyphens between words.
        public static <E extends Enum<E>> Declaration<E> choice(String name, E initial, String doc) {
            Class<E> type = initial.getDeclaringClass();
            Map<String, E> words = new LinkedHashMap<>();
            for (E constant : type.getEnumConstants()) {
                words.put(word(constant), constant);
            }
            return new Declaration<>(
                    name,
                    type,
                    initial,
                    String.join(" or ", words.keySet()),
                    value -> true,
                    text -> Optional.ofNullable(words.get(text))
                            .orElseThrow(() -> new IllegalArgumentException(text + " is none of " + words.keySet())),
                    "",
                    doc);
        }

        private static String word(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /// A value as [#read] takes it.
        public String text(T value) {
            return switch (value) {
                case Enum<?> constant when !range.contains(constant.name()) -> word(constant);
                case OptionalDouble number -> number.isPresent() ? String.valueOf(number.getAsDouble()) : "";
                default -> value.toString();
            };
        }

        /// Java's own parsers take more than people write: digits of all scripts, `0x1p3`, `1d`.
        private static String written(Pattern pattern, String text) {
            String stripped = text.strip();
            if (!pattern.matcher(stripped).matches()) {
                throw new IllegalArgumentException(text + " is not written as it must be");
            }
            return stripped;
        }

        /// The value that `text` stands for.
        ///
        /// @param where what the value is for, as errors are to name it
        /// @throws ParameterException if the text is no value or out of range
        public T read(String where, String text) {
            T value;
            try {
                value = parse.apply(text);
            } catch (IllegalArgumentException notAValue) {
                throw new ParameterException(where, "'" + text + "'", range);
            }
            return checked(where, value);
        }

        private T checked(String where, T value) {
            if (!accepts.test(value)) {
                throw new ParameterException(where, String.valueOf(value), range);
            }
            return value;
        }
    }

    /// One parameter and a value for it, to be set together with others.
    public record Assignment<T>(Parameter<T> parameter, T value) {
        /// @throws ParameterException if the value is out of range
        public Assignment {
            parameter.declaration.checked(parameter.toString(), value);
        }

        private void apply() {
            parameter.value = value;
            parameter.changes++;
        }
    }

    Parameter(ProcessObject owner, int position, Declaration<T> declaration) {
        this.owner = owner;
        this.position = position;
        this.declaration = declaration;
        this.value = declaration.checked(toString(), declaration.initial());
    }

    /// The node it belongs to.
    public ProcessObject owner() {
        return owner;
    }

    /// Place among the node's parameters, from 0.
    public int position() {
        return position;
    }

    /// Name, type, range, unit and documentation.
    public Declaration<T> declaration() {
        return declaration;
    }

    /// The value that frames admitted from now on will see.
    public T value() {
        synchronized (CONSISTENCY) {
            return value;
        }
    }

    /// Sets the value for frames admitted from now on.
    ///
    /// To set it is a change, to an equal value too: so one says that what the value stands for is no longer the
    /// same, such as a file that was written again; static results that depend on it are computed anew.
    ///
    /// @throws ParameterException if it is out of range
    public void set(T newValue) {
        setAll(List.of(to(newValue)));
    }

    /// Sets the value from text, as a command line or a text pipeline gives it.
    ///
    /// @throws ParameterException if the text is no value or out of range
    public void setText(String text) {
        set(declaration.read(toString(), text));
    }

    /// A value for this parameter, for [#setAll].
    ///
    /// @throws ParameterException if it is out of range
    public Assignment<T> to(T newValue) {
        return new Assignment<>(this, newValue);
    }

    /// Sets several parameters at once: a frame sees all of them or none.
    public static void setAll(List<Assignment<?>> assignments) {
        synchronized (CONSISTENCY) {
            assignments.forEach(Assignment::apply);
        }
    }

    /// The values of several parameters at one moment, in the same order, and after them how often each was set.
    public static List<Object> readAll(List<? extends Parameter<?>> parameters) {
        List<Object> values = new ArrayList<>(2 * parameters.size());
        synchronized (CONSISTENCY) {
            for (Parameter<?> parameter : parameters) {
                values.add(parameter.value);
            }
            for (Parameter<?> parameter : parameters) {
                values.add(parameter.changes);
            }
        }
        return values;
    }

    @Override
    public String toString() {
        return owner.name() + "." + declaration.name();
    }
}
