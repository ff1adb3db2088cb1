#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains the capillary classifier on phantoms alone, on the crops that the RoI step proposes there.

    python train.py [--seed 1] [--frames 700] [--epochs 14] [--out ..]

Writes OUT/saved_model and OUT/model.properties and prints the confusion matrix on frames of an unseen seed.
"""
import argparse
import hashlib
import os
import shutil
import struct
from concurrent.futures import ProcessPoolExecutor
from functools import partial

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
import cv2
import numpy as np

import phantom
import rois

LABELS = ("other", "capillary")
VALIDATION_SEED = 1_000_000  # added to the seed: frames the training never saw
VERSION = "1.0.0"


# ---- crops ---------------------------------------------------------------------------------------------------------

def label(box, vessels):
    """1 capillary, 0 other, None undecided: faint vessels may be found or not, so they teach nothing."""
    x, y, w, h = box[:4]
    best = 0.0
    for v in vessels:
        vh, vw = v.mask.shape
        x0, y0, x1, y1 = max(x, v.x), max(y, v.y), min(x + w, v.x + vw), min(y + h, v.y + vh)
        if x1 <= x0 or y1 <= y0:
            continue
        inside = cv2.countNonZero(np.ascontiguousarray(v.mask[y0 - v.y:y1 - v.y, x0 - v.x:x1 - v.x]))
        share = max(inside / cv2.countNonZero(v.mask), 2.5 * inside / (w * h))
        if not v.faint and share >= 0.4 and holds(box, centre(v), 0):
            return 1
        best = max(best, share)
    return 0 if best < 0.03 else None


def jitter(rng, box):
    """Another crop of the same region: shifted and scaled a little, as another frame would have it."""
    x, y, w, h = box[:4]
    side = max(w, h, 1.5 * rois.CROP_MIN) * rng.uniform(0.85, 1.25)
    cx, cy = x + w / 2 + rng.uniform(-0.08, 0.08) * side, y + h / 2 + rng.uniform(-0.08, 0.08) * side
    return int(max(0, cx - side / 2)), int(max(0, cy - side / 2)), int(side), int(side)


def frame_crops(index, seed, copies):
    """Crops (8 bit) and labels of one phantom; copies = 0 gives exactly what the pipeline would classify."""
    cv2.setNumThreads(1)
    made = phantom.phantom(seed, index)
    rng = np.random.default_rng([seed, index, 1])
    crops, labels = [], []
    for box in rois.boxes(made.image, rois.still_background(made.image)):
        kind = label(box, made.vessels)
        if kind is None:
            continue
        for area in [box] + [jitter(rng, box) for _ in range(copies)]:
            crops.append(np.rint(rois.crop(made.image, area) * 255).astype(np.uint8))
            labels.append(kind)
    return np.array(crops, np.uint8).reshape(-1, rois.CROP, rois.CROP, 3), np.array(labels, np.int32)


def dataset(seed, frames, copies):
    work = partial(frame_crops, seed=seed, copies=copies)
    with ProcessPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        parts = list(pool.map(work, range(frames), chunksize=4))
    return np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts])


# ---- network -------------------------------------------------------------------------------------------------------

def network(tf):
    layers = tf.keras.layers
    x = image = layers.Input((rois.CROP, rois.CROP, 3))
    for filters in (32, 64, 128):
        x = layers.MaxPool2D()(layers.Conv2D(filters, 3, activation="relu")(x))
    x = layers.Dropout(0.3)(layers.Flatten()(x))
    x = layers.Dropout(0.2)(layers.Dense(128, activation="relu")(x))
    x = layers.Dense(64, activation="relu")(x)
    return tf.keras.Model(image, layers.Dense(2, activation="softmax")(x))


def augmented(tf, images):
    """Flips, quarter turns, gain, colour balance, gamma, saturation, blur-free noise: 0..1 in, 0..1 out."""
    images = tf.cast(images, tf.float32) / 255
    images = tf.image.random_flip_left_right(tf.image.random_flip_up_down(images))
    images = tf.cond(tf.random.uniform([]) < 0.5, lambda: tf.transpose(images, [0, 2, 1, 3]), lambda: images)
    n = tf.shape(images)[0]
    images = images ** tf.random.uniform([n, 1, 1, 1], 0.75, 1.35)
    grey = tf.reduce_mean(images, -1, keepdims=True)
    images = grey + (images - grey) * tf.random.uniform([n, 1, 1, 1], 0.8, 1.25)
    gain = tf.random.uniform([n, 1, 1, 1], 0.75, 1.35) * tf.random.uniform([n, 1, 1, 3], 0.9, 1.1)
    noise = tf.random.normal(tf.shape(images)) * tf.random.uniform([n, 1, 1, 1], 0, 0.012)
    return tf.clip_by_value(images * gain + noise, 0, 1)


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
    spec = tf.TensorSpec([None, rois.CROP, rois.CROP, 3], tf.float32, name="crops")
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
    p.add_argument("--frames", type=int, default=700)
    p.add_argument("--epochs", type=int, default=14)
    p.add_argument("--copies", type=int, default=1, help="jittered copies of every crop")
    p.add_argument("--threshold", type=float, default=0.35)
    p.add_argument("--check", action="store_true", help="train nothing, only print the matrix of the model in OUT")
    p.add_argument("--out", default=os.path.dirname(here))
    a = p.parse_args()
    if not a.check:
        make(a)
    check(a)


def make(a):
    crops, labels = dataset(a.seed, a.frames, a.copies)
    print(f"training crops {len(labels)} ({labels.mean():.2f} capillary)", flush=True)
    import tensorflow as tf
    tf.keras.utils.set_random_seed(a.seed)
    tf.config.experimental.enable_op_determinism()
    model = train(tf, crops, labels, a.epochs)
    os.makedirs(a.out, exist_ok=True)
    export(tf, model, os.path.join(a.out, "saved_model"))
    write_properties(a.out, a.threshold, a)


def check(a):
    """The confusion matrix of the written model on exactly the crops the pipeline would classify."""
    crops, labels = dataset(a.seed + VALIDATION_SEED, max(20, a.frames // 5), 0)
    print(f"unseen crops {len(labels)} ({labels.mean():.2f} capillary)", flush=True)
    score = rois.classifier(os.path.join(a.out, "saved_model"))
    scores = np.concatenate([score(crops[k:k + 256].astype(np.float32) / 255) for k in range(0, len(crops), 256)])
    report(scores, labels, a.threshold)
    check_frames(a.seed + 2 * VALIDATION_SEED, 40, score, a.threshold)


def check_frames(seed, frames, score, threshold):
    """The whole job on unseen frames: boxes against drawn centres, density against drawn density."""
    found = clear = right = boxes = proposed = 0
    errors = []
    for index in range(frames):
        made = phantom.phantom(seed, index)
        rows = rois.boxes(made.image, rois.still_background(made.image))
        proposed += len(rows)
        said = score(np.stack([rois.crop(made.image, b) for b in rows])) if rows else []
        rows = [b for b, s in zip(rows, said) if s >= threshold]
        centres = [(centre(v), v.faint) for v in made.vessels]
        hits = [any(holds(b, c, 6) for b in rows) for c, faint in centres if not faint]
        found, clear, boxes = found + sum(hits), clear + len(hits), boxes + len(rows)
        right += sum(any(holds(b, c, 12) for c, _ in centres) for b in rows)
        drawn = np.count_nonzero(made.mask)
        if drawn:
            errors.append(np.count_nonzero(frame_mask(made.image, rows)) / drawn - 1)
    print(f"{frames} frames: {proposed} regions, {boxes} boxes, recall {found / clear:.3f}, precision {right / max(1, boxes):.3f}, "
          f"density error median |{np.median(np.abs(errors)):.3f}|, bias {np.median(errors):+.3f}")


def centre(vessel):
    m = cv2.moments(vessel.mask, True)
    return vessel.x + m["m10"] / m["m00"], vessel.y + m["m01"] / m["m00"]


def holds(box, point, slack):
    x, y, w, h = box[:4]
    return x - slack <= point[0] <= x + w + slack and y - slack <= point[1] <= y + h + slack


def frame_mask(image, rows):
    mask = np.zeros(image.shape[:2], np.uint8)
    for x, y, w, h, _ in rows:
        mask[y:y + h, x:x + w] |= rois.contour_mask(image, (x, y, w, h))
    return mask


if __name__ == "__main__":
    main()
