#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains the network that finds artery and vein in ultrasound frames, on phantoms alone.

    python train.py [--seed 1] [--frames 3000] [--steps 2400] [--phantoms DIR] [--out ..]
    python train.py --check

Frames and their labels are made by `fast phantom ultrasound`, each of another scene. Writes OUT/ultrasound.pb, a frozen
TensorFlow graph, and OUT/model.properties, and prints for 150 frames of an unseen seed Dice and the frames where it
fails. Then to_onnx.py makes the file for other engines. With --check it only looks at the network that is there.
"""
import argparse
import hashlib
import os
import pathlib
import subprocess
import tempfile
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
import cv2
import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
FAST = HERE.parents[2] / "fast"
LABELS = ("background", "artery", "vein")
SIDE = 256
WIDTH, DEPTH = 16, 5  # filters of the first level, and levels
UNSEEN, UNSEEN_FRAMES = 1_000_000, 150  # added to the seed: frames the training never saw
THRESHOLD = 0.5  # what the value of a label must exceed
POOR = 0.8  # Dice below which a frame is listed
VERSION = "1.0.0"


# ---- frames --------------------------------------------------------------------------------------------------------

def phantoms(seed, frames, folder=None):
    """Frames of a seed, each of another scene, and their labels, at the network's size; kept in a folder if given."""
    with tempfile.TemporaryDirectory(prefix="phantoms-") as temporary:
        path = pathlib.Path(folder or temporary) / f"seed-{seed}"
        if not (path / "phantom.json").exists():
            arguments = ["--frames", frames, "--seed", seed, "--scene-frames", 1, "--out", path]
            subprocess.run([str(FAST), "phantom", "ultrasound", *map(str, arguments)], check=True,
                           stdout=subprocess.DEVNULL)
        files = sorted(path.glob("frame-*.png"))[:frames]
        return (np.stack([read(file, cv2.INTER_LINEAR) for file in files]),
                np.stack([read(path / "labels" / file.name, cv2.INTER_NEAREST) for file in files]))


def read(file, interpolation):
    return cv2.resize(cv2.imread(str(file), cv2.IMREAD_GRAYSCALE), (SIDE, SIDE), interpolation=interpolation)


# ---- network -------------------------------------------------------------------------------------------------------

def network(tf):
    """U-Net (Ronneberger and others, 2015) with padding, and upsampling that repeats pixels."""
    layers = tf.keras.layers

    def doubled(x):
        size = [2 * side for side in x.shape[1:3]]  # one operation in all engines, where UpSampling2D becomes many
        return layers.Lambda(lambda x: tf.cast(tf.compat.v1.image.resize_nearest_neighbor(x, size), x.dtype))(x)

    def block(x, filters):
        for _ in range(2):
            x = layers.Conv2D(filters, 3, padding="same", activation="relu", kernel_initializer="he_normal")(x)
        return x

    image = x = layers.Input((SIDE, SIDE, 1))
    levels = []
    for level in range(DEPTH):
        x = block(layers.MaxPool2D()(x) if level else x, WIDTH << level)
        levels.append(x)
    for level in reversed(range(DEPTH - 1)):
        x = block(layers.Concatenate()([doubled(x), levels[level]]), WIDTH << level)
    return tf.keras.Model(image, layers.Conv2D(len(LABELS), 1, activation="softmax", dtype="float32")(x))


def augmented(tf, images, labels):
    """Mirrors, place, size, gamma, gain and noise: 0..255 in, 0..1 out."""
    images = tf.cast(images, tf.float32)[..., None] / 255
    n = tf.shape(images)[0]
    mirror = tf.sign(tf.random.uniform([n]) - 0.5)
    size = tf.random.uniform([2, n], 0.85, 1.2)
    middle = (SIDE - 1) / 2
    x, y = mirror * size[0], size[1]
    zero = tf.zeros([n])
    shift = tf.random.uniform([2, n], -24, 24)
    matrices = tf.stack([x, zero, middle * (1 - x) + shift[0], zero, y, middle * (1 - y) + shift[1], zero, zero], 1)
    move = lambda values, how: tf.raw_ops.ImageProjectiveTransformV3(
        images=values, transforms=matrices, output_shape=[SIDE, SIDE], interpolation=how, fill_mode="CONSTANT",
        fill_value=0.0)
    images, labels = move(images, "BILINEAR"), move(labels[..., None], "NEAREST")[..., 0]
    images = (images + 1e-4) ** tf.random.uniform([n, 1, 1, 1], 0.7, 1.4)
    gain = tf.random.uniform([n, 1, 1, 1], 0.75, 1.25)
    noise = tf.random.normal(tf.shape(images)) * tf.random.uniform([n, 1, 1, 1], 0, 0.03)
    return tf.clip_by_value(images * gain + noise, 0, 1), labels


def loss(tf, truth, said):
    """Cross-entropy, and one less the soft Dice of each vessel over the batch."""
    drawn = tf.one_hot(tf.cast(truth, tf.int32), len(LABELS))
    entropy = -tf.reduce_mean(tf.reduce_sum(drawn * tf.math.log(said + 1e-6), -1))
    both = tf.reduce_sum(drawn * said, [0, 1, 2])[1:]
    all_ = tf.reduce_sum(drawn + said, [0, 1, 2])[1:]
    return entropy + 1 - tf.reduce_mean((2 * both + 1) / (all_ + 1))


def train(tf, images, labels, steps, batch=8):
    # Half-precision products with full-precision weights: twice as fast where the processor has them.
    tf.keras.mixed_precision.set_global_policy("mixed_bfloat16")
    model = network(tf)
    tf.keras.mixed_precision.set_global_policy("float32")
    rate = tf.keras.optimizers.schedules.CosineDecay(1e-5, steps - 100, warmup_target=1e-3, warmup_steps=100, alpha=0.01)
    optimizer = tf.keras.optimizers.Adam(rate)

    @tf.function
    def step(images, labels):
        images, labels = augmented(tf, images, labels)
        with tf.GradientTape() as tape:
            cost = loss(tf, labels, model(images, training=True))
        gradients, _ = tf.clip_by_global_norm(tape.gradient(cost, model.trainable_variables), 1.0)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return cost

    rng = np.random.default_rng(len(labels))
    order, costs, begun = np.array([], int), [], time.time()
    for k in range(steps):
        if len(order) < batch:
            order = rng.permutation(len(labels))
        pick, order = order[:batch], order[batch:]
        costs.append(float(step(tf.constant(images[pick]), tf.constant(labels[pick]))))
        if k % 100 == 99:
            print(f"step {k + 1}/{steps} loss {np.mean(costs):.4f}, {time.time() - begun:.0f} s", flush=True)
            costs = []
    exact = network(tf)
    exact.set_weights(model.get_weights())
    return exact


# ---- result --------------------------------------------------------------------------------------------------------

def export(tf, model, file):
    """A graph with constants for weights: one file. It reads one frame at a time, so that all sizes are known."""
    from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2
    spec = tf.TensorSpec([1, SIDE, SIDE, 1], tf.float32, name="image")
    call = tf.function(lambda image: tf.identity(model(image, training=False), name="labels"))
    frozen = convert_variables_to_constants_v2(call.get_concrete_function(spec)).graph.as_graph_def()
    renamed(frozen, {frozen_output(frozen): "labels"})
    file.write_bytes(frozen.SerializeToString(deterministic=True))


def frozen_output(graph):
    used = {name.split(":")[0].lstrip("^") for node in graph.node for name in node.input}
    return next(node.name for node in reversed(graph.node) if node.name not in used and node.op == "Identity")


def renamed(graph, names):
    taken = {node.name for node in graph.node}
    for old, new in names.items():
        for node in graph.node:
            if node.name == new and old != new:
                node.name = next(f"{new}_{k}" for k in range(len(taken)) if f"{new}_{k}" not in taken)
                for user in graph.node:
                    user.input[:] = [node.name if name == new else name for name in user.input]
        for node in graph.node:
            if node.name == old:
                node.name = new


def run(tf, file, images):
    """What the written graph says of frames: a label for each pixel."""
    graph = tf.compat.v1.GraphDef.FromString(file.read_bytes())
    with tf.Graph().as_default() as g, tf.compat.v1.Session(graph=g) as session:
        tf.import_graph_def(graph, name="")
        said = []
        for image in images:
            values = session.run("labels:0", {"image:0": image[None, ..., None].astype(np.float32) / 255})[0]
            said.append(np.where(values.max(-1) > THRESHOLD, values.argmax(-1), 0))
    return np.stack(said)


def dice(said, truth, label):
    both = np.count_nonzero((said == label) & (truth == label))
    all_ = np.count_nonzero(said == label) + np.count_nonzero(truth == label)
    return 2 * both / all_ if all_ else 1.0


def check(a):
    """The written network on frames of an unseen seed."""
    import tensorflow as tf
    images, truth = phantoms(a.seed + UNSEEN, UNSEEN_FRAMES, a.phantoms)
    said = run(tf, a.out / "ultrasound.pb", images)
    for label in (1, 2):
        each = [dice(s, t, label) for s, t in zip(said, truth)]
        print(f"{LABELS[label]:>10}: Dice {dice(said, truth, label):.3f} over all pixels, mean of frames "
              f"{np.mean(each):.3f}, median {np.median(each):.3f}, {np.mean(np.array(each) < POOR):.1%} of frames below {POOR}")
    print("frame (of 1) and Dice where one is poor:")
    for k, (s, t) in enumerate(zip(said, truth)):
        here = [dice(s, t, label) for label in (1, 2)]
        if min(here) < POOR:
            print(f"{k + 1:>6}  artery {here[0]:.2f}  vein {here[1]:.2f}")


def write_properties(a):
    file = a.out / "ultrasound.pb"
    lines = {
        "name": "ultrasound", "version": VERSION, "format": "frozen_graph", "path": file.name,
        "input.name": "image", "input.shape": f"1,{SIDE},{SIDE},1", "input.axes": "NHWC", "input.channels": "GREY",
        "input.type": "float32", "preprocess.clip": "0,255", "preprocess.mean": "0", "preprocess.std": "1",
        "preprocess.scale": "0.00392156862745098", "preprocess.signed": "false",
        "output.name": "labels", "output.shape": f"1,{SIDE},{SIDE},3", "labels": ",".join(LABELS), "threshold": str(THRESHOLD),
        "licence": "Apache-2.0",
        "made.by": f"training/train.py --seed {a.seed} --frames {a.frames} --steps {a.steps}, synthetic frames only",
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
    }
    text = "# Artery and vein in B-mode ultrasound frames that show them across.\n"
    text += "".join(f"{key}={value}\n" for key, value in lines.items())
    (a.out / "model.properties").write_text(text, "utf-8", newline="\n")


def make(a):
    images, labels = phantoms(a.seed, a.frames, a.phantoms)
    print(f"{len(images)} frames", flush=True)
    import tensorflow as tf
    tf.keras.utils.set_random_seed(a.seed)
    model = train(tf, images, labels, a.steps)
    print(f"{model.count_params()} parameters")
    a.out.mkdir(parents=True, exist_ok=True)
    export(tf, model, a.out / "ultrasound.pb")
    write_properties(a)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--frames", type=int, default=3000)
    p.add_argument("--steps", type=int, default=2400)
    p.add_argument("--phantoms", help="folder in which frames are kept, and taken from if they are there")
    p.add_argument("--check", action="store_true", help="train nothing, only look at the network in OUT")
    p.add_argument("--out", type=pathlib.Path, default=HERE.parent)
    a = p.parse_args()
    if not a.check:
        make(a)
    check(a)


if __name__ == "__main__":
    main()
