# SPDX-License-Identifier: Apache-2.0
"""Writes the models of the engine conformance suite, their inputs and what they must give.

    python3.11 -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python make_models.py

Everything below src/main/resources/org/fastpipeline/testing/conformance is made anew, the same bytes each time. Each
file is run here before it is kept, on an engine that reads it, and must give the values of networks.py.
"""

import os

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1")

import pathlib
import shutil

import numpy as np
import onnx
import onnxruntime
import openvino
import tensorflow as tf
from onnx import TensorProto, helper, numpy_helper
from tensorflow.core.protobuf import saved_model_pb2

import networks as net
from networks import Weights

v1 = tf.compat.v1
TARGET = pathlib.Path(__file__).parent.parent / "src/main/resources/org/fastpipeline/testing/conformance"
TYPES = {
    "F32": (np.float32, TensorProto.FLOAT, tf.float32),
    "U8": (np.uint8, TensorProto.UINT8, tf.uint8),
}
TOLERANCE = 1e-5


class Port:
    """A named place of a network: letters of its axes, sizes (-1: open), element type.

    ONNX names open sizes after their axes, unless they are to be nameless: then nobody can tell them before the call.
    """

    def __init__(self, name, axes, sizes, element="F32", nameless=False):
        self.name, self.axes, self.sizes, self.nameless = name, axes, sizes, nameless
        self.dtype, self.onnx_type, self.tf_type = TYPES[element]
        self.element = element

    def onnx(self):
        open_size = lambda letter: None if self.nameless else letter
        sizes = [open_size(letter) if size < 0 else size for letter, size in zip(self.axes, self.sizes)]
        return helper.make_tensor_value_info(self.name, self.onnx_type, sizes)

    def tf(self):
        return v1.placeholder(self.tf_type, [None if s < 0 else s for s in self.sizes], name=self.name)


class Onnx:
    """Collects the nodes and constants of an ONNX graph."""

    def __init__(self):
        self.nodes, self.constants = [], []

    def add(self, operator, *inputs, name=None, **attributes):
        inputs = [i if isinstance(i, str) else self.constant(i) for i in inputs]
        output = name or f"v{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [output], **attributes))
        return output

    def constant(self, array):
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def model(self, name, inputs, outputs):
        graph = helper.make_graph(
            self.nodes, name, [p.onnx() for p in inputs], [p.onnx() for p in outputs], self.constants
        )
        model = helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 17)])
        onnx.checker.check_model(model, full_check=True)
        return model


class Case:
    """One network with the ways to write it down; inputs and outputs in the order in which the models declare them.

    truth(*inputs) gives the outputs in float64; onnx(graph, *names) and tf(*tensors) add the network to a graph.
    """

    def __init__(self, name, inputs, outputs, calls, truth, onnx, tf, lite=True):
        self.name, self.inputs, self.outputs, self.calls = name, inputs, outputs, calls
        self.truth, self.add_onnx, self.add_tf = truth, onnx, tf
        self.folder = TARGET / name
        self.has_lite = lite
        self.formats = []

    def write(self):
        self.folder.mkdir(parents=True)
        self.write_values()
        self.write_onnx()
        self.write_tensorflow()
        self.write_openvino()
        self.write_properties()

    def write_values(self):
        self.expected = []
        for number, inputs in enumerate(self.calls):
            outputs = self.truth(*inputs)
            self.expected.append(outputs)
            for port, array in zip(self.inputs + self.outputs, list(inputs) + list(outputs)):
                dtype = port.dtype if port in self.inputs else np.float64
                np.save(self.folder / f"{number}.{port.name}.npy", np.ascontiguousarray(array, dtype))

    def write_properties(self):
        lines = [f"calls={len(self.calls)}", f"formats={','.join(self.formats)}"]
        for kind, ports in (("inputs", self.inputs), ("outputs", self.outputs)):
            lines.append(f"{kind}={','.join(sorted(p.name for p in ports))}")
            lines += [f"{p.name}={p.axes} {p.element} {','.join(map(str, p.sizes))}" for p in ports]
        (self.folder / "case.properties").write_text("\n".join(lines) + "\n")

    def check(self, what, run):
        """Whether run(inputs by name) gives the truth; outputs come by name."""
        for inputs, expected in zip(self.calls, self.expected):
            given = run({p.name: i for p, i in zip(self.inputs, inputs)})
            for port, truth in zip(self.outputs, expected):
                np.testing.assert_allclose(
                    given[port.name], truth, TOLERANCE, TOLERANCE, err_msg=f"{self.name} {port.name} as {what}"
                )
        self.formats.append(what)

    def onnx_model(self):
        graph = Onnx()
        self.add_onnx(graph, *(p.name for p in self.inputs))
        return graph.model(self.name, self.inputs, self.outputs)

    def write_onnx(self):
        file = self.folder / "model.onnx"
        file.write_bytes(self.onnx_model().SerializeToString(deterministic=True))
        self.check_onnx(file)

    def check_onnx(self, file):
        session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
        names = [o.name for o in session.get_outputs()]
        self.check("onnx", lambda feed: dict(zip(names, session.run(names, feed))))

    def write_tensorflow(self):
        with tf.Graph().as_default() as graph, v1.Session() as session:
            inputs = [p.tf() for p in self.inputs]
            results = self.add_tf(*inputs)
            outputs = [tf.identity(r, name=p.name) for r, p in zip(results, self.outputs)]
            definition = graph.as_graph_def()
            (self.folder / "model.pb").write_bytes(definition.SerializeToString(deterministic=True))
            names = [p.name for p in self.outputs]
            run = lambda feed: dict(
                zip(names, session.run([f"{n}:0" for n in names], {f"{k}:0": v for k, v in feed.items()}))
            )
            self.check("frozen_graph", run)
            self.write_saved_model(definition, inputs, outputs)
            self.check("saved_model", run)
            if self.has_lite:
                self.write_lite(session, inputs, outputs)

    def write_saved_model(self, definition, inputs, outputs):
        saved = saved_model_pb2.SavedModel(saved_model_schema_version=1)
        meta = saved.meta_graphs.add()
        meta.meta_info_def.tags.append("serve")
        meta.graph_def.CopyFrom(definition)
        info = lambda ports, tensors: {
            p.name: v1.saved_model.utils.build_tensor_info(t) for p, t in zip(ports, tensors)
        }
        signature = v1.saved_model.signature_def_utils.build_signature_def(
            info(self.inputs, inputs), info(self.outputs, outputs), "tensorflow/serving/predict"
        )
        meta.signature_def["serving_default"].CopyFrom(signature)
        folder = self.folder / "saved_model"
        folder.mkdir()
        (folder / "saved_model.pb").write_bytes(saved.SerializeToString(deterministic=True))
        with tf.Graph().as_default(), v1.Session() as session:
            v1.saved_model.load(session, ["serve"], str(folder))

    def write_lite(self, session, inputs, outputs):
        model = v1.lite.TFLiteConverter.from_session(session, inputs, outputs).convert()
        file = self.folder / "model.tflite"
        file.write_bytes(model)
        self.check("tflite", lambda feed: self.lite(file, feed))

    @staticmethod
    def lite(file, feed):
        interpreter = tf.lite.Interpreter(str(file))
        places = {d["name"]: d["index"] for d in interpreter.get_input_details()}
        for name, array in feed.items():
            interpreter.resize_tensor_input(places[name], array.shape)
        interpreter.allocate_tensors()
        for name, array in feed.items():
            interpreter.set_tensor(places[name], array)
        interpreter.invoke()
        return {d["name"]: interpreter.get_tensor(d["index"]) for d in interpreter.get_output_details()}

    def write_openvino(self):
        model = openvino.convert_model(self.folder / "model.onnx")
        model.set_friendly_name(self.name)
        file = self.folder / "model.xml"
        openvino.save_model(model, file, compress_to_fp16=False)
        compiled = openvino.Core().compile_model(file, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
        self.check("openvino_ir", lambda feed: {k.any_name: v for k, v in compiled(feed).items()})


class BesideCase(Case):
    """A network whose weights lie in files of their own, beside the graph."""

    def __init__(self, *arguments, module):
        super().__init__(*arguments, None)
        self.module = module

    def write(self):
        self.folder.mkdir(parents=True)
        self.write_values()
        file = self.folder / "model.onnx"
        onnx.save_model(
            self.onnx_model(), file, save_as_external_data=True, location="weights.bin", size_threshold=0
        )
        self.check_onnx(file)
        folder = self.folder / "saved_model"
        module = self.module()
        tf.saved_model.save(module, str(folder), signatures=module.run)
        (folder / "fingerprint.pb").unlink()  # random, and not needed
        (folder / "assets").rmdir()
        loaded = tf.saved_model.load(str(folder)).signatures["serving_default"]
        self.check("saved_model", lambda feed: {k: v.numpy() for k, v in loaded(**feed).items()})
        self.write_properties()


def numbers(name, *shapes):
    weights = Weights(name + " values")
    return tuple(weights.generator.normal(size=shape).astype(np.float32) for shape in shapes)


def layers(graph, x, kernel, biases, channels_last):
    """An ONNX convolution of x, with ReLU; ONNX knows channel-first only."""
    space = kernel.ndim - 2
    first, last = [0, space + 1, *range(1, space + 1)], [0, *range(2, space + 2), 1]
    if channels_last:
        x = graph.add("Transpose", x, perm=first)
    weights = kernel.transpose(space + 1, space, *range(space))
    pads = [size // 2 for size in kernel.shape[:space]]
    x = graph.add("Relu", graph.add("Conv", x, weights, biases, pads=pads + pads))
    return x, last


def dense_case(name="dense", broken=False):
    w, b = Weights("dense").normal(3, 2), Weights("dense biases").normal(2)
    if broken:
        w[1, 0] = np.nan
    return (
        name,
        [Port("x", "NC", (-1, 3))],
        [Port("y", "NC", (-1, 2))],
        [numbers("dense", (1, 3)), numbers("dense more", (4, 3))],
        lambda x: [net.dense(x, w, b)],
        lambda g, x: g.add("Add", g.add("MatMul", x, w), b, name="y"),
        lambda x: [tf.matmul(x, w) + b],
    )


def dense_module():
    class Dense(tf.Module):
        def __init__(self):
            super().__init__()
            self.w = tf.Variable(Weights("dense").normal(3, 2))
            self.b = tf.Variable(Weights("dense biases").normal(2))

        @tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32, name="x")])
        def run(self, x):
            return {"y": tf.matmul(x, self.w) + self.b}

    return Dense()


def convolution_case(first):
    k, b = Weights("convolution").normal(3, 3, 3, 4), Weights("convolution biases").normal(4)

    def truth(x):
        y = net.pooled(net.relu(net.convolution(net.channels_last(x) if first else x, k, b)))
        return [net.channels_first(y) if first else y]

    def to_onnx(g, x):
        y, last = layers(g, x, k, b, not first)
        if first:
            g.add("MaxPool", y, name="features", kernel_shape=[2, 2], strides=[2, 2])
        else:
            g.add("Transpose", g.add("MaxPool", y, kernel_shape=[2, 2], strides=[2, 2]), name="features", perm=last)

    def to_tf(x):
        x = tf.transpose(x, [0, 2, 3, 1]) if first else x
        y = tf.nn.max_pool2d(tf.nn.relu(tf.nn.conv2d(x, k, 1, "SAME") + b), 2, 2, "VALID")
        return [tf.transpose(y, [0, 3, 1, 2]) if first else y]

    images = [numbers(f"convolution {n}", (n, 8, 9, 3))[0] for n in (1, 5, 2)]
    shapes = ((-1, 3, 8, 9), (-1, 4, 4, 4)) if first else ((-1, 8, 9, 3), (-1, 4, 4, 4))
    axes = "NCHW" if first else "NHWC"
    return Case(
        "channel_first" if first else "convolution",
        [Port("image", axes, shapes[0])],
        [Port("features", axes, shapes[1])],
        [(np.ascontiguousarray(net.channels_first(i)) if first else i,) for i in images],
        truth,
        to_onnx,
        to_tf,
    )


def open_sizes_case(first):
    k, b = Weights("open").normal(3, 3, 2, 3), Weights("open biases").normal(3)

    def truth(x):
        y = net.relu(net.convolution(net.channels_last(x) if first else x, k, b))
        return [net.channels_first(y) if first else y]

    def to_onnx(g, x):
        y, last = layers(g, x, k, b, not first)
        g.add("Identity", y, name="map") if first else g.add("Transpose", y, name="map", perm=last)

    def to_tf(x):
        y = tf.nn.relu(tf.nn.conv2d(tf.transpose(x, [0, 2, 3, 1]) if first else x, k, 1, "SAME") + b)
        return [tf.transpose(y, [0, 3, 1, 2]) if first else y]

    images = [numbers(f"open {s}", (*s, 2))[0] for s in ((1, 5, 7), (1, 12, 9), (2, 4, 4))]
    axes = "NCHW" if first else "NHWC"
    return Case(
        "open_sizes_channel_first" if first else "open_sizes",
        [Port("image", axes, (-1, 2, -1, -1) if first else (-1, -1, -1, 2))],
        [Port("map", axes, (-1, 3, -1, -1) if first else (-1, -1, -1, 3))],
        [(np.ascontiguousarray(net.channels_first(i)) if first else i,) for i in images],
        truth,
        to_onnx,
        to_tf,
    )


def volume_case():
    k, b = Weights("volume").normal(3, 3, 3, 1, 4), Weights("volume biases").normal(4)
    w, c = Weights("volume dense").normal(4, 10), Weights("volume dense biases").normal(10)

    def to_onnx(g, x):
        y, _ = layers(g, x, k, b, True)
        y = g.add("ReduceMean", y, axes=[2, 3, 4], keepdims=0)
        g.add("Softmax", g.add("Add", g.add("MatMul", y, w), c), name="scores", axis=1)

    return Case(
        "volume",
        [Port("volume", "NDHWC", (-1, 5, 6, 7, 1))],
        [Port("scores", "NC", (-1, 10))],
        [numbers("volume", (1, 5, 6, 7, 1)), numbers("volumes", (2, 5, 6, 7, 1))],
        lambda x: [net.softmax(net.dense(net.relu(net.convolution(x, k, b)).mean(axis=(1, 2, 3)), w, c))],
        to_onnx,
        lambda x: [
            tf.nn.softmax(
                tf.matmul(tf.reduce_mean(tf.nn.relu(tf.nn.conv3d(x, k, [1] * 5, "SAME") + b), [1, 2, 3]), w) + c
            )
        ],
    )


def two_inputs_case():
    v, w, b = Weights("two a").normal(3, 6), Weights("two b").normal(2, 6), Weights("two biases").normal(6)
    return Case(
        "two_inputs",
        [Port("second", "NC", (-1, 2)), Port("first", "NC", (-1, 3))],
        [Port("sum", "NC", (-1, 6))],
        [numbers("two", (1, 2), (1, 3)), numbers("two more", (2, 2), (2, 3))],
        lambda second, first: [net.dense(first, v, b) + net.dense(second, w, np.zeros(6))],
        lambda g, second, first: g.add(
            "Add", g.add("Add", g.add("MatMul", first, v), b), g.add("MatMul", second, w), name="sum"
        ),
        lambda second, first: [tf.matmul(first, v) + b + tf.matmul(second, w)],
    )


def two_outputs_case():
    k, b = Weights("outputs").normal(3, 3, 1, 6), Weights("outputs biases").normal(6)

    def to_onnx(g, x):
        y, _ = layers(g, x, k, b, True)
        y = g.add("ReduceMean", y, axes=[2, 3], keepdims=0)
        g.add("Sigmoid", y, name="right")
        g.add("Softmax", y, name="left", axis=1)

    def truth(x):
        y = net.relu(net.convolution(x, k, b)).mean(axis=(1, 2))
        return [net.sigmoid(y), net.softmax(y)]

    def to_tf(x):
        y = tf.reduce_mean(tf.nn.relu(tf.nn.conv2d(x, k, 1, "SAME") + b), [1, 2])
        return [tf.sigmoid(y), tf.nn.softmax(y)]

    return Case(
        "two_outputs",
        [Port("image", "NHWC", (-1, 6, 5, 1))],
        [Port("right", "NC", (-1, 6)), Port("left", "NC", (-1, 6), nameless=True)],
        [numbers("outputs", (1, 6, 5, 1)), numbers("outputs more", (2, 6, 5, 1))],
        truth,
        to_onnx,
        to_tf,
    )


def bytes_case():
    k, b = Weights("bytes").normal(3, 3, 3, 2), Weights("bytes biases").normal(2)
    scale = np.float32(1 / 255)

    def to_onnx(g, x):
        y, last = layers(g, g.add("Mul", g.add("Cast", x, to=TensorProto.FLOAT), scale), k, b, True)
        g.add("Transpose", y, name="map", perm=last)

    return Case(
        "bytes",
        [Port("image", "NHWC", (-1, 6, 7, 3), "U8")],
        [Port("map", "NHWC", (-1, 6, 7, 2))],
        [(Weights("bytes values").pixels(1, 6, 7, 3),), (Weights("bytes more").pixels(3, 6, 7, 3),)],
        lambda x: [net.relu(net.convolution(x / 255.0, k, b))],
        to_onnx,
        lambda x: [tf.nn.relu(tf.nn.conv2d(tf.cast(x, tf.float32) * scale, k, 1, "SAME") + b)],
    )


def time_case():
    w, b = Weights("time").normal(3, 10), Weights("time biases").normal(10)

    def to_onnx(g, x):
        y = g.add("Add", g.add("MatMul", x, w), b, name="each")
        g.add("ReduceMean", y, name="whole", axes=[1], keepdims=0)

    def to_tf(x):
        y = tf.matmul(x, tf.tile(w[None], [tf.shape(x)[0], 1, 1])) + b
        return [y, tf.reduce_mean(y, 1)]

    def truth(x):
        y = net.dense(x, w, b)
        return [y, y.mean(axis=1)]

    return Case(
        "time",
        [Port("steps", "NTC", (-1, 4, 3))],
        [Port("each", "NTC", (-1, 4, 10)), Port("whole", "NC", (-1, 10))],
        [numbers("time", (1, 4, 3)), numbers("time more", (2, 4, 3))],
        truth,
        to_onnx,
        to_tf,
    )


def main():
    shutil.rmtree(TARGET, ignore_errors=True)
    cases = [
        Case(*dense_case()),
        Case(*dense_case("not_a_number", broken=True), lite=False),  # TensorFlow Lite itself gives infinity
        BesideCase(*dense_case("weights_beside")[:-1], module=dense_module),
        convolution_case(first=False),
        convolution_case(first=True),
        open_sizes_case(first=False),
        open_sizes_case(first=True),
        volume_case(),
        two_inputs_case(),
        two_outputs_case(),
        bytes_case(),
        time_case(),
    ]
    for case in cases:
        case.write()
        print(case.name, *case.formats)
    files = sorted(str(f.relative_to(TARGET)) for f in TARGET.rglob("*") if f.is_file())
    (TARGET / "files.txt").write_text("\n".join(files) + "\n")
    print(len(files), "files of", sum((TARGET / f).stat().st_size for f in files), "bytes")


if __name__ == "__main__":
    main()
