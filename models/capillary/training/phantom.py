#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Synthetic skin-microcirculation frames with truth, reproducible from a seed.

    python phantom.py OUT_DIR --frames 6 --seed 7 [--only 3,5,8] [--quality 92] [--masks]

Writes OUT_DIR/frame-NN.jpg, OUT_DIR/truth.csv (frame,source,density), OUT_DIR/truth-boxes.csv
(frame,source,x,y,width,height,faint) and, with --masks, OUT_DIR/masks/frame-NN.png.

A frame is light x exp(-absorption): an uneven light field, then optical density of blood (green absorbs most),
of brown pigment and of neutral matter.  Vessels are strokes of varying width, depth (absorption) and focus (blur).
"""
import argparse
import csv
import os
from dataclasses import dataclass, field

import cv2
import numpy as np

WIDTH, HEIGHT = 1920, 1080


@dataclass
class Vessel:
    """Truth of one capillary: a mask in a window of the frame; faint ones may be found or not."""
    x: int
    y: int
    mask: np.ndarray
    faint: bool


@dataclass
class Phantom:
    image: np.ndarray
    vessels: list
    mask: np.ndarray  # clear capillaries only


@dataclass
class Layers:
    """Optical densities over the frame, and added light."""
    blood: np.ndarray
    brown: np.ndarray
    neutral: np.ndarray
    glare: np.ndarray
    vessels: list = field(default_factory=list)


def phantom(seed, index):
    """Frame number `index` of a seed; the same pair gives the same frame."""
    rng = np.random.default_rng([seed, index])
    empty = lambda: np.zeros((HEIGHT, WIDTH), np.float32)
    layers = Layers(empty(), empty(), empty(), empty())
    texture(rng, layers)
    if rng.random() < 0.7:
        folds(rng, layers)
    if rng.random() < 0.65:
        plexus(rng, layers)
    capillaries(rng, layers)
    ducts(rng, layers)
    if rng.random() < 0.5:
        hairs(rng, layers)
    dirt(rng, layers)
    if rng.random() < 0.4:
        glare(rng, layers)
    image = camera(rng, expose(rng, layers))
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    for v in layers.vessels:
        if not v.faint:
            h, w = v.mask.shape
            mask[v.y:v.y + h, v.x:v.x + w] |= v.mask
    return Phantom(image, layers.vessels, mask)


# ---- skin ------------------------------------------------------------------------------------------------------

def noise(rng, scale):
    """Smooth noise of unit deviation with structures of about `scale` pixels."""
    h, w = int(HEIGHT / scale) + 4, int(WIDTH / scale) + 4
    return cv2.resize(rng.standard_normal((h, w)).astype(np.float32), (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)


def texture(rng, layers):
    for scale in (12, 40, 120, 300):
        layers.neutral += rng.uniform(0.0, 0.006) * noise(rng, scale)
        layers.brown += rng.uniform(0.0, 0.006) * noise(rng, scale)
    layers.blood += rng.uniform(0.0, 0.012) * noise(rng, rng.uniform(150, 400))
    if rng.random() < 0.5:  # swirled ridges of the skin
        yy, xx = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
        angle, wave = rng.uniform(0, np.pi), rng.uniform(50, 160)
        phase = (np.cos(angle) * xx + np.sin(angle) * yy) / wave + rng.uniform(0.3, 1.2) * noise(rng, 180)
        ridges = np.sin(2 * np.pi * phase) * np.clip(noise(rng, 250), 0, 2)
        layers.brown += rng.uniform(0.003, 0.02) * ridges
        layers.neutral += rng.uniform(0.0, 0.01) * ridges


def line(points, width, scale=1):
    """A mask 0..1 of a polyline, drawn at 1/scale of the frame size."""
    out = np.zeros((HEIGHT // scale, WIDTH // scale), np.uint8)
    pts = np.round(np.asarray(points) * 8 / scale).astype(np.int32)
    cv2.polylines(out, [pts], False, 255, max(1, int(round(width / scale))), cv2.LINE_AA, 3)
    return out


def blurred(mask, sigma, scale=1):
    out = cv2.GaussianBlur(mask.astype(np.float32) / 255, (0, 0), max(0.4, sigma / scale))
    return out if scale == 1 else cv2.resize(out, (WIDTH, HEIGHT), interpolation=cv2.INTER_LINEAR)


def walk(rng, start, heading, length, step, bend, wobble=0.85):
    """A smooth random path: the heading's rate of change is itself a slow random process."""
    points, rate = [np.asarray(start, float)], 0.0
    for _ in range(max(2, int(length / step))):
        rate = wobble * rate + rng.normal(0, bend)
        heading += rate
        points.append(points[-1] + step * np.array([np.cos(heading), np.sin(heading)]))
    return np.array(points)


def edge_start(rng):
    return rng.uniform([-100, -100], [WIDTH + 100, HEIGHT + 100])


def folds(rng, layers):
    """Skin folds: bundles of nearly parallel lines, darker or lighter, without blood's colour."""
    for _ in range(rng.integers(1, 4)):
        heading = rng.uniform(0, np.pi)
        centre = edge_start(rng)
        begin = centre - 1400 * np.array([np.cos(heading), np.sin(heading)])
        path = walk(rng, begin, heading, 2800, 40, 0.006)
        normal = np.array([-np.sin(heading), np.cos(heading)])
        strength = rng.uniform(0.015, 0.09)
        for _ in range(rng.integers(1, 9)):
            mask = line(path + normal * rng.normal(0, 35), rng.uniform(3, 45), 2)
            part = blurred(mask, rng.uniform(2, 14), 2) * strength * rng.uniform(0.3, 1) * rng.choice([1, 1, 1, -0.6])
            layers.neutral += part * rng.uniform(0.5, 1)
            layers.brown += part * rng.uniform(0, 0.5)


def plexus(rng, layers):
    """The deep vessel net: broad, blurred, red, and not to be called a capillary."""
    net = np.zeros((HEIGHT // 4, WIDTH // 4), np.float32)
    for _ in range(rng.integers(3, 24)):
        path = walk(rng, edge_start(rng), rng.uniform(0, 2 * np.pi), rng.uniform(300, 1600), 15, rng.uniform(0.03, 0.12))
        mask = line(path, rng.uniform(8, 22) if rng.random() < 0.4 else rng.uniform(18, 55), 4)
        net = np.maximum(net, cv2.GaussianBlur(mask.astype(np.float32) / 255, (0, 0), rng.uniform(1.8, 6)) * rng.uniform(0.3, 1))
    for _ in range(rng.integers(0, 8)):  # knots of the net
        x, y = rng.uniform([0, 0], [WIDTH / 4, HEIGHT / 4])
        spot = np.zeros_like(net)
        cv2.ellipse(spot, (int(x), int(y)), (int(rng.integers(5, 18)), int(rng.integers(4, 12))), rng.uniform(0, 180), 0, 360, 1.0, -1)
        net += cv2.GaussianBlur(spot, (0, 0), rng.uniform(3, 8)) * rng.uniform(0.2, 0.6)
    patchy = np.clip(0.7 + 0.5 * noise(rng, 200), 0.05, 1.4)  # it rises towards the surface here and sinks away there
    layers.blood += cv2.resize(net, (WIDTH, HEIGHT), interpolation=cv2.INTER_LINEAR) * patchy * rng.uniform(0.04, 0.22)


# ---- capillaries -----------------------------------------------------------------------------------------------

def hairpin(rng):
    height, gap = rng.uniform(16, 70), rng.uniform(11, 30)
    second = height * rng.uniform(0.4, 1.1)
    arch = [(gap / 2 * -np.cos(t), gap / 2 * -np.sin(t)) for t in np.linspace(0, np.pi, 12)]
    points = [(-gap / 2, y) for y in np.linspace(height, 0, 12)] + arch + [(gap / 2, y) for y in np.linspace(0, second, 12)]
    points = np.array(points)
    points[:, 0] += rng.uniform(-5, 5) * np.sin(points[:, 1] / rng.uniform(8, 18) + rng.uniform(0, 6))
    return points


def comma(rng):
    return walk(rng, (0, 0), 0, rng.uniform(18, 85), 3, rng.uniform(0.0, 0.06))


def tortuous(rng):
    return walk(rng, (0, 0), 0, rng.uniform(70, 190), 4, rng.uniform(0.06, 0.2), 0.9)


def ring(rng):
    a, b, gap = rng.uniform(10, 26), rng.uniform(8, 20), rng.uniform(0, 2.5)
    return np.array([(a * np.cos(t), b * np.sin(t)) for t in np.linspace(gap, 2 * np.pi, 24)])


def dot(rng):
    return walk(rng, (0, 0), 0, rng.uniform(3, 16), 2, 0.05)


SHAPES = (hairpin, comma, tortuous, ring, dot)


def stroke(rng, points, radius, blur):
    """A vessel in its own window: (profile 0..1 with uneven filling, truth mask, offset of the window)."""
    margin = int(3 * blur + 2 * radius + 4)
    low = np.floor(points.min(0)).astype(int) - margin
    size = np.ceil(points.max(0)).astype(int) + margin - low
    profile, even = np.zeros((size[1], size[0]), np.float32), np.zeros((size[1], size[0]), np.float32)
    n = len(points)
    fine = np.linspace(0, n - 1, n * 4)
    xs, ys = np.interp(fine, np.arange(n), points[:, 0]), np.interp(fine, np.arange(n), points[:, 1])
    t = fine / (n - 1)
    taper = 1 + rng.uniform(-0.45, 0.45) * (2 * t - 1) + rng.uniform(0, 0.2) * np.sin(t * rng.uniform(4, 14) + rng.uniform(0, 6))
    fill = 1 + rng.uniform(-0.5, 0.5) * (2 * t - 1) + rng.uniform(0, 0.5) * np.sin(t * rng.uniform(3, 12) + rng.uniform(0, 6))
    fill += rng.uniform(0, 0.3) * np.sin(t * rng.uniform(12, 40) + rng.uniform(0, 6))  # beads of cells and plasma gaps
    fill = np.clip(fill, 0.15, None)
    for i in np.argsort(fill):  # the strongest last: overlapping limbs do not erase each other
        c = (int((xs[i] - low[0]) * 16), int((ys[i] - low[1]) * 16))
        r = int(max(2.0, radius * taper[i]) * 16)
        cv2.circle(profile, c, r, float(fill[i]), -1, cv2.LINE_8, 4)
        cv2.circle(even, c, r, 1.0, -1, cv2.LINE_8, 4)
    profile, even = cv2.GaussianBlur(profile, (0, 0), blur), cv2.GaussianBlur(even, (0, 0), blur)
    return profile / profile.max(), (even > 0.5 * even.max()).astype(np.uint8) * 255, low


def capillaries(rng, layers):
    heading, spread = rng.uniform(0, 2 * np.pi), rng.choice([0.4, 1.0, 3.2])
    weights = rng.dirichlet([2, 2, 1.2, 0.6, 0.8])
    size, contrast, focus = rng.uniform(0.75, 1.3), rng.uniform(0.6, 1.3), rng.uniform(1.8, 4.0)
    taken = []
    for _ in range(rng.integers(15, 95)):
        at = rng.uniform([0, 0], [WIDTH, HEIGHT])
        if any(np.hypot(*(at - q)) < 75 for q in taken) and rng.random() < 0.85:
            continue
        taken.append(at)
        faint = rng.random() < 0.3
        density = rng.uniform(0.025, 0.075) if faint else contrast * rng.uniform(0.10, 0.32)
        blur = focus * rng.uniform(0.8, 1.7) + (rng.exponential(2.0) if faint or rng.random() < 0.25 else 0)
        points = SHAPES[rng.choice(len(SHAPES), p=weights)](rng) * size
        points = (points - points.mean(0)) * [1, rng.uniform(0.5, 1)]
        a = heading + rng.normal(0, spread)
        points = points @ np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]) + at
        place(rng, layers, points, size * rng.uniform(3.5, 8.0), min(blur, 9.0), density, faint)


def place(rng, layers, points, radius, blur, density, faint):
    profile, mask, low = stroke(rng, points, radius, blur)
    h, w = profile.shape
    x0, y0, x1, y1 = max(0, low[0]), max(0, low[1]), min(WIDTH, low[0] + w), min(HEIGHT, low[1] + h)
    if x1 <= x0 or y1 <= y0:
        return
    cut = np.s_[y0 - low[1]:y1 - low[1], x0 - low[0]:x1 - low[0]]
    if not mask[cut].any():
        return
    layers.blood[y0:y1, x0:x1] += density * profile[cut]
    seen = np.count_nonzero(mask[cut]) / np.count_nonzero(mask)
    layers.vessels.append(Vessel(x0, y0, mask[cut].copy(), faint or seen < 0.4))
    if rng.random() < 0.7:  # the papilla around it: a soft halo, partly blood, partly pigment
        halo(rng, layers, points.mean(0), rng.uniform(16, 42), density)


def halo(rng, layers, centre, sigma, density):
    x, y = centre
    r = int(3 * sigma)
    x0, y0, x1, y1 = max(0, int(x) - r), max(0, int(y) - r), min(WIDTH, int(x) + r), min(HEIGHT, int(y) + r)
    if x1 <= x0 or y1 <= y0:
        return
    yy, xx = np.mgrid[y0:y1, x0:x1].astype(np.float32)
    spot = np.exp(-((xx - x) ** 2 + (yy - y) ** 2 * rng.uniform(0.7, 1.4)) / (2 * sigma ** 2))
    layers.blood[y0:y1, x0:x1] += spot * density * rng.uniform(0, 0.22)
    layers.brown[y0:y1, x0:x1] += spot * rng.uniform(0, 0.06)


# ---- what must not be taken for a capillary ---------------------------------------------------------------------

def ducts(rng, layers):
    """Sweat ducts and follicles (a bright disc in a brown rim), brown smudges, and empty pigmented papillae."""
    for _ in range(rng.integers(0, 7)):
        c, r = rng.uniform([0, 0], [WIDTH, HEIGHT]), rng.uniform(18, 55)
        t = np.linspace(0, 2 * np.pi, 40)
        rim = np.stack([c[0] + r * np.cos(t), c[1] + r * rng.uniform(0.6, 1) * np.sin(t)], 1)
        layers.brown += blurred(line(rim, rng.uniform(6, 22), 2), rng.uniform(2, 8), 2) * rng.uniform(0.02, 0.12)
        if rng.random() < 0.6:
            disc = line([c, c + 1], 1.4 * r, 2)
            layers.neutral -= blurred(disc, rng.uniform(3, 10), 2) * rng.uniform(0.02, 0.12)
    for _ in range(rng.integers(0, 6)):  # brown smudges and short creases
        path = walk(rng, rng.uniform([0, 0], [WIDTH, HEIGHT]), rng.uniform(0, 6), rng.uniform(40, 300), 10, 0.08)
        layers.brown += blurred(line(path, rng.uniform(8, 36), 2), rng.uniform(4, 14), 2) * rng.uniform(0.03, 0.15)
    for _ in range(rng.integers(0, 14)):
        spot = rng.uniform([0, 0], [WIDTH, HEIGHT])
        halo(rng, layers, spot, rng.uniform(14, 45), rng.uniform(0.02, 0.2))


def hairs(rng, layers):
    for _ in range(rng.integers(1, 4)):
        heading = rng.uniform(0, np.pi)
        begin = edge_start(rng) - 1500 * np.array([np.cos(heading), np.sin(heading)])
        path = walk(rng, begin, heading, 3000, 30, rng.uniform(0, 0.006))
        width, blur, strength = rng.uniform(5, 34), rng.uniform(0.8, 5), rng.uniform(0.04, 0.35)
        part = blurred(line(path, width, 2), blur, 2) * strength
        if rng.random() < 0.4:  # light runs through the core of a hair
            part -= blurred(line(path, width * 0.4, 2), blur, 2) * strength * rng.uniform(0.2, 0.8)
        brown = rng.uniform(0, 1)
        layers.brown += part * brown
        layers.neutral += part * (1 - brown)


def dirt(rng, layers):
    for _ in range(rng.integers(0, 14)):  # specks
        points = walk(rng, rng.uniform([0, 0], [WIDTH, HEIGHT]), rng.uniform(0, 6), rng.uniform(1, 14), 2, 0.2)
        speck(rng, layers, points, rng.uniform(2, 9))
    for _ in range(rng.integers(0, 6)):  # fibres and flakes
        points = walk(rng, rng.uniform([0, 0], [WIDTH, HEIGHT]), rng.uniform(0, 6), rng.uniform(25, 150), 5, rng.uniform(0.02, 0.2))
        speck(rng, layers, points, rng.uniform(2, 7))


def speck(rng, layers, points, radius):
    profile, _, low = stroke(rng, points, radius, rng.uniform(0.7, 3.5))
    h, w = profile.shape
    x0, y0, x1, y1 = max(0, low[0]), max(0, low[1]), min(WIDTH, low[0] + w), min(HEIGHT, low[1] + h)
    if x1 <= x0 or y1 <= y0:
        return
    part = profile[y0 - low[1]:y1 - low[1], x0 - low[0]:x1 - low[0]] * rng.uniform(0.06, 0.7)
    brown = rng.uniform(-0.3, 0.8)  # negative: bluish
    layers.neutral[y0:y1, x0:x1] += part * (1 - max(brown, 0))
    layers.brown[y0:y1, x0:x1] += part * brown


def glare(rng, layers):
    for _ in range(rng.integers(1, 12)):
        x, y = rng.uniform([0, 0], [WIDTH, HEIGHT])
        spot = np.zeros((HEIGHT // 2, WIDTH // 2), np.uint8)
        axes = (int(rng.integers(2, 14)), int(rng.integers(2, 10)))
        cv2.ellipse(spot, (int(x / 2), int(y / 2)), axes, rng.uniform(0, 180), 0, 360, 255, -1, cv2.LINE_AA)
        layers.glare += blurred(spot, rng.uniform(1, 8), 2) * rng.uniform(0.15, 1.2)


# ---- light and camera --------------------------------------------------------------------------------------------

def expose(rng, layers):
    """Light times transmission; BGR float in grey levels."""
    yy, xx = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    u, v = xx / WIDTH - 0.5, yy / HEIGHT - 0.5
    level = rng.choice([rng.uniform(110, 150), rng.uniform(110, 150), rng.uniform(60, 110), rng.uniform(150, 190)])
    if rng.random() < 0.6:
        tint = rng.normal(1, 0.03, 3)                                        # white-balanced camera
    else:
        red = rng.uniform(1.0, 1.25)
        tint = np.array([rng.uniform(0.65, 1.0), 1.0, red])                  # yellow to red skin
    blood_k = np.array([rng.uniform(0.58, 0.80), 1.0, rng.uniform(0.30, 0.58)])
    brown_k = np.array([rng.uniform(1.15, 1.5), 1.0, rng.uniform(0.70, 0.95)])
    fall = rng.uniform(0, 0.6) * (u ** 2 + v ** 2) + rng.normal(0, 0.12) * u + rng.normal(0, 0.12) * v + rng.uniform(0, 0.05) * noise(rng, 500)
    image = np.empty((HEIGHT, WIDTH, 3), np.float32)
    glare_tint = np.array([rng.uniform(1.0, 1.4), 1.0, rng.uniform(0.85, 1.1)])
    for c in range(3):
        light = level * tint[c] * (1 - fall + rng.normal(0, 0.04) * u + rng.normal(0, 0.04) * v)
        density = blood_k[c] * layers.blood + brown_k[c] * layers.brown + layers.neutral
        image[:, :, c] = light * np.exp(-density) + 120 * glare_tint[c] * layers.glare
    return image


def camera(rng, image):
    """Blur, colour misregistration, resolution loss, sensor noise, JPEG blocks."""
    image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.5, 1.8))
    if rng.random() < 0.5:
        for c in (0, 2):
            shift = np.float32([[1, 0, rng.normal(0, 0.5)], [0, 1, rng.normal(0, 0.5)]])
            image[:, :, c] = cv2.warpAffine(image[:, :, c], shift, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE)
    grain = rng.standard_normal((HEIGHT, WIDTH, 1)).astype(np.float32) * rng.uniform(0.3, 2.2)
    colour = rng.standard_normal((HEIGHT, WIDTH, 3)).astype(np.float32) * rng.uniform(0.2, 1.5)
    image = image + grain + colour
    if rng.random() < 0.3:  # a video codec's resolution loss
        k = rng.uniform(0.4, 0.9)
        small = cv2.resize(image, None, fx=k, fy=k, interpolation=cv2.INTER_AREA)
        image = cv2.resize(small, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    image = np.clip(np.rint(image), 0, 255).astype(np.uint8)
    quality = int(rng.choice([rng.uniform(75, 96), rng.uniform(40, 75), rng.uniform(15, 40)], p=[0.65, 0.25, 0.1]))
    return cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("out")
    p.add_argument("--frames", type=int, default=6)
    p.add_argument("--seed", type=int, default=7)
    p.add_argument("--only", help="indices of the seed's frames, as 3,5,8; default: 1 to the number of frames")
    p.add_argument("--quality", type=int, default=92)
    p.add_argument("--masks", action="store_true")
    a = p.parse_args()
    os.makedirs(a.out, exist_ok=True)
    indices = [int(i) for i in a.only.split(",")] if a.only else range(1, a.frames + 1)
    densities, truth = [], []
    for n, index in enumerate(indices):
        made, name = phantom(a.seed, index), f"frame-{n + 1:02d}.jpg"
        cv2.imwrite(os.path.join(a.out, name), made.image, [cv2.IMWRITE_JPEG_QUALITY, a.quality])
        densities.append([n, name, f"{np.count_nonzero(made.mask) / made.mask.size:.6f}"])
        for v in made.vessels:
            x, y, w, h = cv2.boundingRect(v.mask)
            truth.append([n, name, v.x + x, v.y + y, w, h, int(v.faint)])
        if a.masks:
            os.makedirs(os.path.join(a.out, "masks"), exist_ok=True)
            cv2.imwrite(os.path.join(a.out, "masks", name[:-4] + ".png"), made.mask)
    table(os.path.join(a.out, "truth.csv"), "frame,source,density", densities)
    table(os.path.join(a.out, "truth-boxes.csv"), "frame,source,x,y,width,height,faint", truth)


def table(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(header.split(","))
        out.writerows(rows)


if __name__ == "__main__":
    main()
