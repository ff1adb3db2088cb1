#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Times two command lines that do the same job on the same frames, and prints the ratio of their medians.

    benchmarks/capillary-peer.py --frames 200 \\
        --ours './fast capillary "frames/*.png" --out {out}' \\
        --peer 'python3 peer.py "frames/*.png" --out {out}'

Both run alternately in the order A B B A, so that a machine that grows slower or faster favours neither. Each run gets
a folder of its own in place of {out}, deleted afterwards. A command that fails ends the measurement. What is timed is
the whole process, from its start to its end. Python 3.9 or newer, nothing else.
"""
import argparse
import json
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
import time


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ours", required=True, metavar="COMMAND", help="the command line to be measured")
    parser.add_argument("--peer", required=True, metavar="COMMAND", help="the command line to compare with")
    parser.add_argument("--frames", required=True, type=int, help="frames that each run works on")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of A B B A (default: 3, so 6 runs of each)")
    parser.add_argument("--warm-up", type=int, default=1, help="runs of each that do not count (default: 1)")
    parser.add_argument("--timeout", type=float, default=3600, metavar="SECONDS", help="longest run (default: 3600)")
    parser.add_argument("--json", metavar="FILE", help="write all figures to this file too")
    given = parser.parse_args()
    if given.frames < 1 or given.rounds < 1 or given.warm_up < 0:
        parser.error("--frames and --rounds need 1 or more, --warm-up 0 or more")
    return given


def run(name, command, timeout):
    """Runs a command once; its seconds."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as out:
        line = command.replace("{out}", shlex.quote(os.path.join(out, "out")))
        begun = time.perf_counter()
        try:
            done = subprocess.run(["sh", "-c", line], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, timeout=timeout)
        except subprocess.TimeoutExpired:
            sys.exit(f"{name}: not done after {timeout:g} s: {line}")
        seconds = time.perf_counter() - begun
        if done.returncode != 0:
            tail = done.stdout.decode(errors="replace").splitlines()[-20:]
            sys.exit(f"{name}: exit code {done.returncode}: {line}\n" + "\n".join(tail))
        return seconds


def main():
    given = arguments()
    commands = {"ours": given.ours, "peer": given.peer}
    order = ["ours", "peer", "peer", "ours"]
    seconds = {name: [] for name in commands}
    for _ in range(given.warm_up):
        for name, command in commands.items():
            print(f"warm-up  {name}  {run(name, command, given.timeout):9.2f} s", flush=True)
    for number in range(1, given.rounds + 1):
        for name in order:
            seconds[name].append(run(name, commands[name], given.timeout))
            print(f"round {number:2d} {name}  {seconds[name][-1]:9.2f} s", flush=True)

    print(f"\n      {'median s':>10} {'least s':>10} {'most s':>10} {'frames/s':>10} {'ms/frame':>10}")
    medians = {name: statistics.median(values) for name, values in seconds.items()}
    for name, values in seconds.items():
        median = medians[name]
        print(f"{name}  {median:10.2f} {min(values):10.2f} {max(values):10.2f} {given.frames / median:10.2f} "
              f"{1000 * median / given.frames:10.1f}")
    ratio = medians["peer"] / medians["ours"]
    lowest = min(seconds["peer"]) / max(seconds["ours"])
    highest = max(seconds["peer"]) / min(seconds["ours"])
    print(f"\nours is {ratio:.2f} times as fast as peer (between {lowest:.2f} and {highest:.2f} over all runs)")
    if given.json:
        with open(given.json, "w", encoding="utf-8") as file:
            json.dump({"frames": given.frames, "commands": commands, "seconds": seconds, "medians": medians,
                       "ratio": ratio}, file, indent=2)
            file.write("\n")


if __name__ == "__main__":
    main()
