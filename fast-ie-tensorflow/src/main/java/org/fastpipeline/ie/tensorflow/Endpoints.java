// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.tensorflow;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.primitives.ImmutableLongArray;
import com.google.common.primitives.Ints;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.SizeTPointer;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.inference.ModelSource;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Operation;
import org.tensorflow.internal.c_api.TF_Output;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;

/// Finds inputs and outputs in a graph, by the names that a signature or the graph itself gives them.
///
/// @param source the model, with what is known of its ports
/// @param graph the graph
/// @param status where calls leave their errors
record Endpoints(ModelSource source, TF_Graph graph, TF_Status status) {
    private static final String PLACEHOLDER = "Placeholder";

    /// The endpoints called `names`, in that order, or all that are declared.
    ///
    /// @param kind `input` or `output`, for errors
    /// @param names names in the signature or, as `operation` or `operation:index`, in the graph
    /// @param declared the signature
    /// @throws ModelException if one is not there, or cannot be used
    ImmutableList<Endpoint> find(String kind, ImmutableList<String> names, Map<String, Signature.Info> declared) {
        ImmutableList.Builder<Endpoint> found = ImmutableList.builder();
        for (String name : names.isEmpty() ? ImmutableList.copyOf(declared.keySet()) : names) {
            Signature.Info info = declared.getOrDefault(name, new Signature.Info(name, Optional.empty()));
            found.add(endpoint(kind, name, info, declared));
        }
        ImmutableList<Endpoint> all = found.build();
        if (all.isEmpty()) {
            throw failure("has no " + kind, "Choose " + kind + "s by their names in the graph");
        }
        return all;
    }

    private Endpoint endpoint(String kind, String name, Signature.Info info, Map<String, Signature.Info> declared) {
        int colon = info.tensor().lastIndexOf(':');
        Integer suffix = colon < 0 ? null : Ints.tryParse(info.tensor().substring(colon + 1));
        String operationName = suffix == null ? info.tensor() : info.tensor().substring(0, colon);
        int index = suffix == null ? 0 : suffix;
        TF_Operation operation = tensorflow.TF_GraphOperationByName(graph, operationName);
        if (operation == null || index < 0 || index >= tensorflow.TF_OperationNumOutputs(operation)) {
            throw failure(
                    "has no " + kind + " '" + name + "'; it has "
                            + (declared.isEmpty() ? "other names in its graph" : declared.keySet()),
                    "Correct the name");
        }
        try (TF_Output output = new TF_Output()) {
            output.oper(operation).index(index);
            int number = tensorflow.TF_OperationOutputType(output);
            ElementType type = Elements.type(number)
                    .orElseThrow(() -> failure(
                            kind + " '" + name + "' has elements of TensorFlow's type " + number
                                    + "; needed whole or floating-point numbers",
                            "Choose another " + kind + ", or export the model with another type"));
            return new Endpoint(source.port(name, type, sizes(kind, name, info, output)), operation, index);
        }
    }

    /// The declared sizes, else the graph's, else those that the caller knows.
    private ImmutableLongArray sizes(String kind, String name, Signature.Info info, TF_Output output) {
        if (info.sizes().isPresent()) {
            return info.sizes().get();
        }
        int rank = tensorflow.TF_GraphGetTensorNumDims(graph, output, status);
        if (rank >= 0) {
            long[] sizes = new long[rank];
            tensorflow.TF_GraphGetTensorShape(graph, output, sizes, rank, status);
            return ImmutableLongArray.copyOf(sizes);
        }
        TensorSpec known = source.shapes().get(name);
        if (known == null) {
            throw failure(
                    kind + " '" + name + "' has an unknown number of dimensions; needed a known one",
                    "Give its shape in ModelSource.shapes");
        }
        return known.sizes();
    }

    /// What a graph without signature is fed with, by name in order.
    ImmutableMap<String, Signature.Info> placeholders() {
        ImmutableSortedMap.Builder<String, Signature.Info> found = ImmutableSortedMap.naturalOrder();
        each((operation, name) -> {
            if (type(operation).equals(PLACEHOLDER)) {
                found.put(name, new Signature.Info(name, Optional.empty()));
            }
        });
        return found.buildOrThrow();
    }

    /// What nothing else in the graph uses, by name in order.
    ImmutableMap<String, Signature.Info> results() {
        ImmutableSortedMap.Builder<String, Signature.Info> found = ImmutableSortedMap.naturalOrder();
        each((operation, name) -> {
            if (tensorflow.TF_OperationNumOutputs(operation) > 0 && !isUsed(operation) && !isInput(operation)) {
                found.put(name, new Signature.Info(name, Optional.empty()));
            }
        });
        return found.buildOrThrow();
    }

    private static String type(TF_Operation operation) {
        return tensorflow.TF_OperationOpType(operation).getString();
    }

    private static boolean isInput(TF_Operation operation) {
        return type(operation).equals(PLACEHOLDER) || type(operation).equals("Const");
    }

    private static boolean isUsed(TF_Operation operation) {
        try (TF_Output output = new TF_Output()) {
            output.oper(operation);
            for (int i = 0; i < tensorflow.TF_OperationNumOutputs(operation); i++) {
                if (tensorflow.TF_OperationOutputNumConsumers(output.index(i)) > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private interface Visitor {
        void visit(TF_Operation operation, String name);
    }

    private void each(Visitor visitor) {
        try (SizeTPointer position = new SizeTPointer(1)) {
            position.put(0);
            for (TF_Operation operation = tensorflow.TF_GraphNextOperation(graph, position);
                    operation != null;
                    operation = tensorflow.TF_GraphNextOperation(graph, position)) {
                visitor.visit(operation, tensorflow.TF_OperationName(operation).getString());
            }
        }
    }

    private ModelException failure(String problem, String remedy) {
        return new ModelException(source.name(), problem, remedy, null);
    }
}
