# SPDX-License-Identifier: Apache-2.0
"""Leases come and go while the server is watched: bench_churn.py RATE SECONDS, with the environment of bench_load.py.

Every half minute heap in use, resident memory, threads and descriptors are sampled into
LAB_OUT/churn.tsv. What the last quarter has more than the second one is growth; the first quarter is for getting there.
"""
import os
import re
import statistics
import subprocess
import sys
import threading
import time

import bench_load

COLUMNS = ("seconds", "heap MiB", "resident MiB", "threads", "descriptors")
# By how much the median of the last quarter may exceed that of the second: a share, and as much in any case.
MAY_GROW = {"heap MiB": (0.05, 4), "resident MiB": (0.05, 16), "threads": (0, 1), "descriptors": (0, 4)}
EVERY_SECONDS = 30


def heap_mib(histogram):
    """MiB of objects that are in use, of what jcmd GC.class_histogram says. It counts while everything stands still; what is
    made between a collection and a later question would otherwise be tens of MiB at full speed, and differ from sample to sample."""
    total = re.search(r"^Total\s+\d+\s+(\d+)", histogram, re.MULTILINE)
    return int(total.group(1)) / 1024 / 1024


def sample(pid, since):
    histogram = subprocess.run(["jcmd", str(pid), "GC.class_histogram"], capture_output=True, text=True, check=True, timeout=60).stdout
    resident = next(int(line.split()[1]) for line in open(f"/proc/{pid}/status") if line.startswith("VmRSS"))
    return (time.time() - since, heap_mib(histogram), resident / 1024, len(os.listdir(f"/proc/{pid}/task")),
            len(os.listdir(f"/proc/{pid}/fd")))


def growth(samples):
    """[(column, median of the second quarter, median of the last, whether that is too much)]"""
    quarter = max(1, len(samples) // 4)
    found = []
    for column, (share, least) in MAY_GROW.items():
        numbers = [s[COLUMNS.index(column)] for s in samples]
        before, after = statistics.median(numbers[quarter:2 * quarter] or numbers), statistics.median(numbers[-quarter:])
        found.append((column, before, after, after > before + max(share * before, least)))
    return found


def main(rate, seconds):
    pid = bench_load.environment("BENCH_PID")
    runs = []
    work = threading.Thread(target=lambda: runs.append(bench_load.steady("6", rate, seconds, "churn")), daemon=True)
    since = time.time()
    work.start()
    samples = []
    with open(os.path.join(bench_load.environment("LAB_OUT"), "churn.tsv"), "w") as file:
        file.write("\t".join(COLUMNS) + "\n")
        while work.is_alive():
            work.join(EVERY_SECONDS)
            if work.is_alive():
                samples.append(sample(pid, since))
                file.write("\t".join(f"{n:.1f}" for n in samples[-1]) + "\n")
                file.flush()
                bench_load.say("churn: " + ", ".join(f"{n:.0f} {c}" for c, n in zip(COLUMNS, samples[-1])))
    if not runs or len(samples) < 4:
        sys.exit("the load ended early, or was too short to tell")
    bench_load.note("churn completed", "-", runs[0]["achieved"])
    bench_load.note("churn seconds", "-", float(seconds))
    grown = growth(samples)
    for column, before, after, too_much in grown:
        bench_load.note(f"churn {column}", "second quarter", before)
        bench_load.note(f"churn {column}", "last quarter", after)
        bench_load.say(f"churn: {column}: {before:.1f}, then {after:.1f}{' GROWS' if too_much else ''}")
    if any(too_much for *_, too_much in grown):
        sys.exit("grown: " + ", ".join(column for column, _, _, too_much in grown if too_much))


if __name__ == "__main__":
    main(*sys.argv[1:])
