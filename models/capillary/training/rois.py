#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The capillary job in Python: background, SSIM regions of interest, crops, contours, density.

    python rois.py OUT_DIR FRAME... [--model ../saved_model --threshold 0.35] [--no-overlays]

The same steps and constants as the pipeline's nodes; training uses it to cut the crops that the pipeline will see.
Writes OUT_DIR/boxes.csv (frame,source,x,y,width,height,score), OUT_DIR/frames.csv and OUT_DIR/overlays/.
Images are BGR, 8 bit.
"""
import argparse, csv, os, time
import cv2
import numpy as np

# All lengths below are pixels of the work image (longest side at most 960), not of the frame.
WORK_SIDE = 960          # longest side of the work image; smaller frames are not enlarged
BACKGROUND_STEP = 4      # the background is estimated on the work image / 4
BACKGROUND_BOX = 17      # box of the background mean, in background pixels (68 work pixels), used twice
DARK = 0.97              # a pixel below DARK x local mean green is tissue content, not illumination
DARK_WEIGHT = 0.02       # weight of such a pixel in the second mean
OFFSET = 4.0             # grey levels added to both sides of a ratio: no noise amplification in black
RED_SHARE = 0.8          # neutral darkening (hair, folds) cancels out of green minus 0.8 red
SMOOTH = 1.5             # sigma of the Gaussian on the absorption (kernel 9 x 9)
LOCAL_BOX = 61           # absorption is counted against its mean in this box: rejects broad plexus
SCALE = 1000.0           # absorption 0.001 = 1 level of the 8-bit absorption map
SSIM_BOX = 11            # window of the structural similarity
SSIM_C1, SSIM_C2 = 0.01, 0.03
SSIM_LIMIT = 166         # structure where SSIM x 255 is below this (0.65)
SSIM_PIXELS = 12         # a region needs so many structured pixels
LEVEL_MIN = 18           # lowest absorption level of a region (0.018)
LEVEL_SHARE = 0.25       # ... or this share of the frame's 99th percentile, whichever is more
PEAK = 1.9               # a region's peak must reach PEAK x level
MIN_AREA = 24            # work pixels
BIG = 60                 # a region longer than this is taken apart at higher levels
LONGEST = 125            # a region that stays longer than this is no capillary (hair, fold): dropped
STEP = 1.3               # ratio of two such levels
PROMINENCE = 1.25        # a part must rise so far above the level that parted it
TIGHT = 0.30             # the box holds the region's pixels above this share of its peak
PAD = 5                  # margin around a box
OVERLAP = 0.4            # a box covered by a stronger one by more than this share is dropped
CROP_MIN = 40            # shortest side of a classifier crop; else 1.3 x the box's longer side
CROP = 50                # classifier input side
CONTOUR_MARGIN = 10      # work pixels around a box that the contour step reads
CONTOUR_SMOOTH = 0.75    # sigma of the Gaussian on the absorbance
CONTOUR_HALF = 15        # half the box against whose mean the first guess counts darkness
CONTOUR_ABSORBANCE = 900 # levels for a fall of green to 1 / e
CONTOUR_SCALE = 4 / 9    # absorbance to 8-bit levels of the first guess
CONTOUR_INSIDE = 5       # half the box of the local mean inside the vessel
CONTOUR_OUTSIDE = 10     # half the box of the local mean outside
CONTOUR_SHARE = 0.65     # the threshold lies so far from the mean outside to the mean inside
CONTOUR_CONTRAST = 0.42  # least local difference of the two, of that in the whole
CONTOUR_ROUNDS = 3
CONTOUR_FEW = 9          # so few pixels outside tell nothing: then all outside count
CONTOUR_NOWHERE = np.float32(1e6)
CONTOUR_PART = 4         # parts smaller than the largest / 4 are noise


def work_size(width, height):
    s = min(1.0, WORK_SIDE / max(width, height))
    return max(1, int(width * s + 0.5)), max(1, int(height * s + 0.5))


def still_background(frame):
    """Step 1: the illumination field, float32 BGR, at a quarter of the work size."""
    ww, wh = work_size(frame.shape[1], frame.shape[0])
    size = (ww + BACKGROUND_STEP - 1) // BACKGROUND_STEP, (wh + BACKGROUND_STEP - 1) // BACKGROUND_STEP
    small = cv2.resize(frame, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    mean_green = twice(small[:, :, 1])
    weight = np.where(small[:, :, 1] > DARK * mean_green, np.float32(1), np.float32(DARK_WEIGHT))
    sums = twice(small * weight[:, :, None])
    return sums / twice(weight)[:, :, None]


def twice(image):
    k = (BACKGROUND_BOX, BACKGROUND_BOX)
    return cv2.blur(cv2.blur(image, k), k)


def ssim(x, y, level):
    """Step 2a: structural similarity of two float images, box window, population statistics."""
    k = (SSIM_BOX, SSIM_BOX)
    c1, c2 = (SSIM_C1 * level) ** 2, (SSIM_C2 * level) ** 2
    mx, my = cv2.blur(x, k), cv2.blur(y, k)
    mxx, myy, mxy = mx * mx, my * my, mx * my
    vx = np.maximum(cv2.blur(x * x, k) - mxx, 0)
    vy = np.maximum(cv2.blur(y * y, k) - myy, 0)
    cov = cv2.blur(x * y, k) - mxy
    return ((2 * mxy + c1) * (2 * cov + c2)) / ((mxx + myy + c1) * (vx + vy + c2))


def saturate(image, scale):
    """Mat.convertTo(CV_8U, scale): round half to even, clip."""
    return np.clip(np.rint(image * np.float32(scale)), 0, 255).astype(np.uint8)


def maps(frame, background):
    """Step 2: 8-bit maps of structure (SSIM x 255) and of haemoglobin absorption (x 1000) in work size."""
    size = work_size(frame.shape[1], frame.shape[0])
    work = cv2.resize(frame, size, interpolation=cv2.INTER_AREA)
    green, red = work[:, :, 1].astype(np.float32), work[:, :, 2].astype(np.float32)
    back = cv2.resize(background, size, interpolation=cv2.INTER_LINEAR).astype(np.float32)
    back_green, back_red = np.ascontiguousarray(back[:, :, 1]), np.ascontiguousarray(back[:, :, 2])
    # A grey picture carries no colour to tell blood from dirt: then darkening alone counts.
    share = 0.0 if cv2.mean(cv2.absdiff(work[:, :, 1], work[:, :, 2]))[0] < 0.5 else RED_SHARE
    ratio_green = (green + OFFSET) / (back_green + OFFSET)
    ratio_red = (red + OFFSET) / (back_red + OFFSET)
    absorption = share * ratio_red - ratio_green
    absorption = cv2.GaussianBlur(absorption, (9, 9), SMOOTH)
    absorption -= cv2.blur(absorption, (LOCAL_BOX, LOCAL_BOX))
    level = max(8.0, cv2.mean(back_green)[0])
    return saturate(ssim(green, back_green, level), 255), saturate(absorption, SCALE)


def region_level(absorption):
    """The lowest absorption level that counts in this frame."""
    hist = np.bincount(absorption.ravel(), minlength=256)
    p99 = int(np.searchsorted(np.cumsum(hist), 0.99 * absorption.size))
    return max(LEVEL_MIN, int(LEVEL_SHARE * p99 + 0.5))


def components(mask):
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8, ltype=cv2.CV_32S)
    return [(labels, i, stats[i]) for i in range(1, len(stats))]


def regions(structure, absorption):
    """Step 3: boxes (x, y, width, height, peak) in work pixels, one per vessel."""
    level = region_level(absorption)
    least_peak = int(np.ceil(PEAK * level))
    found = []

    def visit(labels, label, stats, ox, oy, at_level):
        x, y, w, h, area = (int(v) for v in stats)
        if area < MIN_AREA:
            return
        inside = labels[y:y + h, x:x + w] == label
        a = absorption[oy + y:oy + y + h, ox + x:ox + x + w]
        peak = int(a[inside].max())
        s = structure[oy + y:oy + y + h, ox + x:ox + x + w]
        if peak < least_peak or np.count_nonzero(inside & (s < SSIM_LIMIT)) < SSIM_PIXELS:
            return
        if max(w, h) > BIG:
            higher = next_level(at_level)
            while higher < peak:
                parts = components((inside & (a > higher)).astype(np.uint8))
                parts = [p for p in parts if p[2][4] >= MIN_AREA and part_peak(a, p) >= max(least_peak, PROMINENCE * higher)]
                if len(parts) > 1 or (len(parts) == 1 and max(parts[0][2][2:4]) <= BIG):
                    for p in parts:
                        visit(*p, ox + x, oy + y, higher)
                    return
                higher = next_level(higher)
        if max(w, h) > LONGEST:
            return
        core = inside & (a >= TIGHT * peak)
        rows, cols = np.flatnonzero(core.any(1)), np.flatnonzero(core.any(0))
        found.append((ox + x + int(cols[0]), oy + y + int(rows[0]), int(cols[-1] - cols[0]) + 1, int(rows[-1] - rows[0]) + 1, peak))

    for part in components((absorption > level).astype(np.uint8)):
        visit(*part, 0, 0, level)
    return found, level


def next_level(level):
    return int(level * STEP + 0.5)


def part_peak(a, part):
    labels, label, (x, y, w, h, _) = part
    return int(a[y:y + h, x:x + w][labels[y:y + h, x:x + w] == label].max())


def boxes(frame, background):
    """Steps 2 and 3 for a frame: boxes (x, y, width, height, strength) in frame pixels, by y, then x."""
    structure, absorption = maps(frame, background)
    found, level = regions(structure, absorption)
    height, width = frame.shape[:2]
    wh, ww = absorption.shape
    padded = []
    for x, y, w, h, peak in found:
        x0, y0, x1, y1 = max(0, x - PAD), max(0, y - PAD), min(ww, x + w + PAD), min(wh, y + h + PAD)
        padded.append((x0, y0, x1, y1, peak))
    kept = []
    for b in sorted(padded, key=lambda b: (-b[4], b[1], b[0])):
        if all(covered(b, k) <= OVERLAP for k in kept):
            kept.append(b)
    out = []
    for x0, y0, x1, y1, peak in sorted(kept, key=lambda b: (b[1], b[0])):
        fx0, fy0 = x0 * width // ww, y0 * height // wh
        fx1, fy1 = -(-x1 * width // ww), -(-y1 * height // wh)
        out.append((fx0, fy0, fx1 - fx0, fy1 - fy0, peak / level))
    return out


def covered(b, k):
    w, h = min(b[2], k[2]) - max(b[0], k[0]), min(b[3], k[3]) - max(b[1], k[1])
    return max(0, w) * max(0, h) / ((b[2] - b[0]) * (b[3] - b[1]))


def crop(frame, box):
    """Step 4: the square around a box, RGB float32 in 0..1, CROP x CROP."""
    height, width = frame.shape[:2]
    x, y, w, h = box[:4]
    ww, _ = work_size(width, height)
    side = min(max(max(w, h) * 13 // 10, CROP_MIN * width // ww), width, height)
    left = min(max(0, x + w // 2 - side // 2), width - side)
    top = min(max(0, y + h // 2 - side // 2), height - side)
    part = frame[top:top + side, left:left + side]
    part = cv2.resize(part, (CROP, CROP), interpolation=cv2.INTER_AREA if side > CROP else cv2.INTER_LINEAR)
    return cv2.cvtColor(part, cv2.COLOR_BGR2RGB).astype(np.float32) / 255


def contour_mask(frame, box):
    """Step 5: the vessel's pixels inside a box (8-bit mask of the box's size)."""
    height, width = frame.shape[:2]
    x, y, w, h = box[:4]
    ww, _ = work_size(width, height)
    margin = CONTOUR_MARGIN * width // ww
    x0, y0 = max(0, x - margin), max(0, y - margin)
    x1, y1 = min(width, x + w + margin), min(height, y + h + margin)
    fw, fh, ox, oy = x1 - x0, y1 - y0, x - x0, y - y0
    table = (CONTOUR_ABSORBANCE * np.log((255 + OFFSET) / (np.arange(256) + OFFSET))).astype(np.float32)
    sigma = CONTOUR_SMOOTH * width / ww
    k = 2 * int(2 * sigma + 0.5) + 1
    absorbance = cv2.GaussianBlur(table[frame[y0:y1, x0:x1, 1]], (k, k), sigma)
    sw, sh = max(1, int(fw * ww / width + 0.5)), max(1, int(fh * ww / width + 0.5))
    work = cv2.resize(absorbance, (sw, sh), interpolation=cv2.INTER_AREA)
    inside = contour_guess(work, ox * sw // fw, oy * sh // fh, -(-(ox + w) * sw // fw), -(-(oy + h) * sh // fh))
    work = np.floor(work + 0.5)
    for _ in range(CONTOUR_ROUNDS):
        limit = local_threshold(work, inside)
        inside = (work >= limit).astype(np.float32)
    limit = cv2.resize(limit, (fw, fh), interpolation=cv2.INTER_LINEAR)
    return without_small_parts((absorbance >= limit)[oy:oy + h, ox:ox + w].astype(np.uint8) * 255)


def contour_guess(work, x0, y0, x1, y1):
    side = 2 * CONTOUR_HALF + 1
    dark = np.ascontiguousarray(saturate(work - cv2.blur(work, (side, side)), CONTOUR_SCALE)[y0:y1, x0:x1])
    inside = np.zeros(work.shape, np.float32)
    inside[y0:y1, x0:x1] = cv2.threshold(dark, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1]
    return inside


def local_threshold(work, inside):
    outside = (box_sum(inside, 1) == 0).astype(np.float32)
    if not inside.any() or not outside.any():
        return np.full(work.shape, CONTOUR_NOWHERE)
    all_in, all_out = (work * inside).sum() / inside.sum(), (work * outside).sum() / outside.sum()
    n_in, n_out = box_sum(inside, CONTOUR_INSIDE), box_sum(outside, CONTOUR_OUTSIDE)
    mean_out = box_sum(work * outside, CONTOUR_OUTSIDE) / np.maximum(n_out, 1)
    mean_out = np.where(n_out < CONTOUR_FEW, all_out, mean_out)
    contrast = box_sum(work * inside, CONTOUR_INSIDE) / np.maximum(n_in, 1) - mean_out
    known = (n_in > 0) & (contrast > CONTOUR_CONTRAST * (all_in - all_out))
    return np.where(known, mean_out + CONTOUR_SHARE * contrast, CONTOUR_NOWHERE).astype(np.float32)


def box_sum(image, half):
    return cv2.boxFilter(image, -1, (2 * half + 1, 2 * half + 1), normalize=False, borderType=cv2.BORDER_CONSTANT)


def without_small_parts(mask):
    """Without parts smaller than the largest / 4, and without smaller ones that reach the box's edge."""
    height, width = mask.shape
    parts = components(mask)
    largest = max((int(p[2][4]) for p in parts), default=0)
    for labels, i, (x, y, w, h, area) in parts:
        at_edge = x == 0 or y == 0 or x + w == width or y + h == height
        if area < largest and (at_edge or area * CONTOUR_PART < largest):
            mask[labels == i] = 0
    return mask


def main():
    p = argparse.ArgumentParser()
    p.add_argument("out"); p.add_argument("frames", nargs="+")
    p.add_argument("--model"); p.add_argument("--threshold", type=float, default=0.5)
    p.add_argument("--no-overlays", action="store_true")
    a = p.parse_args()
    cv2.setNumThreads(1)
    score = classifier(a.model, 1) if a.model else None
    os.makedirs(os.path.join(a.out, "overlays"), exist_ok=True)
    box_rows, frame_rows = [], []
    for n, path in enumerate(sorted(a.frames)):
        frame, name = cv2.imread(path, cv2.IMREAD_COLOR), os.path.basename(path)
        t0 = time.perf_counter()
        background = still_background(frame)
        t1 = time.perf_counter()
        found = boxes(frame, background)
        t2 = time.perf_counter()
        scores = [b[4] for b in found]
        if score and found:
            scores = score(np.stack([crop(frame, b) for b in found]))
        t3 = time.perf_counter()
        kept = [(b, s) for b, s in zip(found, scores) if not score or s >= a.threshold]
        mask = np.zeros(frame.shape[:2], np.uint8)
        for (x, y, w, h, _), _ in kept:
            mask[y:y + h, x:x + w] |= contour_mask(frame, (x, y, w, h))
        pixels = cv2.countNonZero(mask)
        t4 = time.perf_counter()
        ms = [1e3 * (b - c) for b, c in ((t1, t0), (t2, t1), (t3, t2), (t4, t3))]
        frame_rows.append([n, name, frame.shape[1], frame.shape[0], len(found), len(kept), pixels, f"{pixels / mask.size:.6f}"] + [f"{m:.1f}" for m in ms])
        box_rows += [[n, name, *b[:4], f"{s:.4f}"] for b, s in kept]
        print(*frame_rows[-1], flush=True)
        if not a.no_overlays:
            cv2.imwrite(os.path.join(a.out, "overlays", os.path.splitext(name)[0] + ".png"), overlay(frame, kept, mask, [b for b, s in zip(found, scores) if score and s < a.threshold]))
    write(os.path.join(a.out, "boxes.csv"), "frame,source,x,y,width,height,score", box_rows)
    write(os.path.join(a.out, "frames.csv"), "frame,source,width,height,rois,capillaries,capillary_pixels,density,ms_background,ms_rois,ms_classify,ms_contours", frame_rows)


def classifier(path, threads=None):
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import tensorflow as tf
    if threads:
        tf.config.threading.set_intra_op_parallelism_threads(threads)
    model = tf.saved_model.load(path)
    call = model.signatures["serving_default"]
    name = list(call.structured_input_signature[1])[0]

    def score(crops):
        return next(iter(call(**{name: tf.constant(crops)}).values())).numpy()[:, 1]
    score.keep = model
    return score


def overlay(frame, kept, mask, rejected=()):
    out = frame.copy()
    for b in rejected:
        cv2.rectangle(out, (b[0], b[1]), (b[0] + b[2] - 1, b[1] + b[3] - 1), (0, 0, 255), 1)
    lines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    cv2.drawContours(out, lines, -1, (0, 0, 0), 1)
    for (x, y, w, h, _), s in kept:
        cv2.rectangle(out, (x, y), (x + w - 1, y + h - 1), (0, 200, 0), 2)
        cv2.putText(out, f"{s:.2f}", (x, y - 4), cv2.FONT_HERSHEY_SIMPLEX, 0.45, (0, 90, 0), 1)
    return out


def write(path, header, rows):
    with open(path, "w", newline="") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(header.split(","))
        w.writerows(rows)


if __name__ == "__main__":
    main()
