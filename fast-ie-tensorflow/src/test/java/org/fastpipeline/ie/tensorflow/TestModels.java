// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.tensorflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;
import org.tensorflow.Graph;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.SessionFunction;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/// Small networks, made when a test needs them.
final class TestModels {
    /// Weights of [#dense], input by output.
    static final float[][] WEIGHTS = {{1, 2}, {3, 4}, {5, 6}};

    /// Biases of [#dense].
    static final float[] BIASES = {0.5f, -0.5f};

    private static final int SIDE = 3;

    private TestModels() {}

    private static Placeholder<TFloat32> input(Ops tf, String name, long... sizes) {
        return tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(Shape.of(sizes)));
    }

    private static ModelSource frozen(Path file, Consumer<Ops> build) throws IOException {
        try (Graph graph = new Graph()) {
            build.accept(Ops.create(graph));
            Files.write(file, graph.toGraphDef().toByteArray());
        }
        return ModelSource.of(file, ModelFormat.FROZEN_GRAPH);
    }

    private static ModelSource saved(Path folder, Function<Ops, Signature> build) throws IOException {
        try (Graph graph = new Graph();
                Session session = new Session(graph)) {
            Signature signature = build.apply(Ops.create(graph));
            SavedModelBundle.exporter(folder.toString())
                    .withTags("serve")
                    .withFunction(SessionFunction.create(signature, session))
                    .export();
        }
        return ModelSource.of(folder, ModelFormat.SAVED_MODEL);
    }

    /// x (N, 3) to y (N, 2) = x WEIGHTS + BIASES, a frozen graph.
    static ModelSource dense(Path folder) throws IOException {
        return frozen(folder.resolve("dense.pb"), tf -> {
            Placeholder<TFloat32> x = input(tf, "x", -1, 3);
            var product = tf.linalg.matMul(x, tf.constant(WEIGHTS));
            tf.withName("y").math.add(product, tf.constant(BIASES));
        });
    }

    /// image (N, 16, 16, 2) through a 3 x 3 convolution with 8 filters, ReLU, mean and softmax to scores (N, 8).
    static ModelSource convolution(Path folder) throws IOException {
        return saved(folder.resolve("convolution"), tf -> {
            Placeholder<TFloat32> image = input(tf, "picture", -1, 16, 16, 2);
            var filters = tf.constant(StdArrays.ndCopyOf(filters()));
            var features = tf.nn.relu(tf.nn.conv2d(image, filters, List.of(1L, 1L, 1L, 1L), "SAME"));
            var means = tf.math.mean(features, tf.constant(new int[] {1, 2}));
            return Signature.builder()
                    .input("image", image)
                    .output("scores", tf.nn.softmax(means))
                    .build();
        });
    }

    /// The weights of [#convolution]: row, column, input channel, filter.
    static float[][][][] filters() {
        float[][][][] filters = new float[SIDE][SIDE][2][8];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                for (int c = 0; c < 2; c++) {
                    for (int f = 0; f < 8; f++) {
                        filters[y][x][c][f] = (float) Math.sin(1 + y + 3 * x + 7 * c + 11 * f);
                    }
                }
            }
        }
        return filters;
    }

    /// b and a (N, 2) to sum = a + b and difference = a - b.
    static ModelSource twoByTwo(Path folder) throws IOException {
        return saved(folder.resolve("two"), tf -> {
            Placeholder<TFloat32> b = input(tf, "second", -1, 2);
            Placeholder<TFloat32> a = input(tf, "first", -1, 2);
            return Signature.builder()
                    .input("b", b)
                    .input("a", a)
                    .output("sum", tf.withName("added").math.add(a, b))
                    .output("difference", tf.math.sub(a, b))
                    .build();
        });
    }

    /// x of unknown shape to y = x.
    static ModelSource unknownShape(Path folder) throws IOException {
        return frozen(folder.resolve("unknown.pb"), tf -> {
            Placeholder<TFloat32> x = tf.withName("x").placeholder(TFloat32.class);
            tf.withName("y").identity(x);
        });
    }

    /// text to text.
    static ModelSource text(Path folder) throws IOException {
        return frozen(folder.resolve("text.pb"), tf -> {
            Placeholder<TString> x = tf.withName("x").placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
            tf.withName("y").identity(x);
        });
    }

    /// x (N, 3), which must be finite, to y = x.
    static ModelSource failing(Path folder) throws IOException {
        return frozen(folder.resolve("failing.pb"), tf -> {
            Placeholder<TFloat32> x = input(tf, "x", -1, 3);
            tf.withName("y").debugging.checkNumerics(x, "met a value that is not finite");
        });
    }
}
