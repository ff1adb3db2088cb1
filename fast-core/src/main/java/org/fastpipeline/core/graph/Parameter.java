// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
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

    private final ProcessObject owner;
    private final int position;
    private final Declaration<T> declaration;
    private T value;

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
    public record Declaration<T>(
            String name,
            Class<T> type,
            T initial,
            String range,
            Predicate<T> accepts,
            Function<String, T> parse,
            String unit,
            String doc) {}

    /// One parameter and a value for it, to be set together with others.
    public record Assignment<T>(Parameter<T> parameter, T value) {
        /// @throws ParameterException if the value is out of range
        public Assignment {
            parameter.check(value);
        }

        private void apply() {
            parameter.value = value;
        }
    }

    Parameter(ProcessObject owner, int position, Declaration<T> declaration) {
        this.owner = owner;
        this.position = position;
        this.declaration = declaration;
        this.value = declaration.initial();
        check(value);
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
    /// @throws ParameterException if it is out of range
    public void set(T newValue) {
        setAll(List.of(to(newValue)));
    }

    /// Sets the value from text, as a command line or a text pipeline gives it.
    ///
    /// @throws ParameterException if the text is no value or out of range
    public void setText(String text) {
        T parsed;
        try {
            parsed = declaration.parse().apply(text);
        } catch (IllegalArgumentException notAValue) {
            throw new ParameterException(toString(), "'" + text + "'", declaration.range());
        }
        set(parsed);
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

    /// The values of several parameters at one moment, in the same order.
    public static List<Object> readAll(List<? extends Parameter<?>> parameters) {
        List<Object> values = new ArrayList<>(parameters.size());
        synchronized (CONSISTENCY) {
            for (Parameter<?> parameter : parameters) {
                values.add(parameter.value);
            }
        }
        return values;
    }

    private void check(T candidate) {
        if (!declaration.accepts().test(candidate)) {
            throw new ParameterException(toString(), String.valueOf(candidate), declaration.range());
        }
    }

    @Override
    public String toString() {
        return owner.name() + "." + declaration.name();
    }
}
