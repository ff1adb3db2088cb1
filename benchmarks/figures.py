#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the benchmarks of the executor and writes their figures, beside what they aim at, to docs/performance.md, and
without that to the README.

    benchmarks/figures.py --ray python3

Build the benchmarks first (see README.md here) and leave the machine alone meanwhile. Takes about five minutes. Figures
are medians of all rounds; what is compared ran alternately on the same machine. Without --ray, which names a Python that
has the package ray, the row about Ray is left out. Python 3.9 or newer, nothing else.
"""
import argparse
import datetime
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PACKAGE = "org.fastpipeline.benchmarks"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ray", metavar="PYTHON", help="a Python that has the package ray")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of whatever is compared (default: 5)")
    parser.add_argument("--jmh", default="-wi 5 -i 5 -w 1 -r 1 -f 2", metavar="OPTIONS", help="options of JMH")
    parser.add_argument("--note", metavar="TEXT", help="what a reader must know of how it was measured")
    parser.add_argument("--no-readme", action="store_true", help="leave the README as it is")
    parser.add_argument("--out", default=str(HERE.parent / "docs" / "performance.md"), metavar="FILE")
    return parser.parse_args()


def java():
    home = os.environ.get("JAVA_HOME")
    return os.path.join(home, "bin", "java") if home else "java"


def class_path():
    try:
        return f"{HERE}/target/classes:{(HERE / 'target' / 'benchmarks.classpath').read_text()}"
    except FileNotFoundError:
        sys.exit("not built: ./mvnw -q -pl benchmarks -am -Dmaven.test.skip=true package")


def output(command):
    """What a command prints; ends the measurement if it fails."""
    shown = " ".join(word for word in command if word != class_path())
    print("+", shown, file=sys.stderr, flush=True)
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"exit code {done.returncode}: {shown}")
    return done.stdout


def program(name, *args):
    return json.loads(output([java(), "-cp", class_path(), f"{PACKAGE}.{name}", *args]).splitlines()[-1])


def jmh(options):
    """Median time and heap bytes of each benchmark, by name, nodes and workers."""
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "jmh.json")
        output([java(), "-cp", class_path(), "org.openjdk.jmh.Main", *options.split(), "-p", "nodes=1,16", "-prof", "gc",
                "-rf", "json", "-rff", file, "HopBenchmark|PassThroughBenchmark"])
        results = json.loads(pathlib.Path(file).read_text())
    figures = {}
    for result in results:
        given = result.get("params", {})
        key = (result["benchmark"].split(".")[-1], given.get("nodes"), given.get("workers"))
        raw = result["primaryMetric"]["rawData"]
        heap = result["secondaryMetrics"]["gc.alloc.rate.norm"]["score"]
        figures[key] = statistics.median(value for fork in raw for value in fork), heap
    return figures


def empty_task(python, rounds):
    """Microseconds per task, ours and Ray's, in the order A B B A."""
    ours, theirs = [], []

    def us():
        ours.append(program("EmptyTask", str(rounds)))

    def ray():
        theirs.append(json.loads(output([python, str(HERE / "ray-empty-task.py"), str(rounds)]).splitlines()[-1]))

    for step in ([us, ray, ray, us] if python else [us]):
        step()
    gathered = {name: [value for run in ours for value in run[name]] for name in ("saturated", "standard")}
    gathered["ray"] = [value for run in theirs for value in run["ray"]]
    gathered["version"] = theirs[0]["version"] if theirs else None
    return gathered


def row(what, value, shown, target, met):
    return f"| {what} | {shown.format(value)} | {target} | {'yes' if met else 'no'} |"


def rows(hops, use, tasks):
    def hop(workers, which):
        return (hops["drain", "16", workers][which] - hops["drain", "1", workers][which]) / 15

    one, two = hop("1", 0), hop("2", 0)
    heap = max(hop("1", 1), hop("2", 1))
    ten, copy = hops["tenNodes", None, None][0], hops["oneCopy", None, None][0]
    median = {name: statistics.median(values) for name, values in use.items()}
    wall = median["wall time of one worker / CPU time of its nodes"]
    tax = median["CPU time of the process / of its nodes"]
    speedup = median["one worker / two workers"]
    plain = median["one plain thread / two plain threads"]
    yield row("a hop, one worker", one, "{:.0f} ns", "300 ns", 0 < one <= 300)
    yield row("a hop, two workers, saturated", two, "{:.0f} ns", "2,000 ns", 0 < two <= 2000)
    yield row("heap that a hop allocates", heap, "{:.0f} bytes", "200 bytes", heap <= 200)
    yield row(f"6.2 MB through ten nodes ({ten:.0f} µs) / one copy of it ({copy:.0f} µs)", ten / copy, "{:.2f}",
              "less than 1", ten < copy)
    yield row("wall time of one worker / CPU time of its nodes", wall, "{:.3f}", "1.05", wall <= 1.05)
    yield row("CPU time of the whole process / of its nodes, one worker", tax, "{:.3f}", "1.05", tax <= 1.05)
    yield row(f"time of one worker / of two (plain threads: {plain:.2f})", speedup, "{:.2f}", "1.90 or more",
              speedup >= 1.90)
    for name, bound in (("of the bound, cores", "cores / CPU seconds per frame"),
                        ("of the bound, stateful stage", "1 / slowest stateful stage")):
        yield row(f"pipelining: frames/s / bound, where the bound is {bound}", median[name], "{:.3f}", "0.95 or more",
                  median[name] >= 0.95)
    if tasks["ray"]:
        ours, theirs = statistics.median(tasks["saturated"]), statistics.median(tasks["ray"])
        standard = statistics.median(tasks["standard"])
        yield row(f"empty task: Ray {tasks['version']} ({theirs:.0f} µs) / ours ({ours:.2f} µs, 64 frames in work)",
                  theirs / ours, "{:.0f}", "100 or more", theirs / ours >= 100)
        yield row(f"the same with standard options ({standard:.1f} µs, 6 frames in work)", theirs / standard, "{:.0f}",
                  "-", True)


def cpu():
    try:
        names = [line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")]
        return names[0]
    except (OSError, IndexError):
        return platform.processor() or platform.machine()


def load():
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def into_readme(table):
    """What was measured, in place of what stands between the README's marks."""
    begin, end = "<!-- executor: begin -->\n", "<!-- executor: end -->"
    file = HERE.parent / "README.md"
    before, rest = file.read_text(encoding="utf-8").split(begin)
    after = rest.split(end)[1]
    rows_of_two = [f"| the executor, {os.cpu_count()} cores | measured |", "| --- | --- |", *table]
    short = ["|".join(row.split("|")[:3]) + "|\n" for row in rows_of_two]
    file.write_text(before + begin + "".join(short) + end + after, encoding="utf-8")


def main():
    given = arguments()
    busy = load()
    use = program("CoreUse", str(given.rounds))
    hops = jmh(given.jmh)
    tasks = empty_task(given.ray, given.rounds)
    table = list(rows(hops, use, tasks))
    version = subprocess.run([java(), "--version"], stdout=subprocess.PIPE, text=True).stdout.splitlines()[0]
    lines = [
        "<!-- SPDX-License-Identifier: Apache-2.0 -->",
        "# Performance",
        "",
        "Written by `benchmarks/figures.py`; `benchmarks/README.md` says what each figure means and how to repeat it.",
        "",
        f"{datetime.date.today()}, {os.cpu_count()} cores ({cpu()}), {platform.system()} on {platform.machine()},",
        f"{version}, {given.rounds} rounds. Load by other programs when it began: {busy}.",
        "",
        "| what | measured | aim | met |",
        "| --- | --- | --- | --- |",
        *table,
        "",
        "Figures are medians. Ratios are of runs that alternated on the same machine.",
        *(["", f"Note: {given.note}"] if given.note else []),
        "",
    ]
    pathlib.Path(given.out).write_text("\n".join(lines), encoding="utf-8")
    if not given.no_readme:
        into_readme(table)
    print("\n".join(lines))


if __name__ == "__main__":
    main()
