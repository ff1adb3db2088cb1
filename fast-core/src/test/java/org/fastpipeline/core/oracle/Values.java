// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.oracle;

import java.lang.foreign.ValueLayout;
import java.util.List;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Step;

/// Numbers as tensors, so that every value that flows through a test graph is leased memory.
final class Values {
    private static final TensorSpec SPEC = TensorSpec.of("C", ElementType.I64, 2);

    private Values() {}

    static Tensor of(long value, Step step) {
        Tensor tensor = Tensor.allocate(SPEC, step.memory());
        tensor.writableElements().setAtIndex(ValueLayout.JAVA_LONG, 0, value);
        tensor.writableElements().setAtIndex(ValueLayout.JAVA_LONG, 1, ~value);
        return tensor;
    }

    static long of(Tensor tensor) {
        long value = tensor.elements().getAtIndex(ValueLayout.JAVA_LONG, 0);
        if (tensor.elements().getAtIndex(ValueLayout.JAVA_LONG, 1) != ~value) {
            throw new IllegalStateException("torn value");
        }
        return value;
    }

    /// Mixes numbers so that the result depends on their order.
    static long mix(long seed, List<Long> values) {
        long hash = seed;
        for (long value : values) {
            hash = (hash ^ value) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    /// Metadata in a fixed order.
    static String text(Metadata metadata) {
        return metadata.entries().entrySet().stream()
                .map(entry -> entry.getKey().name() + "=" + entry.getValue())
                .sorted()
                .toList()
                .toString();
    }

    static String text(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Value<?>(Tensor tensor) -> Long.toHexString(of(tensor));
            case Outcome.Value<?>(Object value) -> value.toString();
            case Outcome.Skipped<?> _ -> "skipped";
            case Outcome.Failed<?>(var cause) -> "failed(" + cause.getMessage() + ")";
        };
    }
}
