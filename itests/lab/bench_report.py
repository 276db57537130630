# SPDX-License-Identifier: Apache-2.0
"""The measurements of bench.sh as a section for docs/benchmarks.md: bench_report.py DIRECTORY ROUNDS SECONDS."""
import datetime
import os
import platform
import statistics
import sys

SERVERS = ("kea", "dhcpd", "leasehold")
ROWS = [
    ("direct rate", "4-way exchanges a second, directly attached", "{:,.0f}", True),
    ("relayed rate", "4-way exchanges a second, relayed", "{:,.0f}", True),
    ("direct delay", "mean ms of an exchange at half of that rate, directly attached", "{:.2f}", False),
    ("relayed delay", "mean ms of an exchange at half of that rate, relayed", "{:.2f}", False),
    ("direct cost", "microseconds of processor time for an exchange at 2,000 a second, directly attached", "{:.0f}", False),
    ("relayed cost", "microseconds of processor time for an exchange at 2,000 a second, relayed", "{:.0f}", False),
    ("v4 rate", "DHCPv4: 4-way exchanges a second, relayed", "{:,.0f}", True),
    ("v4 delay", "DHCPv4: mean ms of an exchange at half of that rate", "{:.2f}", False),
    ("v4 cost", "DHCPv4: microseconds of processor time for an exchange at 2,000 a second (dhcpd: at 200)", "{:.0f}", False),
    ("v6 received a call", "DHCPv6: datagrams that one system call received, all of the above", "{:.2f}", None),
    ("v6 sent a call", "DHCPv6: datagrams that one system call sent", "{:.2f}", None),
    ("v4 received a call", "DHCPv4: datagrams that one system call received, all of the above", "{:.2f}", None),
    ("v4 sent a call", "DHCPv4: datagrams that one system call sent", "{:.2f}", None),
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


def ratio(ours, theirs, more_is_better):
    if not theirs or not ours or more_is_better is None:
        return "-"
    return f"{statistics.median(ours) / statistics.median(theirs):.2f}"


def report(directory, rounds, seconds):
    found = values(directory)
    name = {s: open(f"{directory}/{s}.name").read().strip() for s in SERVERS if os.path.exists(f"{directory}/{s}.name")}
    print(f"## {datetime.date.today()}: {' and '.join(name.values())}\n")
    print(f"Machine: {machine()}. Generator (perfdhcp) and server share it; nothing is pinned to a core.\n")
    print(f"`./dev bench`: {rounds} rounds, servers in turns, medians (smallest to largest). The rate is the highest with less than "
          f"1 % of exchanges lost in {seconds} s, found by search, all clients new. Kea: memfile, one thread (two and four were "
          "slower here), no lease file clean-up, written but not synced. dhcpd (DHCPv4 only) and Leasehold: every lease synced to disk "
          "before the answer.\n")
    print("| what | Kea | dhcpd | Leasehold | to Kea | to dhcpd |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    for key, text, form, more_is_better in ROWS:
        kea, dhcpd, ours = (found.get((server, key), []) for server in SERVERS)
        if kea or dhcpd or ours:
            print(f"| {text} | {cell(kea, form)} | {cell(dhcpd, form)} | {cell(ours, form)} "
                  f"| {ratio(ours, kea, more_is_better)} | {ratio(ours, dhcpd, more_is_better)} |")
    print("\nCommands: `perfdhcp -6 -r RATE -p SECONDS -R 10000000 -W 1000000 -l eth0` on a host of the server's link, the same with "
          "`-A1 -l core 2001:db8:ffff::1` on the relay's host, and there for DHCPv4 `-4 -l 10.255.0.2 10.255.0.1`; the plans are "
          "`itests/lab/plans/bench6.json`, `bench4.json` and `bench-dhcpd.conf`.")


report(sys.argv[1], sys.argv[2], sys.argv[3])
