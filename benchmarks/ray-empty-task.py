#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What an empty task costs in Ray: many are submitted at once, on two CPUs, and awaited together.

Needs the package ray, which is not part of this project. Prints one line of JSON: microseconds per task of all rounds.
"""
import json
import sys
import time

import ray

TASKS = 5000


@ray.remote
def empty():
    pass


def microseconds():
    begun = time.perf_counter()
    ray.get([empty.remote() for _ in range(TASKS)])
    return (time.perf_counter() - begun) * 1e6 / TASKS


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="error")
    microseconds()
    print(json.dumps({"ray": [microseconds() for _ in range(rounds)], "version": ray.__version__}))


if __name__ == "__main__":
    main()
