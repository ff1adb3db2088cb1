# SPDX-License-Identifier: Apache-2.0
"""What the networks of the conformance suite compute, in float64 and plain loops: no engine has a part in it."""

import itertools

import numpy as np

SEED = 20261121


class Weights:
    """Weights of fixed seeds, one stream per name, so that a new network changes no old one."""

    def __init__(self, name):
        self.generator = np.random.default_rng([SEED, *name.encode()])

    def normal(self, *shape):
        return (self.generator.normal(size=shape) / np.sqrt(max(1, np.prod(shape[:-1])))).astype(np.float32)

    def pixels(self, *shape):
        return self.generator.integers(0, 256, size=shape, dtype=np.uint8)


def dense(x, weights, biases):
    """Rows of x times weights (input by output), plus biases."""
    x, weights = x.astype(np.float64), weights.astype(np.float64)
    sums = np.zeros(x.shape[:-1] + (weights.shape[1],))
    for row in np.ndindex(x.shape[:-1]):
        for output in range(weights.shape[1]):
            sums[row + (output,)] = sum(x[row + (i,)] * weights[i, output] for i in range(weights.shape[0]))
    return sums + biases.astype(np.float64)


def convolution(x, kernel, biases):
    """Of N x space x channels with kernel space x input x output: zeros outside, stride 1, same size."""
    x, kernel = x.astype(np.float64), kernel.astype(np.float64)
    space = x.shape[1:-1]
    sums = np.zeros(x.shape[:-1] + (kernel.shape[-1],))
    for offset in itertools.product(*(range(size) for size in kernel.shape[:-2])):
        shift = [o - size // 2 for o, size in zip(offset, kernel.shape)]
        to = tuple(slice(max(0, -s), n - max(0, s)) for s, n in zip(shift, space))
        source = tuple(slice(max(0, s), n + min(0, s)) for s, n in zip(shift, space))
        part = x[(slice(None),) + source]
        for i in range(kernel.shape[-2]):
            for output in range(kernel.shape[-1]):
                sums[(slice(None),) + to + (output,)] += part[..., i] * kernel[offset][i, output]
    return sums + biases.astype(np.float64)


def relu(x):
    return np.where(x > 0, x, 0.0)


def pooled(x):
    """The largest of each 2 x 2 pixels; an odd last row or column is left out."""
    height, width = x.shape[1] // 2, x.shape[2] // 2
    result = np.full((x.shape[0], height, width, x.shape[3]), -np.inf)
    for dy, dx in np.ndindex(2, 2):
        result = np.maximum(result, x[:, dy : 2 * height : 2, dx : 2 * width : 2, :])
    return result


def softmax(x):
    exponentials = np.exp(x - x.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def channels_first(x):
    return np.moveaxis(x, -1, 1)


def channels_last(x):
    return np.moveaxis(x, 1, -1)
