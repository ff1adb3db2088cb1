#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains the capillary classifier on phantoms alone, on the crops that the pipeline proposes there.

    python train.py [--seed 1] [--frames 900] [--epochs 10] [--out ..]

Frames, crops and scores are made by `fast phantom` and `fast capillary`, so that nothing of the pipeline is written
down twice. Writes OUT/saved_model and OUT/model.properties, and prints the confusion matrix and what the whole
pipeline finds, both on frames of an unseen seed. Then to_onnx.py makes the file for other engines.
"""
import argparse
import csv
import hashlib
import os
import pathlib
import shutil
import struct
import subprocess
import tempfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
import cv2
import numpy as np

FAST = pathlib.Path(__file__).resolve().parents[3] / "fast"
LABELS = ("other", "capillary")
CROP = 50
SEEN = 46  # what is left of 50 after three times "3 x 3 without padding, then every other pixel": the rest is cut off
UNSEEN = 1_000_000  # added to the seed: frames the training never saw
VERSION = "1.1.1"


# ---- crops ---------------------------------------------------------------------------------------------------------

class Phantoms:
    """Frames of a seed, with their truth and the regions that the pipeline proposes there, in a temporary folder."""

    def __init__(self, seed, frames, model=None):
        self.folder = tempfile.TemporaryDirectory(prefix="phantoms-")
        self.path = pathlib.Path(self.folder.name)
        truth, result = self.path / "truth", self.path / "result"
        fast("phantom", "capillary", "--frames", frames, "--seed", seed, "--out", truth)
        chosen = ["--model", model] if model else []
        fast("capillary", truth, "--out", result, "--threshold", 0, "--crops", "--overlays", "none", *chosen)
        for picture in truth.glob("*.png"):  # of no use any more, and large
            picture.unlink()
        self.rows = table(result / "boxes.csv")
        self.crops = np.load(result / "crops.npy")
        self.truth = table(truth / "boxes.csv")
        self.by_frame = {}
        for row in self.truth:
            self.by_frame.setdefault(row["source"], []).append(row)

    def labels(self):
        """1 capillary, 0 other, -1 undecided, for each row."""
        labels, source, mask = [], None, None
        for row in self.rows:
            if row["source"] != source:
                source = row["source"]
                name = pathlib.Path(source).with_suffix(".png").name
                mask = cv2.imread(str(self.path / "truth" / "masks" / name), cv2.IMREAD_GRAYSCALE)
            labels.append(label(box(row), self.by_frame.get(source, []), mask))
        return np.array(labels, np.int32)


def fast(*arguments):
    """Runs the command line of this checkout."""
    subprocess.run([str(FAST), *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)


def table(file):
    with open(file, newline="", encoding="utf-8") as f:
        return list(csv.DictReader(f))


def box(row):
    return tuple(int(row[k]) for k in ("x", "y", "width", "height"))


def centre(row):
    return float(row["centre_x"]), float(row["centre_y"])


def holds(box, point, slack):
    x, y, w, h = box
    return x - slack <= point[0] <= x + w + slack and y - slack <= point[1] <= y + h + slack


def label(region, drawn, mask):
    """1 capillary, 0 other, -1 undecided: faint vessels may be found or not, so they teach nothing."""
    x, y, w, h = region
    best = 0.0
    for row in drawn:
        vx, vy, vw, vh = box(row)
        x0, y0, x1, y1 = max(x, vx), max(y, vy), min(x + w, vx + vw), min(y + h, vy + vh)
        if x1 <= x0 or y1 <= y0:
            continue
        if row["visibility"] != "clear":
            best = max(best, (x1 - x0) * (y1 - y0) / min(w * h, vw * vh))
            continue
        inside = np.count_nonzero(mask[y0:y1, x0:x1])
        share = max(inside / np.count_nonzero(mask[vy:vy + vh, vx:vx + vw]), 2.5 * inside / (w * h))
        if share >= 0.4 and holds(region, centre(row), 0):
            return 1
        best = max(best, share)
    return 0 if best < 0.03 else -1


def dataset(seed, frames):
    """Crops (8 bit RGB) and labels of those that teach something."""
    phantoms = Phantoms(seed, frames)
    labels = phantoms.labels()
    return phantoms.crops[labels >= 0], labels[labels >= 0]


# ---- network -------------------------------------------------------------------------------------------------------

def network(tf):
    layers = tf.keras.layers
    image = layers.Input((CROP, CROP, 3))
    x = layers.Lambda(lambda x: absorption(tf, x))(image)
    for filters in (32, 64, 128):
        x = layers.MaxPool2D()(layers.Conv2D(filters, 3, activation="relu")(x))
    x = layers.Dropout(0.3)(layers.Flatten()(x))
    x = layers.Dropout(0.2)(layers.Dense(128, activation="relu")(x))
    x = layers.Dense(64, activation="relu")(x)
    return tf.keras.Model(image, layers.Dense(2, activation="softmax")(x))


def absorption(tf, images):
    """How much darker than the crop's mean each pixel is, channel by channel: whatever light and camera it was.

    The mean is one of means of 5 x 5 pixels: 2,500 numbers summed one by one lose digits, and each engine loses others.
    """
    mean = tf.nn.avg_pool2d(tf.nn.avg_pool2d(images, 5, 5, "VALID"), CROP // 5, CROP // 5, "VALID")
    return 8 * (images[:, :SEEN, :SEEN] / (mean + 0.02) - 1)


def augmented(tf, images):
    """Flips, quarter turns, place and size, gain, colour balance, gamma, saturation, noise: 0..255 in, 0..1 out."""
    images = moved(tf, tf.cast(images, tf.float32) / 255)
    images = tf.image.random_flip_left_right(tf.image.random_flip_up_down(images))
    images = tf.cond(tf.random.uniform([]) < 0.5, lambda: tf.transpose(images, [0, 2, 1, 3]), lambda: images)
    n = tf.shape(images)[0]
    images = images ** tf.random.uniform([n, 1, 1, 1], 0.75, 1.35)
    grey = tf.reduce_mean(images, -1, keepdims=True)
    images = grey + (images - grey) * tf.random.uniform([n, 1, 1, 1], 0.8, 1.25)
    gain = tf.random.uniform([n, 1, 1, 1], 0.75, 1.35) * tf.random.uniform([n, 1, 1, 3], 0.9, 1.1)
    noise = tf.random.normal(tf.shape(images)) * tf.random.uniform([n, 1, 1, 1], 0, 0.012)
    return tf.clip_by_value(images * gain + noise, 0, 1)


def moved(tf, images):
    """Shifts and scales a little, as another frame of the same place would have it."""
    n = tf.shape(images)[0]
    scale = tf.random.uniform([n], 0.87, 1.13)
    shift = (1 - scale) * (CROP - 1) / 2
    dx, dy = (shift + tf.random.uniform([n], -3, 3) for _ in range(2))
    zero = tf.zeros([n])
    matrices = tf.stack([scale, zero, dx, zero, scale, dy, zero, zero], 1)
    return tf.raw_ops.ImageProjectiveTransformV3(
        images=images, transforms=matrices, output_shape=[CROP, CROP], interpolation="BILINEAR", fill_mode="NEAREST",
        fill_value=0.0)


def train(tf, crops, labels, epochs, batch=64):
    model = network(tf)
    steps = len(labels) // batch
    rate = tf.keras.optimizers.schedules.CosineDecay(1e-3, steps * epochs, alpha=0.01)
    optimizer = tf.keras.optimizers.Adam(rate)
    share = labels.mean()
    weights = tf.constant([0.5 / (1 - share), 0.5 / share], tf.float32)

    @tf.function
    def step(images, kinds):
        with tf.GradientTape() as tape:
            p = model(augmented(tf, images), training=True)
            target = tf.one_hot(kinds, 2) * 0.96 + 0.02
            loss = -tf.reduce_sum(target * tf.math.log(p + 1e-7), -1) * tf.gather(weights, kinds)
            loss = tf.reduce_mean(loss)
        optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
        return loss

    rng = np.random.default_rng(len(labels))
    for epoch in range(epochs):
        order, losses = rng.permutation(len(labels)), []
        for k in range(steps):
            pick = order[k * batch:(k + 1) * batch]
            losses.append(float(step(tf.constant(crops[pick]), tf.constant(labels[pick]))))
        print(f"epoch {epoch + 1}/{epochs} loss {np.mean(losses):.4f}", flush=True)
    return model


# ---- result ----------------------------------------------------------------------------------------------------------

def export(tf, model, folder):
    """A SavedModel with its variables frozen to constants: one small file, quick to load."""
    from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2
    spec = tf.TensorSpec([None, CROP, CROP, 3], tf.float32, name="crops")
    call = tf.function(lambda crops: model(crops, training=False)).get_concrete_function(spec)
    frozen = convert_variables_to_constants_v2(call)
    shutil.rmtree(folder, ignore_errors=True)
    v1 = tf.compat.v1
    with v1.Graph().as_default() as graph, v1.Session(graph=graph) as session:
        v1.import_graph_def(frozen.graph.as_graph_def(), name="")
        crops = graph.get_tensor_by_name(frozen.inputs[0].name)
        scores = tf.identity(graph.get_tensor_by_name(frozen.outputs[0].name), name="scores")
        v1.saved_model.simple_save(session, folder, {"crops": crops}, {"scores": scores})
    os.rmdir(os.path.join(folder, "variables"))  # empty: everything is in the graph


def folder_sha256(folder):
    """Over every regular file by relative path in byte order: path, zero byte, 8-byte big-endian length, bytes."""
    files = []
    for root, _, names in os.walk(folder):
        for name in names:
            full = os.path.join(root, name)
            files.append((os.path.relpath(full, folder).replace(os.sep, "/").encode(), full))
    digest = hashlib.sha256()
    for path, full in sorted(files):
        data = open(full, "rb").read()
        digest.update(path + b"\0" + struct.pack(">Q", len(data)) + data)
    return digest.hexdigest()


def write_properties(out, threshold, args):
    lines = {
        "name": "capillary", "version": VERSION, "format": "saved_model", "path": "saved_model",
        "input.name": "crops", "input.shape": "-1,50,50,3", "input.axes": "NHWC", "input.channels": "RGB",
        "input.type": "float32", "preprocess.clip": "0,255", "preprocess.mean": "0", "preprocess.std": "1",
        "preprocess.scale": "0.00392156862745098", "preprocess.signed": "false",
        "output.name": "scores", "output.shape": "-1,2", "labels": ",".join(LABELS), "threshold": f"{threshold:.2f}",
        "licence": "Apache-2.0",
        "made.by": f"training/train.py --seed {args.seed} --frames {args.frames} --epochs {args.epochs}, synthetic frames only",
        "sha256": folder_sha256(os.path.join(out, "saved_model")),
    }
    with open(os.path.join(out, "model.properties"), "w", encoding="utf-8", newline="\n") as f:
        f.write("# Capillary or not, for 50 x 50 crops around the regions of interest of a microcirculation frame.\n")
        f.writelines(f"{k}={v}\n" for k, v in lines.items())


def report(scores, labels, threshold):
    said = (scores >= threshold).astype(int)
    matrix = np.array([[np.sum((labels == t) & (said == p)) for p in (0, 1)] for t in (0, 1)])
    print(f"threshold {threshold:.2f}  accuracy {np.trace(matrix) / matrix.sum():.4f}")
    print(f"{'truth / said':>14}{LABELS[0]:>11}{LABELS[1]:>11}")
    for name, row in zip(LABELS, matrix):
        print(f"{name:>14}{row[0]:>11}{row[1]:>11}")
    return matrix


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--frames", type=int, default=900)
    p.add_argument("--epochs", type=int, default=10)
    p.add_argument("--threshold", type=float, default=0.25)
    p.add_argument("--check", action="store_true", help="train nothing, only look at the model in OUT")
    p.add_argument("--out", default=os.path.dirname(here))
    a = p.parse_args()
    if not a.check:
        make(a)
    check(a)


def make(a):
    crops, labels = dataset(a.seed, a.frames)
    print(f"training crops {len(labels)} ({labels.mean():.2f} capillary)", flush=True)
    import tensorflow as tf
    tf.keras.utils.set_random_seed(a.seed)
    tf.config.experimental.enable_op_determinism()
    model = train(tf, crops, labels, a.epochs)
    os.makedirs(a.out, exist_ok=True)
    export(tf, model, os.path.join(a.out, "saved_model"))
    write_properties(a.out, a.threshold, a)


def check(a):
    """The written model on frames of an unseen seed, as the pipeline uses it."""
    phantoms = Phantoms(a.seed + UNSEEN, max(40, a.frames // 5), a.out)
    scores, labels = np.array([float(row["score"]) for row in phantoms.rows]), phantoms.labels()
    report(scores[labels >= 0], labels[labels >= 0], a.threshold)
    found(phantoms, scores, -1.0, "RoI step alone")
    found(phantoms, scores, a.threshold, "with the network")


def found(phantoms, scores, threshold, what):
    """Boxes against drawn centres: recall of clear capillaries, precision of boxes, where faint ones are right too."""
    boxes = {}
    for row, score in zip(phantoms.rows, scores):
        if score >= threshold:
            boxes.setdefault(row["source"], []).append(box(row))
    clear = [row for row in phantoms.truth if row["visibility"] == "clear"]
    hits = sum(any(holds(b, centre(row), 6) for b in boxes.get(row["source"], [])) for row in clear)
    count = sum(map(len, boxes.values()))
    right = sum(any(holds(b, centre(row), 12) for row in phantoms.by_frame.get(source, []))
                for source, here in boxes.items() for b in here)
    print(f"{what}: {count} boxes, {len(clear)} clear capillaries, recall {hits / len(clear):.3f}, "
          f"precision {right / max(1, count):.3f}", flush=True)


if __name__ == "__main__":
    main()
