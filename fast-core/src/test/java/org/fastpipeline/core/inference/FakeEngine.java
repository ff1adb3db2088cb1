// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;

/// An engine whose network has `x` (N, 2) and gives `y` = 2 x; it records what is done with it.
record FakeEngine(
        String name, Availability probe, List<String> events, Runnable onLoad, Runnable onRun, Runnable onClose)
        implements InferenceEngine {
    static final TensorSpec PAIRS = TensorSpec.of("NC", ElementType.F32, TensorSpec.UNKNOWN, 2);

    static FakeEngine of(String name, ModelFormat... formats) {
        return new FakeEngine(
                name,
                new Availability.Available("1", ImmutableSet.copyOf(formats), ImmutableList.of("CPU")),
                new ArrayList<>(),
                () -> {},
                () -> {},
                () -> {});
    }

    FakeEngine loading(Runnable action) {
        return new FakeEngine(name, probe, events, action, onRun, onClose);
    }

    FakeEngine running(Runnable action) {
        return new FakeEngine(name, probe, events, onLoad, action, onClose);
    }

    /// Sessions and models do `action` once they are closed.
    FakeEngine closing(Runnable action) {
        return new FakeEngine(name, probe, events, onLoad, onRun, action);
    }

    private void record(String event) {
        synchronized (events) {
            events.add(event);
        }
    }

    @Override
    public Model load(ModelSource source, EngineOptions options) {
        record("load");
        onLoad.run();
        return new Model() {
            @Override
            public ImmutableList<Port> inputs() {
                return ImmutableList.of(new Port("x", PAIRS));
            }

            @Override
            public ImmutableList<Port> outputs() {
                return ImmutableList.of(new Port("y", PAIRS));
            }

            @Override
            public Session openSession() {
                record("open");
                return new Doubling();
            }

            @Override
            public void close() {
                record("close model");
                onClose.run();
            }
        };
    }

    private final class Doubling implements Session {
        @Override
        public List<Tensor> run(List<Tensor> inputs, BiFunction<Integer, TensorSpec, Tensor> memory) {
            onRun.run();
            Tensor input = inputs.getFirst();
            Tensor output = memory.apply(0, input.spec());
            for (long i = 0; i < input.spec().elements(); i++) {
                output.writableElements().setAtIndex(ValueLayout.JAVA_FLOAT, i, 2 * input.floatAt(i));
            }
            return List.of(output);
        }

        @Override
        public void close() {
            record("close session");
            onClose.run();
        }
    }
}
