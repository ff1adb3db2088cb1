#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes ../capillary.onnx, the network of ../saved_model for engines that read ONNX.

    venv/bin/pip install tf2onnx==1.17.0 onnx==1.17.0 onnxruntime==1.22.1     # beside requirements.txt
    venv/bin/python to_onnx.py

Run it after train.py; it writes the file's name and hash into ../model.properties. Weights are copied and not trained anew: both files must give the same scores to 1e-5, which is checked at the end.
"""
import os
import pathlib
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
import numpy as np
import onnxruntime
import tensorflow as tf

FOLDER = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(FOLDER.parent))
import onnx_export

INPUT, OUTPUT = "crops", "scores"
TOLERANCE = 1e-5


def frozen():
    """The graph of the SavedModel, with the names of its tensors."""
    served = tf.saved_model.load(str(FOLDER / "saved_model")).signatures["serving_default"]
    graph = served.graph.as_graph_def()
    inputs = {INPUT: next(t.name for t in served.inputs if t.dtype == tf.float32)}
    return served, graph, inputs, {OUTPUT: served.outputs[0].name}


def main():
    served, graph, inputs, outputs = frozen()
    file = FOLDER / "capillary.onnx"
    model = onnx_export.convert(graph, inputs, outputs, "capillary")
    file.write_bytes(model.SerializeToString(deterministic=True))
    crops = np.random.default_rng(1).random((64, 50, 50, 3), dtype=np.float32)
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    scores = session.run([OUTPUT], {INPUT: crops})[0]
    truth = served(**{INPUT: tf.constant(crops)})[OUTPUT].numpy()
    worst = float(np.abs(scores - truth).max())
    print(f"{file.name}: {file.stat().st_size} bytes, scores differ by {worst:.2e} at most")
    if worst > TOLERANCE:
        raise SystemExit("the two networks differ")
    onnx_export.describe(file)


if __name__ == "__main__":
    main()
