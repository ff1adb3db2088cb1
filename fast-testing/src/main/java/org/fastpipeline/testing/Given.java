// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.fastpipeline.core.data.Key;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Input;
import org.fastpipeline.core.graph.Ins;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.ProcessObject;
import org.fastpipeline.core.memory.Leased;

/// What a test gives to a node: outcomes on inputs, values of parameters, metadata.
final class Given {
    private final ProcessObject node;
    private final Map<Input<?>, List<Outcome<?>>> outcomes = new HashMap<>();
    private final Map<Parameter<?>, Object> parameters = new HashMap<>();
    private Metadata metadata = Metadata.EMPTY;

    Given(ProcessObject node) {
        this.node = node;
    }

    <T> void put(In<T> in, Outcome<T> outcome) {
        checkOwn(in, in.owner());
        if (!(outcome instanceof Outcome.Value<T>) && in.need() != Input.Need.OUTCOME) {
            throw new WrongUseException(
                    in.toString(),
                    "met " + outcome + "; needed a value, for without one a pipeline passes the node over",
                    "Declare the port with outcome(...) or give a value");
        }
        publish(outcome);
        outcomes.put(in, List.of(outcome));
    }

    <T> void put(Ins<T> in, List<? extends T> values) {
        checkOwn(in, in.owner());
        List<Outcome<?>> all = new ArrayList<>();
        for (T value : values) {
            Outcome<T> outcome = new Outcome.Value<>(value);
            publish(outcome);
            all.add(outcome);
        }
        outcomes.put(in, all);
    }

    <T> void put(Parameter<T> parameter, T value) {
        checkOwn(parameter, parameter.owner());
        parameters.put(parameter, parameter.to(value).value());
    }

    <T> void put(Key<T> key, T value) {
        metadata = metadata.with(key, value);
    }

    /// What was given on `input`; empty if nothing was.
    List<Outcome<?>> outcomes(Input<?> input) {
        checkOwn(input, input.owner());
        return outcomes.getOrDefault(input, List.of());
    }

    <T> T value(Parameter<T> parameter) {
        checkOwn(parameter, parameter.owner());
        Object value = parameters.get(parameter);
        return value == null
                ? parameter.value()
                : parameter.declaration().type().cast(value);
    }

    Metadata metadata() {
        return metadata;
    }

    /// Fails if an input that must be connected was given nothing.
    ///
    /// @param streams whether an input gets a stream instead
    void check(Predicate<Input<?>> streams) {
        for (Input<?> input : node.inputs()) {
            if (input.need() != Input.Need.OPTIONAL && !outcomes.containsKey(input) && !streams.test(input)) {
                throw new WrongUseException(
                        input.toString(), "met no value; needed one", "Give it: with(node." + input.name() + ", ...)");
            }
        }
    }

    private void checkOwn(Object what, ProcessObject owner) {
        if (!owner.equals(node)) {
            throw new WrongUseException(
                    what.toString(),
                    "met a port or parameter of " + owner.name() + "; needed one of " + node.name() + ", which runs",
                    "Use the fields of the node that runs");
        }
    }

    static void publish(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Value<?>(Leased<?> payload)) {
            payload.publish();
        }
    }
}
