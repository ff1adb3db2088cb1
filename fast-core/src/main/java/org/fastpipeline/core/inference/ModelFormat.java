// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.fastpipeline.core.error.ModelException;

/// How a model is stored.
public enum ModelFormat {
    /// A TensorFlow SavedModel folder.
    SAVED_MODEL("SavedModel", "", "a folder with a " + ModelFormat.GRAPH_OF_FOLDER),
    /// A TensorFlow graph with constants for weights, one `.pb` file.
    FROZEN_GRAPH("frozen graph", ".pb", "*.pb"),
    /// ONNX, an `.onnx` file, with its weights in it or in files beside it that it names.
    ONNX("ONNX", ".onnx", "*.onnx"),
    /// OpenVINO's `.xml`, with its weights in a `.bin` of the same name beside it.
    OPENVINO_IR("OpenVINO IR", ".xml", "*.xml"),
    /// TensorFlow Lite, one `.tflite` file.
    TFLITE("TensorFlow Lite", ".tflite", "*.tflite");

    private static final String GRAPH_OF_FOLDER = "saved_model.pb";

    private final String name;
    private final String ending;
    private final String pattern;

    ModelFormat(String name, String ending, String pattern) {
        this.name = name;
        this.ending = ending;
        this.pattern = pattern;
    }

    /// The format of a file, by the ending of its name, or of a folder, by what is in it.
    ///
    /// @throws ModelException if there is no such file, or it is of no known format; all formats are listed
    public static ModelFormat of(Path model) {
        if (Files.isDirectory(model)) {
            if (Files.exists(model.resolve(GRAPH_OF_FOLDER))) {
                return SAVED_MODEL;
            }
            throw unknown(model, "the folder has neither model.properties nor " + GRAPH_OF_FOLDER);
        }
        if (!Files.exists(model)) {
            throw new ModelException(model.toString(), "there is no such file or folder", "Correct the path", null);
        }
        String name = String.valueOf(model.getFileName()).toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> !format.ending.isEmpty() && name.endsWith(format.ending))
                .findFirst()
                .orElseThrow(() -> unknown(model, "its name says no format of a model"));
    }

    private static ModelException unknown(Path model, String met) {
        return new ModelException(
                model.toString(),
                met + "; needed a folder with model.properties, or "
                        + Arrays.stream(values())
                                .map(format -> format.pattern + " (" + format + ")")
                                .collect(Collectors.joining(", ")),
                "Give the model's own file or folder, or name it as its format is",
                null);
    }

    /// The name of the format in a `model.properties`, such as `saved_model`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What people call the format, as in `OpenVINO IR`.
    @Override
    public String toString() {
        return name;
    }
}
