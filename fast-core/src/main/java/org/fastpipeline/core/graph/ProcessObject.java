// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fastpipeline.core.data.Key;
import org.fastpipeline.core.error.WrongUseException;
import org.jspecify.annotations.Nullable;

/// A node of a pipeline: ports and parameters. All state of a run lives with the run, so one node may serve
/// several.
///
/// Ports and parameters are declared once, as fields; the declaring call registers them.
public abstract sealed class ProcessObject permits Stateless, Stateful, Source, Fold, Restream, Sink {
    private final List<Input<?>> inputs = new ArrayList<>();
    private final List<Out<?>> outputs = new ArrayList<>();
    private final List<Parameter<?>> parameters = new ArrayList<>();
    private String name;

    ProcessObject() {
        String type = getClass().getSimpleName();
        this.name = type.isEmpty() ? "node" : Character.toLowerCase(type.charAt(0)) + type.substring(1);
    }

    /// Declares an input that must be connected.
    protected final <T> In<T> in(String portName, Class<T> type) {
        return in(portName, type, "");
    }

    /// The same, with one sentence on what it reads, for command lines and documents.
    protected final <T> In<T> in(String portName, Class<T> type, String doc) {
        return add(new In<>(this, portName, type, inputs.size(), Input.Need.VALUE, doc));
    }

    /// Declares an input that may be left unconnected.
    protected final <T> In<T> optional(String portName, Class<T> type) {
        return optional(portName, type, "");
    }

    /// The same, with one sentence on what it reads, for command lines and documents.
    protected final <T> In<T> optional(String portName, Class<T> type, String doc) {
        return add(new In<>(this, portName, type, inputs.size(), Input.Need.OPTIONAL, doc));
    }

    /// Declares an input on which the node sees skipped and failed outcomes too, instead of being passed over.
    protected final <T> In<T> outcome(String portName, Class<T> type) {
        return outcome(portName, type, "");
    }

    /// The same, with one sentence on what it reads, for command lines and documents.
    protected final <T> In<T> outcome(String portName, Class<T> type, String doc) {
        return add(new In<>(this, portName, type, inputs.size(), Input.Need.OUTCOME, doc));
    }

    /// Declares an input that takes any number of connections.
    protected final <T> Ins<T> ins(String portName, Class<T> type) {
        return ins(portName, type, "");
    }

    /// The same, with one sentence on what it reads, for command lines and documents.
    protected final <T> Ins<T> ins(String portName, Class<T> type, String doc) {
        return add(new Ins<>(this, portName, type, inputs.size(), doc));
    }

    /// Declares an output.
    protected final <T> Out<T> out(String portName, Class<T> type) {
        return out(portName, type, "");
    }

    /// The same, with one sentence on what it carries, for command lines and documents.
    protected final <T> Out<T> out(String portName, Class<T> type, String doc) {
        check(portName, type, outputs.stream().map(Out::name));
        Out<T> port = new Out<>(this, portName, type, outputs.size(), doc);
        outputs.add(port);
        return port;
    }

    /// Declares a real-valued parameter between `least` and `most`, both included.
    protected final Parameter<Double> number(
            String parameterName, double initial, double least, double most, String unit, String doc) {
        return parameter(Parameter.Declaration.number(parameterName, initial, least, most, unit, doc));
    }

    /// Declares a whole-number parameter between `least` and `most`, both included.
    protected final Parameter<Integer> integer(
            String parameterName, int initial, int least, int most, String unit, String doc) {
        return parameter(Parameter.Declaration.integer(parameterName, initial, least, most, unit, doc));
    }

    /// Declares a parameter that is on or off.
    protected final Parameter<Boolean> flag(String parameterName, boolean initial, String doc) {
        return parameter(new Parameter.Declaration<>(
                parameterName, Boolean.class, initial, "true or false", value -> true, ProcessObject::flag, "", doc));
    }

    private static Boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    /// Declares a parameter of any immutable type.
    protected final <T> Parameter<T> parameter(Parameter.Declaration<T> declaration) {
        check(declaration.name(), declaration.type(), parameters.stream().map(known -> known.declaration()
                .name()));
        Parameter<T> added = new Parameter<>(this, parameters.size(), declaration);
        parameters.add(added);
        return added;
    }

    private <P extends Input<?>> P add(P port) {
        check(port.name(), port.type(), inputs.stream().map(Input::name));
        inputs.add(port);
        return port;
    }

    private void check(String declared, Class<?> type, Stream<String> known) {
        if (type.isPrimitive()) {
            throw new WrongUseException(
                    name + "." + declared, "met type " + type + "; needed a class", "Use the class that boxes it");
        }
        if (known.anyMatch(declared::equals)) {
            throw new WrongUseException(
                    name + "." + declared, "met a second declaration of this name; needed one", "Choose another name");
        }
    }

    /// The kind of thread its work runs on.
    public Lane lane() {
        return Lane.CPU;
    }

    /// What the node makes of two different values of one metadata key that reach it; none means that it is an
    /// error.
    public <T> Optional<T> merge(Key<T> key, T first, T second) {
        return Optional.empty();
    }

    /// Name shown in reports and errors; by default the type's name.
    public final String name() {
        return name;
    }

    /// Gives the node a name; before the graph is built.
    public final void name(String newName) {
        this.name = newName;
    }

    /// Its inputs, in order of declaration.
    public final ImmutableList<Input<?>> inputs() {
        return ImmutableList.copyOf(inputs);
    }

    /// Its outputs, in order of declaration.
    public final ImmutableList<Out<?>> outputs() {
        return ImmutableList.copyOf(outputs);
    }

    /// Its parameters, in order of declaration.
    public final ImmutableList<Parameter<?>> parameters() {
        return ImmutableList.copyOf(parameters);
    }

    /// A node equals itself only.
    @Override
    public final boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public final int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public final String toString() {
        return name;
    }
}
