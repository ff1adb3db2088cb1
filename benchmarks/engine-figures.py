#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the OpenVINO engine inside this project with OpenVINO alone, and writes the figures to the README.

    benchmarks/engine-figures.py --openvino venv/bin/python3 --segmentation net.onnx

Build first (see README.md here) and leave the machine alone meanwhile. --openvino names a Python that has the packages
openvino (of the version that the engine has: the same libraries must run on both sides) and numpy, with benchmark_app
beside it; --segmentation an ONNX network from 1 x 256 x 256 x 1 floats to as many pixels and some channels. All in f32,
in processes that alternate in the order A B B A; what is shown are medians. Python 3.9 or newer.
"""
import argparse
import json
import os
import pathlib
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
PACKAGE = "org.fastpipeline.benchmarks"
PLUGINS = HERE.parent / "fast-cli" / "target" / "dist" / "plugins"
CROPS = HERE.parent / "models" / "capillary" / "capillary.onnx"

IDENTITY = """
import sys, numpy, openvino as ov
from openvino import opset13 as ops
x = ops.parameter([1, 16], numpy.float32, name="x")
ov.save_model(ov.Model([ops.relu(x)], [x], "identity"), sys.argv[1], compress_to_fp16=False)
"""

FIRST = """
import sys, numpy, openvino as ov
core = ov.Core()
model = core.compile_model(sys.argv[1], "CPU", {"INFERENCE_PRECISION_HINT": "f32", "NUM_STREAMS": "1",
                                                "INFERENCE_NUM_THREADS": "2", "CACHE_DIR": sys.argv[2]})
print(model(numpy.zeros((1, 256, 256, 1), numpy.float32))[0].flat[0])
"""


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--openvino", required=True, metavar="PYTHON", help="a Python that has openvino and numpy")
    parser.add_argument("--segmentation", required=True, metavar="MODEL", help="the network for pipeline and latency")
    parser.add_argument("--rounds", type=int, default=7, help="rounds of whatever is compared (default: 7)")
    parser.add_argument("--frames", type=int, default=300, help="frames of a measurement (default: 300)")
    parser.add_argument("--no-readme", action="store_true", help="leave the README as it is")
    return parser.parse_args()


def java(*words):
    home = os.environ.get("JAVA_HOME")
    jar = next((HERE / "target").glob("benchmarks-*.jar"))  # a start-up cache is made of jars alone
    classes = f"{jar}:{(HERE / 'target' / 'benchmarks.classpath').read_text()}"
    return [os.path.join(home, "bin", "java") if home else "java", "--enable-native-access=ALL-UNNAMED",
            "-Xlog:aot=off", "-Xlog:cds=off", *[word for word in words if word.startswith("-")], "-cp", classes,
            *[word for word in words if not word.startswith("-")]]


def run(command):
    """What a command prints, its seconds, and its CPU seconds; ends the measurement if it fails."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    seconds, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"exit code {done.returncode}: {' '.join(map(str, command))}\n{done.stderr[-2000:]}")
    return done.stdout, seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ours(case, model, count):
    return json.loads(run(java(f"{PACKAGE}.EngineFigures", str(PLUGINS), case, str(model), str(count)))[0].splitlines()[-1])


def app(python, model, frames, *options):
    """What benchmark_app prints as `what`, and its CPU seconds."""
    tool = pathlib.Path(python).parent / "benchmark_app"
    text, _, cpu = run([tool, "-m", model, "-d", "CPU", "-infer_precision", "f32", "-niter", str(frames), *options])
    throughput = float(re.search(r"Throughput:\s+([\d.]+)", text).group(1))
    median = float(re.search(r"Median:\s+([\d.]+)", text).group(1))
    return throughput, median, cpu


def alternate(rounds, one, other):
    """The results of both, in the order A B B A."""
    ones, others = [], []
    for _ in range(rounds):
        ones.append(one())
        others += [other(), other()]
        ones.append(one())
    return ones, others


def median(values):
    return statistics.median(values)


def throughput(given):
    options = ("-hint", "throughput", "-inference_only", "false")
    short = max(20, given.frames // 5)

    def peer():
        whole, few = (app(given.openvino, given.segmentation, frames, *options) for frames in (given.frames, short))
        return whole[0], (whole[2] - few[2]) / (given.frames - short)

    mine, theirs = alternate((given.rounds + 1) // 2, lambda: ours("pipeline", given.segmentation, given.frames), peer)
    fps, peer_fps = median(m["frames_per_second"] for m in mine), median(t[0] for t in theirs)
    cpu, peer_cpu = median(m["cpu_seconds_per_frame"] for m in mine), median(t[1] for t in theirs)
    yield (f"segmentation pipeline ({fps:.1f} frames/s) / `benchmark_app -hint throughput`", fps / peer_fps, "{:.3f}",
           "0.97 or more", fps / peer_fps >= 0.97)
    yield (f"CPU time per frame ({cpu * 1000:.1f} ms) / that of `benchmark_app`", cpu / peer_cpu, "{:.3f}",
           "1.03 or less", cpu / peer_cpu <= 1.03)


def latency(given):
    mine, theirs = alternate(
        (given.rounds + 1) // 2, lambda: ours("latency", given.segmentation, given.frames)["median_ms"],
        lambda: app(given.openvino, given.segmentation, given.frames, "-hint", "latency", "-api", "sync")[1])
    ratio = median(mine) / median(theirs)
    yield f"latency of a call ({median(mine):.2f} ms) / `benchmark_app -hint latency`", ratio, "{:.3f}", "1.03 or less", ratio <= 1.03


def batch(given):
    ratio = median(ours("batch", CROPS, 40)["ratio"] for _ in range(3))
    yield "45 calls with one crop each / a call with 45 crops", ratio, "{:.1f}", "3 or more", ratio >= 3


def calls(given, folder):
    model = folder / "identity.xml"
    run([given.openvino, "-c", IDENTITY, model])
    site = run([given.openvino, "-c", "import openvino, os; print(os.path.dirname(openvino.__file__))"])[0].strip()
    library = next(pathlib.Path(site, "libs").glob("libopenvino_c.so*"))
    loop = folder / "calls"
    run(["cc", "-O2", "-o", loop, HERE / "openvino-calls.c", library, f"-Wl,-rpath,{library.parent}",
         f"-Wl,-rpath-link,{library.parent}"])
    mine, theirs = alternate((given.rounds + 1) // 2, lambda: ours("call", model, 20000),
                             lambda: json.loads(run([loop, model, "20000"])[0])["ns_per_call"])
    own = median(m["ns_per_call"] for m in mine) - median(theirs)
    heap = median(m["heap_bytes_per_call"] for m in mine)
    yield f"a call, beyond the same calls in C ({median(theirs) / 1000:.1f} µs)", own / 1000, "{:.2f} µs", "5 µs or less", own <= 5000
    yield "heap that a call allocates", heap, "{:.0f} bytes", "200 bytes or less", heap <= 200


def start(given, folder):
    cache = folder / "first.aot"
    words = (f"{PACKAGE}.FirstResult", str(PLUGINS), given.segmentation)
    kept = f"-Dfast.openvino.models={folder / 'ours'}"
    run(java(kept, *words))
    run(java(kept, f"-XX:AOTCacheOutput={cache}", *words))
    mine, theirs = alternate(given.rounds, lambda: run(java(kept, f"-XX:AOTCache={cache}", *words))[1],
                             lambda: run([given.openvino, "-c", FIRST, given.segmentation, folder / "theirs"])[1])
    ratio = median(mine) / median(theirs)
    yield (f"start to first result, models cached ({median(mine):.2f} s) / Python's", ratio, "{:.2f}", "0.7 or less",
           ratio <= 0.7)


def into_readme(rows):
    """What was measured, in place of what stands between the README's marks."""
    begin, end = "<!-- engine: begin -->\n", "<!-- engine: end -->"
    file = HERE.parent / "README.md"
    before, rest = file.read_text(encoding="utf-8").split(begin)
    file.write_text(before + begin + "".join(f"{row}\n" for row in rows) + end + rest.split(end)[1], encoding="utf-8")


def main():
    given = arguments()
    rows = [f"| OpenVINO, {os.cpu_count()} cores, f32 | measured | aim |", "| --- | --- | --- |"]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for figures in (throughput(given), latency(given), batch(given), calls(given, folder), start(given, folder)):
            for what, value, shown, aim, met in figures:
                rows.append(f"| {what} | {shown.format(value)}{'' if met else ' (missed)'} | {aim} |")
                print(rows[-1], flush=True)
    if not given.no_readme:
        into_readme(rows)


if __name__ == "__main__":
    main()
