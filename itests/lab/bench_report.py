# SPDX-License-Identifier: Apache-2.0
"""The measurements of bench.sh as a section for docs/benchmarks.md: bench_report.py DIRECTORY ROUNDS SECONDS."""
import datetime
import os
import platform
import statistics
import sys

ROWS = [
    ("direct rate", "4-way exchanges a second, directly attached", "{:,.0f}", True),
    ("relayed rate", "4-way exchanges a second, relayed", "{:,.0f}", True),
    ("direct delay", "mean ms of an exchange at half of that rate, directly attached", "{:.2f}", False),
    ("relayed delay", "mean ms of an exchange at half of that rate, relayed", "{:.2f}", False),
    ("direct cost", "microseconds of processor time for an exchange at 2,000 a second, directly attached", "{:.0f}", False),
    ("relayed cost", "microseconds of processor time for an exchange at 2,000 a second, relayed", "{:.0f}", False),
    ("start, no leases", "ms from start to ready, no leases", "{:,.0f}", False),
    ("start, all leases", "ms from start to ready, with the leases below", "{:,.0f}", False),
    ("leases held", "leases obtained before memory is read", "{:,.0f}", None),
    ("resident", "MiB resident with these leases", "{:,.0f}", False),
    ("resident after start", "MiB resident with these leases, after a new start", "{:,.0f}", False),
]


def values(directory):
    result = {}
    for line in open(f"{directory}/values.tsv"):
        server, what, value = line.rstrip("\n").split("\t")
        number = float(value) / (1024 if what.startswith("resident") else 1)
        result.setdefault((server, what), []).append(number)
    return result


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    memory = int(open("/proc/meminfo").readline().split()[1]) // 1024 // 1024
    return f"{os.cpu_count()} cores ({model}), {memory} GiB, Linux {platform.release()}"


def cell(found, form):
    if not found:
        return "-"
    text = form.format(statistics.median(found))
    return text + (f" ({form.format(min(found))} to {form.format(max(found))})" if len(found) > 1 else "")


def report(directory, rounds, seconds):
    found = values(directory)
    name = {s: open(f"{directory}/{s}.name").read().strip() for s in ("kea", "leasehold") if os.path.exists(f"{directory}/{s}.name")}
    print(f"## {datetime.date.today()}: {' and '.join(name.values())}\n")
    print(f"Machine: {machine()}. Generator (perfdhcp) and server share it; nothing is pinned to a core.\n")
    print(f"`./dev bench`: {rounds} rounds, servers in turns, medians (smallest to largest). The rate is the highest with less than "
          f"1 % of exchanges lost in {seconds} s, found by search, all clients new. Kea: memfile, one thread (two and four were "
          "slower here), no lease file clean-up, written but not synced. Leasehold: every lease synced to disk before the answer.\n")
    print("| what | Kea | Leasehold | ratio |\n| --- | ---: | ---: | ---: |")
    for key, text, form, more_is_better in ROWS:
        theirs, ours = found.get(("kea", key), []), found.get(("leasehold", key), [])
        ratio = "-"
        if theirs and ours and more_is_better is not None:
            ratio = f"{statistics.median(ours) / statistics.median(theirs):.2f}"
        print(f"| {text} | {cell(theirs, form)} | {cell(ours, form)} | {ratio} |")
    print("\nCommands: `perfdhcp -6 -r RATE -p SECONDS -R 10000000 -W 1000000 -l eth0` on a host of the server's link, and the same with "
          "`-A1 -l core 2001:db8:ffff::1` on the relay's host; the plan of both servers is `itests/lab/plans/bench.json`.")


report(sys.argv[1], sys.argv[2], sys.argv[3])
