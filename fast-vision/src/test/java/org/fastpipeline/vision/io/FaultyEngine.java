// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.inference.Availability;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.core.inference.Model;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.core.inference.Session;

/// Computes how dark and how bright each image is; each of its calls can fail. What is closed stays closed even if
/// closing it fails.
final class FaultyEngine implements InferenceEngine {
    static final int SIDE = 8;
    private static final TensorSpec IMAGES = TensorSpec.of("NHWC", ElementType.F32, TensorSpec.UNKNOWN, SIDE, SIDE, 3);
    private static final TensorSpec SCORES = TensorSpec.of("NC", ElementType.F32, TensorSpec.UNKNOWN, 2);

    /// Models and sessions that are open now.
    final AtomicInteger open = new AtomicInteger();

    private final NthCall faults;

    /// What can fail.
    enum Call {
        LOAD,
        OPEN_SESSION,
        RUN,
        CLOSE_SESSION,
        CLOSE_MODEL
    }

    FaultyEngine(NthCall faults) {
        this.faults = faults;
    }

    @Override
    public String name() {
        return "faulty";
    }

    @Override
    public Availability probe() {
        return new Availability.Available("1", ImmutableSet.of(ModelFormat.ONNX), ImmutableList.of("CPU"));
    }

    @Override
    public Model load(ModelSource source, EngineOptions options) {
        faults.pass(Call.LOAD);
        open.incrementAndGet();
        return new Brightness();
    }

    private void close(Call how) {
        open.decrementAndGet();
        faults.pass(how);
    }

    private final class Brightness implements Model {
        @Override
        public ImmutableList<Port> inputs() {
            return ImmutableList.of(new Port("images", IMAGES));
        }

        @Override
        public ImmutableList<Port> outputs() {
            return ImmutableList.of(new Port("scores", SCORES));
        }

        @Override
        public Session openSession() {
            faults.pass(Call.OPEN_SESSION);
            open.incrementAndGet();
            return new Measuring();
        }

        @Override
        public void close() {
            FaultyEngine.this.close(Call.CLOSE_MODEL);
        }
    }

    private final class Measuring implements Session {
        @Override
        public List<Tensor> run(List<Tensor> inputs, BiFunction<Integer, TensorSpec, Tensor> memory) {
            Tensor images = inputs.getFirst();
            long items = images.spec().sizes().get(0);
            Tensor scores = memory.apply(0, SCORES.withFirst(items));
            faults.pass(Call.RUN);
            for (long i = 0; i < items; i++) {
                float bright = mean(images, i);
                scores.writableElements().setAtIndex(ValueLayout.JAVA_FLOAT, 2 * i, 1 - bright);
                scores.writableElements().setAtIndex(ValueLayout.JAVA_FLOAT, 2 * i + 1, bright);
            }
            return List.of(scores);
        }

        private static float mean(Tensor images, long item) {
            long size = SIDE * SIDE * 3;
            float sum = 0;
            for (long i = item * size; i < (item + 1) * size; i++) {
                sum += images.elements().getAtIndex(ValueLayout.JAVA_FLOAT, i);
            }
            return sum / size / 255;
        }

        @Override
        public void close() {
            FaultyEngine.this.close(Call.CLOSE_SESSION);
        }
    }
}
