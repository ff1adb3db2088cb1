// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.onnxruntime;

import com.google.common.collect.ImmutableList;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;

/// Writes ONNX files with one operation, by the numbers that `onnx.proto` gives to fields and types.
final class OnnxFile {
    static final int FLOAT = 1;
    static final int UINT16 = 4;
    static final int INT64 = 7;
    static final int FLOAT16 = 10;
    private static final int MORE = 0x80;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private OnnxFile() {}

    /// An input or output; sizes are numbers or names, none at all if `sizes` is.
    record Port(String name, int type, ImmutableList<Object> sizes) {
        Port(String name, int type, Object... sizes) {
            this(name, type, ImmutableList.copyOf(sizes));
        }

        private OnnxFile print() {
            OnnxFile shape = new OnnxFile();
            for (Object size : sizes) {
                OnnxFile dimension = new OnnxFile();
                shape.put(1, size instanceof Integer number ? dimension.put(1, number) : dimension.put(2, "" + size));
            }
            OnnxFile tensor = new OnnxFile().put(1, type);
            OnnxFile known = sizes.isEmpty() ? tensor : tensor.put(2, shape);
            return new OnnxFile().put(1, name).put(2, new OnnxFile().put(1, known));
        }
    }

    /// Writes a model in which `operation` makes the output of the inputs.
    static ModelSource write(Path file, String operation, List<Port> inputs, Port output) throws IOException {
        OnnxFile node = new OnnxFile();
        inputs.forEach(input -> node.put(1, input.name()));
        node.put(2, output.name()).put(4, operation);
        OnnxFile graph = new OnnxFile().put(1, node).put(2, "graph");
        inputs.forEach(input -> graph.put(11, input.print()));
        graph.put(12, output.print());
        OnnxFile model = new OnnxFile().put(1, 8).put(7, graph).put(8, new OnnxFile().put(2, 17));
        Files.write(file, model.bytes.toByteArray());
        return ModelSource.of(file, ModelFormat.ONNX);
    }

    private OnnxFile put(int field, int value) {
        number(field << 3);
        number(value);
        return this;
    }

    private OnnxFile put(int field, String text) {
        return put(field, text.getBytes(StandardCharsets.UTF_8));
    }

    private OnnxFile put(int field, OnnxFile message) {
        return put(field, message.bytes.toByteArray());
    }

    private OnnxFile put(int field, byte[] content) {
        number((field << 3) | 2);
        number(content.length);
        bytes.writeBytes(content);
        return this;
    }

    private void number(int value) {
        int left = value;
        while (left >= MORE) {
            bytes.write((left & (MORE - 1)) | MORE);
            left >>>= 7;
        }
        bytes.write(left);
    }
}
