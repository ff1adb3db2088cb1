#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What watching the capillary job costs: frames per second with a window against without, on a virtual display.

    benchmarks/window-cost.py FRAMES

Build first (`./fast engines`), and leave the machine alone meanwhile. FRAMES is a folder with 240 or more images. Each
run is one of 240 frames less one of 60, so that starting costs nothing; runs alternate in the order A B B A, and what is
shown are medians. Needs Xvfb and a driver of OpenGL. Python 3.9 or newer.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

FAST = pathlib.Path(__file__).resolve().parent.parent / "fast"
MANY, FEW = 240, 60


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("frames", metavar="FRAMES", type=pathlib.Path)
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


def job(given, files, out, window, display):
    """Seconds of one run, and how many frames were seen."""
    command = [FAST, "capillary", *files, "--out", out, "--overlays", "none", "--engine", given.engine]
    command += ["--window", "--close-at-end"] if window else []
    done = subprocess.run(command, env={**os.environ, "DISPLAY": display}, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"exit code {done.returncode}: {done.stderr[-2000:]}")
    record = json.loads((pathlib.Path(out) / "run.json").read_text())
    return record["seconds"], len(files) - record["frames_not_shown"]


def marginal(given, files, out, window, display):
    """Seconds a frame, and frames seen a second."""
    many, seen = job(given, files[:MANY], out, window, display)
    few, first = job(given, files[:FEW], out, window, display)
    return (many - few) / (MANY - FEW), (seen - first) / (many - few)


def main():
    given = arguments()
    files = sorted(file for file in given.frames.iterdir() if file.suffix.lower() in (".png", ".jpg", ".jpeg"))
    if len(files) < MANY:
        sys.exit(f"{given.frames}: met {len(files)} images; needed {MANY}")
    server = subprocess.Popen(["Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24"], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True)
    try:
        display = ":" + server.stdout.readline().strip()
        plain, watched, seen = [], [], []
        with tempfile.TemporaryDirectory() as out:
            for _ in range(given.rounds):
                for window in (False, True, True, False):
                    seconds, rate = marginal(given, files, out, window, display)
                    (watched if window else plain).append(seconds)
                    seen += [rate] if window else []
    finally:
        server.terminate()
    without, with_window = statistics.median(plain), statistics.median(watched)
    print(f"{without:.4f} s a frame; {with_window:.4f} with a window of 960 x 540 that shows "
          f"{statistics.median(seen):.1f} frames/s: {100 * (with_window / without - 1):+.1f} %")


if __name__ == "__main__":
    main()
