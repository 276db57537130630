# SPDX-License-Identifier: Apache-2.0
"""What a benchmark has measured: LAB_OUT/values.tsv, a line "server, what, at what, value" for each value. Rounds add lines."""
import json
import os
import statistics


def add(directory, server, what, x, value):
    with open(os.path.join(directory, "values.tsv"), "a") as file:
        file.write(f"{server}\t{what}\t{x}\t{value:g}\n" if isinstance(value, int) else f"{server}\t{what}\t{x}\t{value:.6g}\n")


def read(directory):
    """{(server, what): {x: [value, ...]}}; numbers stay in the order they came."""
    found = {}
    path = os.path.join(directory, "values.tsv")
    for line in open(path) if os.path.exists(path) else ():
        server, what, x, value = line.rstrip("\n").split("\t")
        found.setdefault((server, what), {}).setdefault(x, []).append(float(value))
    return found


def best(directory, server, what, x="-"):
    """The median so far, 0 if there is none."""
    numbers = read(directory).get((server, what), {}).get(x, [])
    return statistics.median(numbers) if numbers else 0


def most(directory, server, what):
    """At which x the median is highest."""
    return max(read(directory)[server, what].items(), key=lambda item: statistics.median(item[1]))[0]


# The first words of what a section measures.
OF_SECTION = {
    "ceiling": ("echo",), "threads": ("threads",), "rates": ("rate", "limit", "generator", "received-a-call", "sent-a-call"),
    "latency": ("p50", "p99", "p99.9", "rate-at", "lost", "cost", "generator-at"), "overload": ("offered", "goodput"),
    "size": ("resident", "first", "obtained"), "checkpoint": ("checkpoints",), "churn": ("churn",),
    "failover": ("failover-rate", "failover-p50", "failover-p99", "failover-lost", "failover-at", "failover-cost", "failover-lag", "governed"),
    "resync": ("resync-ms", "resync-octets", "resync-p50", "resync-p99", "resync-lost", "resync-at"),
    "hops": ("hop-rate", "hop-p50", "hop-p99"), "channels": ("channel",),
    "pool": ("pool-resolve", "pool-cost", "pool-half", "pool-octets", "pool-p50", "pool-p99", "pool-connect", "pool-first", "pool-second", "pool-heap",
             "pool-relay", "pool-relay-at", "pool-relay-p50", "pool-relay-p99", "pool-relay-lost", "pool-relay-cost", "pool-core", "pool-error", "pool-allocated"),
}


def jmh(directory, path):
    """What JMH has written of channels: "channel NAME", at each way to protect one."""
    for result in json.load(open(path)):
        add(directory, "leasehold", "channel " + result["benchmark"].split(".")[-1], result["params"]["way"], result["primaryMetric"]["score"])


def governed(directory, path):
    """What JMH has written of links with and without a partner: "governed NAME", at each way that a link is."""
    for result in json.load(open(path)):
        add(directory, "leasehold", "governed " + result["benchmark"].split(".")[-1], result["params"]["link"], result["primaryMetric"]["score"])


def forget(directory, *sections):
    """Drops what these sections have measured before."""
    path = os.path.join(directory, "values.tsv")
    if os.path.exists(path):
        kept = [line for line in open(path) if section_of(*line.split("\t")[:3]) not in sections]
        with open(path, "w") as file:
            file.writelines(kept)


def section_of(server, what, x):
    if server == "echo":
        return "ceiling"
    if x in ("normal", "checkpoint"):
        return "checkpoint"
    first = what.split(" ")[0]
    return next((section for section, words in OF_SECTION.items() if first in words), "")


def main(word, directory, *arguments):
    if word == "add":
        add(directory, *arguments[:3], float(arguments[3]))
    elif word == "most":
        print(most(directory, *arguments))
    elif word == "jmh":
        jmh(directory, *arguments)
    elif word == "governed":
        governed(directory, *arguments)
    else:
        forget(directory, *arguments)


if __name__ == "__main__":
    import sys

    main(*sys.argv[1:])
