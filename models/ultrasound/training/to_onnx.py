#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes ../ultrasound.onnx, the network of ../ultrasound.pb for engines that read ONNX.

    venv/bin/pip install tf2onnx==1.17.0 onnx==1.17.0 onnxruntime==1.22.1     # beside requirements.txt
    venv/bin/python to_onnx.py [--folder ..]

Run it after train.py; it writes the file's name and hash into model.properties. Weights are copied and not trained
anew: both files must say the same of an image to 1e-4, which is checked at the end.
"""
import argparse
import os
import pathlib
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
import numpy as np
import onnxruntime
import tensorflow as tf

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
import onnx_export

INPUT, OUTPUT = "image", "labels"
TOLERANCE = 1e-4


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--folder", type=pathlib.Path, default=HERE.parent)
    folder = p.parse_args().folder
    graph = tf.compat.v1.GraphDef.FromString((folder / "ultrasound.pb").read_bytes())
    file = folder / "ultrasound.onnx"
    model = onnx_export.convert(graph, {INPUT: INPUT + ":0"}, {OUTPUT: OUTPUT + ":0"}, "ultrasound")
    file.write_bytes(model.SerializeToString(deterministic=True))
    image = np.random.default_rng(1).random((1, 256, 256, 1), dtype=np.float32)
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    said = session.run([OUTPUT], {INPUT: image})[0]
    with tf.Graph().as_default() as g, tf.compat.v1.Session(graph=g) as original:
        tf.import_graph_def(graph, name="")
        truth = original.run(OUTPUT + ":0", {INPUT + ":0": image})
    worst = float(np.abs(said - truth).max())
    print(f"{file.name}: {file.stat().st_size} bytes, values differ by {worst:.2e} at most")
    if worst > TOLERANCE:
        raise SystemExit("the two networks differ")
    onnx_export.describe(file)


if __name__ == "__main__":
    main()
