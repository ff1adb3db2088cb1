#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Streams ultrasound frames from files through a segmentation network, in this project and in FAST, and compares.

    ./fast engines > /dev/null       # builds the plugins
    benchmarks/ultrasound-peer.py --fast peers/bin/python3 --peer peers/fast_ultrasound.py

--fast names a Python that has the package pyfast (tried with 4.18), which needs a display: xvfb-run gives it one.
--peer is the program that runs FAST: PROGRAM FRAMES_DIR MODEL ENGINE ROUNDS, which reads FRAMES_DIR/frame_0.mhd and so on
and prints a line with "fps=" for each round. Frames are phantoms, 171 of 400 x 400 with their spacing unless --frames says
otherwise; both sides read the same files and the same network. Processes alternate in the order A B B A; the first
round of each is its warm-up and does not count. What is shown are medians and their ratio. Python 3.9 or newer.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
DIST = HERE.parent / "fast-cli" / "target" / "dist"
LONGEST = 300  # seconds of a process
ENGINES = {"openvino": "OpenVINO", "onnxruntime": "ONNXRuntime"}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fast", required=True, metavar="PYTHON", help="a Python that has pyfast")
    parser.add_argument("--peer", required=True, metavar="PROGRAM", help="the program that runs FAST")
    parser.add_argument("--model", default=DIST / "models" / "ultrasound" / "ultrasound.onnx", help="the network")
    parser.add_argument("--engine", default="openvino", choices=ENGINES, help="the engine of both (default: openvino)")
    parser.add_argument("--precision", default="auto", choices=("auto", "f32"),
                        help="what ours computes in; FAST takes what its engine chooses, which is auto (the default)")
    parser.add_argument("--frames", type=int, default=171, help="how many (default: 171)")
    parser.add_argument("--processes", type=int, default=2, help="pairs A B, turned round each time (default: 2)")
    parser.add_argument("--rounds", type=int, default=4, help="rounds of a process, one of them to warm up (default: 4)")
    parser.add_argument("--json", metavar="FILE", help="write all figures to this file too")
    given = parser.parse_args()
    if given.rounds < 2 or given.processes < 1 or given.frames < 1:
        parser.error("--rounds needs 2 or more, --processes and --frames 1 or more")
    return given


def rates(command, last=False):
    """Frames per second of all rounds of a process but its first."""
    # timeout(1) ends all processes that the command has begun.
    done = subprocess.run(["timeout", "-k", "5", str(LONGEST), *map(str, command)], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True)
    if done.returncode == 124 and not last:  # FAST was seen to hang at its start once in some ten processes
        print(f"no end after {LONGEST} s, once more: {command[0]}", flush=True)
        return rates(command, last=True)
    found = [float(rate) for rate in re.findall(r"fps=([\d.]+)", done.stdout)]
    if done.returncode != 0 or len(found) < 2:
        sys.exit(f"exit code {done.returncode}: {' '.join(map(str, command))}\n{done.stdout}{done.stderr[-2000:]}")
    print(f"{done.stdout.strip()}", flush=True)
    return found[1:]


def make_frames(folder, count):
    """Phantoms, named and numbered as FAST's streamer needs them."""
    made = folder / "made"
    subprocess.run([HERE.parent / "fast", "phantom", "ultrasound", "--frames", str(count), "--format", "mhd", "--out",
                    made], check=True, stdout=subprocess.DEVNULL)
    frames = folder / "frames"
    frames.mkdir()
    for k, header in enumerate(sorted(made.glob("frame-*.mhd"))):
        shutil.copy(header.with_suffix(".raw"), frames / f"frame_{k}.raw")
        (frames / f"frame_{k}.mhd").write_text(header.read_text().replace(header.stem + ".raw", f"frame_{k}.raw"))
    return frames


def main():
    given = arguments()
    home = os.environ.get("JAVA_HOME")
    classes = f"{next((HERE / 'target').glob('benchmarks-*.jar'))}:{(HERE / 'target' / 'benchmarks.classpath').read_text()}"
    with tempfile.TemporaryDirectory(prefix="ultrasound-") as temporary:
        frames = make_frames(pathlib.Path(temporary), given.frames)
        sides = {
            "ours": [os.path.join(home, "bin", "java") if home else "java", "--enable-native-access=ALL-UNNAMED", "-cp",
                     classes, "org.fastpipeline.benchmarks.UltrasoundFigures", DIST / "plugins", frames / "frame_#.mhd",
                     given.model, given.engine, given.precision, given.rounds],
            "FAST": ["xvfb-run", "-a", given.fast, given.peer, frames, given.model, ENGINES[given.engine], given.rounds],
        }
        met = {name: [] for name in sides}
        for turn in range(given.processes):
            for name in list(sides)[::1 if turn % 2 == 0 else -1]:
                met[name] += rates(sides[name])
    medians = {name: statistics.median(values) for name, values in met.items()}
    ratio = medians["ours"] / medians["FAST"]
    for name, median in medians.items():
        print(f"{name}: median {median:.1f} frames/s of {len(met[name])} rounds")
    print(f"ours / FAST: {ratio:.2f}")
    if given.json:
        pathlib.Path(given.json).write_text(json.dumps({"rounds": met, "medians": medians, "ratio": ratio}, indent=2) + "\n")


if __name__ == "__main__":
    main()
