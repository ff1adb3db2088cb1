# SPDX-License-Identifier: Apache-2.0
"""What the scripts share that write a network of TensorFlow as ONNX, the same bytes at each run."""
import hashlib

import onnx
import tf2onnx

OPSET = 17


def convert(graph, inputs, outputs, name):
    """A graph of constants as ONNX.

    inputs and outputs give each port's tensor in the graph. Where the graph takes any number of items, so does this.
    """
    model, _ = tf2onnx.convert.from_graph_def(
        graph,
        input_names=list(inputs.values()),
        output_names=list(outputs.values()),
        opset=OPSET,
    )
    rename_all(model.graph, {tensor: port for port, tensor in (inputs | outputs).items()})
    for port in [*model.graph.input, *model.graph.output]:
        first = port.type.tensor_type.shape.dim[0]
        if first.dim_value < 1:
            first.dim_param = "N"
    model.graph.name = name
    del model.graph.value_info[:]
    onnx.checker.check_model(model, full_check=True)
    return model


def rename_all(graph, names):
    """Numbers tensors and nodes by first use: the converter's own names differ from run to run."""
    rename = lambda name: names.setdefault(name, f"t{len(names)}")
    for number, node in enumerate(graph.node):
        node.name = f"{node.op_type}{number}"
        node.input[:] = [rename(name) for name in node.input]
        node.output[:] = [rename(name) for name in node.output]
    for tensor in [*graph.initializer, *graph.input, *graph.output]:
        tensor.name = rename(tensor.name)
    weights = sorted(graph.initializer, key=lambda tensor: int(tensor.name[1:]))
    del graph.initializer[:]
    graph.initializer.extend(weights)


def describe(file):
    """Enters the file's name and hash in the model.properties beside it."""
    properties = file.parent / "model.properties"
    kept = [line for line in properties.read_text("utf-8").splitlines() if not line.startswith("onnx.")]
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    lines = [*kept, f"onnx.path={file.name}", f"onnx.sha256={digest}"]
    properties.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")
