#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes ../capillary.onnx, the network of ../saved_model for engines that read ONNX.

    venv/bin/pip install tf2onnx==1.17.0 onnx==1.17.0 onnxruntime==1.22.1     # beside requirements.txt
    venv/bin/python to_onnx.py

Run it after train.py; it writes the file's name and hash into ../model.properties. Weights are copied and not trained anew: both files must give the same scores to 1e-5, which is checked at the end.
"""
import hashlib
import os
import pathlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
import numpy as np
import onnx
import onnxruntime
import tensorflow as tf
import tf2onnx

FOLDER = pathlib.Path(__file__).resolve().parent.parent
OPSET = 17
INPUT, OUTPUT = "crops", "scores"
TOLERANCE = 1e-5


def frozen():
    """The graph of the SavedModel, with the names of its tensors."""
    served = tf.saved_model.load(str(FOLDER / "saved_model")).signatures["serving_default"]
    graph = served.graph.as_graph_def()
    inputs = {INPUT: next(t.name for t in served.inputs if t.dtype == tf.float32)}
    return served, graph, inputs, {OUTPUT: served.outputs[0].name}


def convert(graph, inputs, outputs):
    model, _ = tf2onnx.convert.from_graph_def(
        graph,
        input_names=list(inputs.values()),
        output_names=list(outputs.values()),
        opset=OPSET,
    )
    rename_all(model.graph, {tensor: port for port, tensor in (inputs | outputs).items()})
    for port in [*model.graph.input, *model.graph.output]:
        port.type.tensor_type.shape.dim[0].dim_param = "N"
    model.graph.name = "capillary"
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


def main():
    served, graph, inputs, outputs = frozen()
    file = FOLDER / "capillary.onnx"
    file.write_bytes(convert(graph, inputs, outputs).SerializeToString(deterministic=True))
    crops = np.random.default_rng(1).random((64, 50, 50, 3), dtype=np.float32)
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    scores = session.run([OUTPUT], {INPUT: crops})[0]
    truth = served(**{INPUT: tf.constant(crops)})[OUTPUT].numpy()
    worst = float(np.abs(scores - truth).max())
    print(f"{file.name}: {file.stat().st_size} bytes, scores differ by {worst:.2e} at most")
    if worst > TOLERANCE:
        raise SystemExit("the two networks differ")
    describe(file)


def describe(file):
    """The file's name and hash in the model's description."""
    properties = FOLDER / "model.properties"
    kept = [line for line in properties.read_text("utf-8").splitlines() if not line.startswith("onnx.")]
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    lines = [*kept, f"onnx.path={file.name}", f"onnx.sha256={digest}"]
    properties.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")


if __name__ == "__main__":
    main()
