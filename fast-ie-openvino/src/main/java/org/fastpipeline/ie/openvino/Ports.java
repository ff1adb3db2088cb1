// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableLongArray;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.ie.openvino.binding.OpenVino;

/// Finds the inputs or the outputs of a model that its source names.
///
/// A port of OpenVINO has any number of names. It goes by the one that the source says, else by one that OpenVINO
/// chooses; a port without names is called `input0` or `output0` here, after its place.
///
/// @param kind `input` or `output`
/// @param ov the functions
/// @param source the model, with what is known of its ports
/// @param model the model as it was read
/// @param ends names to prefer to those that OpenVINO chooses, by these
record Ports(String kind, OpenVino ov, ModelSource source, MemorySegment model, ImmutableMap<String, String> ends) {
    private static final String INPUT = "input";

    static Ports inputs(OpenVino ov, ModelSource source, MemorySegment model) {
        return new Ports(INPUT, ov, source, model, ImmutableMap.of());
    }

    static Ports outputs(OpenVino ov, ModelSource source, MemorySegment model) {
        ImmutableMap<String, String> ends =
                source.format() == ModelFormat.FROZEN_GRAPH ? ends(ov, source, model) : ImmutableMap.of();
        return new Ports("output", ov, source, model, ends);
    }

    /// A frozen graph declares no outputs: they are the operations that no other uses. OpenVINO leaves out such as only
    /// pass a value on, and may call the output by the operation before.
    private static ImmutableMap<String, String> ends(OpenVino ov, ModelSource source, MemorySegment model) {
        ImmutableMap.Builder<String, String> ends = ImmutableMap.builder();
        try (Arena scratch = Arena.ofConfined()) {
            for (String end : FrozenGraph.ends(source)) {
                try {
                    ends.put(ov.nodes().name(ov.models().output(model, end + ":0", scratch)), end);
                } catch (EngineException noOutput) {
                    // it gives nothing, or goes by the name that OpenVINO chose
                }
            }
        }
        return ends.buildKeepingLast();
    }

    /// A port that was chosen.
    ///
    /// @param name what it goes by
    /// @param index which of the model's it is
    record Chosen(String name, int index) {}

    private boolean isInput() {
        return kind.equals(INPUT);
    }

    /// The ports that the source names, in its order, else all by name.
    ///
    /// @throws ModelException if one is not there, or an input is left out, which would then be read as zeros
    ImmutableList<Chosen> choose() {
        List<String> names = names();
        ImmutableList<String> wanted = isInput() ? source.inputs() : source.outputs();
        ImmutableList.Builder<Chosen> builder = ImmutableList.builder();
        for (String name : wanted.isEmpty() ? names.stream().sorted().toList() : wanted) {
            builder.add(new Chosen(name, index(name, names)));
        }
        ImmutableList<Chosen> chosen = builder.build();
        if (isInput() && chosen.stream().mapToInt(Chosen::index).distinct().count() != names.size()) {
            throw failure("met the inputs " + wanted + "; needed all of " + names + ", once each", "Name all inputs");
        }
        return chosen;
    }

    private List<String> names() {
        long count = isInput() ? ov.models().inputs(model) : ov.models().outputs(model);
        List<String> names = new ArrayList<>();
        try (Arena scratch = Arena.ofConfined()) {
            for (int i = 0; i < count; i++) {
                names.add(name(at(i, scratch), i));
            }
        }
        return names;
    }

    private MemorySegment at(int index, Arena arena) {
        return isInput() ? ov.models().input(model, index, arena) : ov.models().output(model, index, arena);
    }

    /// In TensorFlow's graphs `x:0` is the first result of the operation `x`, and `x` means the same.
    private boolean isTensorFlow() {
        return source.format() == ModelFormat.FROZEN_GRAPH || source.format() == ModelFormat.SAVED_MODEL;
    }

    private String name(MemorySegment port, int index) {
        try {
            String name = ov.nodes().name(port);
            return ends.getOrDefault(name, isTensorFlow() ? name.replaceFirst(":0$", "") : name);
        } catch (EngineException nameless) {
            return kind + index;
        }
    }

    private int index(String name, List<String> names) {
        int index = names.indexOf(name);
        if (index >= 0) {
            return index;
        }
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment port = isInput()
                    ? ov.models().input(model, name, scratch)
                    : ov.models().output(model, name, scratch);
            return names.indexOf(name(port, -1));
        } catch (EngineException unknown) {
            throw failure("has no " + kind + " '" + name + "'; it has " + names, "Correct the name");
        }
    }

    /// Sizes of a port as the model was read or reshaped.
    ImmutableLongArray sizes(Chosen chosen) {
        try (Arena scratch = Arena.ofConfined()) {
            return sizes(chosen.name(), at(chosen.index(), scratch));
        }
    }

    private ImmutableLongArray sizes(String name, MemorySegment port) {
        return ov.nodes().sizes(port).orElseGet(() -> {
            TensorSpec known = source.shapes().get(name);
            if (known == null) {
                throw failure(
                        kind + " '" + name + "' has an unknown number of dimensions; needed a known one",
                        "Give its shape in ModelSource.shapes");
            }
            return known.sizes();
        });
    }

    /// A port as callers know it.
    Model.Port describe(Chosen chosen) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment port = at(chosen.index(), scratch);
            int number = ov.nodes().type(port);
            ElementType type = Elements.type(number)
                    .orElseThrow(() -> failure(
                            kind + " '" + chosen.name() + "' has elements of OpenVINO's type " + number
                                    + "; needed whole or floating-point numbers that a tensor can have",
                            "Export the model with another type"));
            return source.port(chosen.name(), type, sizes(chosen.name(), port));
        }
    }

    private ModelException failure(String problem, String remedy) {
        return new ModelException(source.name(), problem, remedy, null);
    }
}
