# SPDX-License-Identifier: Apache-2.0
"""Makes the models of the tests beside itself: python3 make.py. Needs onnx, openvino, tflite and flatbuffers."""
import pathlib

import flatbuffers
import numpy as np
import onnx
import openvino as ov
import tflite
from onnx import TensorProto, helper, numpy_helper

HERE = pathlib.Path(__file__).parent


def value(name, shape, kind=TensorProto.FLOAT):
    return helper.make_tensor_value_info(name, kind, shape)


def save(name, nodes, inputs, outputs, weights=()):
    graph = helper.make_graph(nodes, name, inputs, outputs, [numpy_helper.from_array(w, n) for n, w in weights])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, HERE / f"{name}.onnx")


def weights(layer, *shape):
    """Small numbers without pattern, which the tests make again."""
    at = np.arange(np.prod(shape), dtype=np.int64)
    return (((at + 1) * 7919 + layer * 104729) % 1009 / 504 - 1).astype(np.float32).reshape(shape)


def save_tflite(name):
    """x (1, 4) to y = x + x."""
    b = flatbuffers.Builder(1024)

    def offsets(start, items):
        start(b, len(items))
        for item in reversed(items):
            b.PrependUOffsetTRelative(item)
        return b.EndVector()

    def numbers(start, items):
        start(b, len(items))
        for item in reversed(items):
            b.PrependInt32(item)
        return b.EndVector()

    def tensor(text):
        label, shape = b.CreateString(text), numbers(tflite.TensorStartShapeVector, [1, 4])
        tflite.TensorStart(b)
        tflite.TensorAddShape(b, shape)
        tflite.TensorAddType(b, tflite.TensorType.FLOAT32)
        tflite.TensorAddBuffer(b, 0)
        tflite.TensorAddName(b, label)
        return tflite.TensorEnd(b)

    tensors = offsets(tflite.SubGraphStartTensorsVector, [tensor("x"), tensor("y")])
    tflite.AddOptionsStart(b)
    options = tflite.AddOptionsEnd(b)
    read, written = numbers(tflite.OperatorStartInputsVector, [0, 0]), numbers(tflite.OperatorStartOutputsVector, [1])
    tflite.OperatorStart(b)
    tflite.OperatorAddOpcodeIndex(b, 0)
    tflite.OperatorAddInputs(b, read)
    tflite.OperatorAddOutputs(b, written)
    tflite.OperatorAddBuiltinOptionsType(b, tflite.BuiltinOptions.AddOptions)
    tflite.OperatorAddBuiltinOptions(b, options)
    operators = offsets(tflite.SubGraphStartOperatorsVector, [tflite.OperatorEnd(b)])
    read, written = numbers(tflite.SubGraphStartInputsVector, [0]), numbers(tflite.SubGraphStartOutputsVector, [1])
    tflite.SubGraphStart(b)
    tflite.SubGraphAddTensors(b, tensors)
    tflite.SubGraphAddInputs(b, read)
    tflite.SubGraphAddOutputs(b, written)
    tflite.SubGraphAddOperators(b, operators)
    graphs = offsets(tflite.ModelStartSubgraphsVector, [tflite.SubGraphEnd(b)])
    tflite.OperatorCodeStart(b)
    tflite.OperatorCodeAddDeprecatedBuiltinCode(b, tflite.BuiltinOperator.ADD)
    tflite.OperatorCodeAddBuiltinCode(b, tflite.BuiltinOperator.ADD)
    codes = offsets(tflite.ModelStartOperatorCodesVector, [tflite.OperatorCodeEnd(b)])
    tflite.BufferStart(b)
    buffers = offsets(tflite.ModelStartBuffersVector, [tflite.BufferEnd(b)])
    tflite.ModelStart(b)
    tflite.ModelAddVersion(b, 3)
    tflite.ModelAddOperatorCodes(b, codes)
    tflite.ModelAddSubgraphs(b, graphs)
    tflite.ModelAddBuffers(b, buffers)
    b.Finish(tflite.ModelEnd(b), file_identifier=b"TFL3")
    (HERE / f"{name}.tflite").write_bytes(bytes(b.Output()))


def main():
    save_tflite("twice")
    node = helper.make_node
    # x (N, 3) to y (N, 2) = x W + b
    dense = [("W", np.array([[1, 2], [3, 4], [5, 6]], np.float32)), ("b", np.array([0.5, -0.5], np.float32))]
    save("dense", [node("Gemm", ["x", "W", "b"], ["y"])], [value("x", ["n", 3])], [value("y", ["n", 2])], dense)
    # the same for exactly one item, as IR with weights beside it
    save("one", [node("Gemm", ["x", "W", "b"], ["y"])], [value("x", [1, 3])], [value("y", [1, 2])], dense)
    ov.save_model(ov.convert_model(HERE / "one.onnx"), HERE / "one.xml", compress_to_fp16=False)
    (HERE / "one.onnx").unlink()
    # b, a (N, 2) to sum = a + b, difference = a - b
    save(
        "two",
        [node("Add", ["a", "b"], ["sum"]), node("Sub", ["a", "b"], ["difference"])],
        [value("b", ["n", 2]), value("a", ["n", 2])],
        [value("sum", ["n", 2]), value("difference", ["n", 2])],
    )
    # image (N, 2, H, W) of any size to scores (N, 4): 3 x 3 convolutions of 2 to 64 to 64 channels, mean, 64 to 4
    save(
        "convolution",
        [
            node("Conv", ["image", "K1"], ["c1"], pads=[1, 1, 1, 1]),
            node("Relu", ["c1"], ["r1"]),
            node("Conv", ["r1", "K2"], ["c2"], pads=[1, 1, 1, 1]),
            node("Relu", ["c2"], ["r2"]),
            node("GlobalAveragePool", ["r2"], ["p"]),
            node("Flatten", ["p"], ["f"]),
            node("MatMul", ["f", "W"], ["scores"]),
        ],
        [value("image", ["n", 2, "h", "w"])],
        [value("scores", ["n", 4])],
        [
            ("K1", weights(1, 64, 2, 3, 3)),
            ("K2", weights(2, 64, 64, 3, 3) / np.float32(24)),
            ("W", weights(3, 64, 4)),
        ],
    )
    # x (1, 16) to y = x
    save("identity", [node("Identity", ["x"], ["y"])], [value("x", [1, 16])], [value("y", [1, 16])])
    # flags to flags: elements that a tensor cannot have
    flags = [value("x", [4], TensorProto.BOOL)], [value("y", [4], TensorProto.BOOL)]
    save("flags", [node("Not", ["x"], ["y"])], *flags)
    # x of each type (N) to the same
    for name, kind in [("u8", TensorProto.UINT8), ("i32", TensorProto.INT32), ("i64", TensorProto.INT64),
                       ("f64", TensorProto.DOUBLE), ("i16", TensorProto.INT16), ("u16", TensorProto.UINT16)]:
        save("type_" + name, [node("Identity", ["x"], ["y"])], [value("x", ["n"], kind)], [value("y", ["n"], kind)])
    # x (N) to y (N/2, 2): an odd N is a failure at run time
    pairs = [("shape", np.array([-1, 2], np.int64))]
    save("pairs", [node("Reshape", ["x", "shape"], ["y"])], [value("x", ["n"])], [value("y", ["k", 2])], pairs)


if __name__ == "__main__":
    main()
