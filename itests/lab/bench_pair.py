# SPDX-License-Identifier: Apache-2.0
"""Puts load on a server that has a partner, or has none, and notes what came of it; in the environment of bench_load.py.

  bench_pair.py search WAY SECONDS         the highest rate at which less than 1 % is lost, found by search
  bench_pair.py half SERVER                half of the highest rate noted so far of a server with its partner, in hundreds a second
  bench_pair.py steady WAY RATE SECONDS    latency at that rate; LAB_OUT/exchanges has how many there were, with those that do not count
  bench_pair.py between LOG BEGIN END      milliseconds from the first line with one text to the first with the other
  bench_pair.py kea NAME WAY THREADS HOOKS the plan of standard input for a Kea of that name, with its partner or without

WAY is alone or pair.
"""
import datetime
import json
import os
import re
import sys

import bench_load
import bench_values

DIRECT = "6"
PEERS = {"one": ("primary", "http://10.255.1.1:8000/"), "two": ("standby", "http://10.255.1.2:8000/")}


def search(way, seconds):
    seconds = float(seconds)
    near = bench_values.best(bench_load.environment("LAB_OUT"), bench_load.environment("BENCH_SERVER"), f"failover-rate {way}")
    near = near or bench_load.closed(DIRECT, seconds)
    found = bench_load.generate(DIRECT, "--search", "--rate", max(50, int(0.75 * near)), "--highest", max(100, int(1.3 * near)),
                                "--seconds", seconds, longest=60 + bench_load.TRIES * (seconds + 3))
    if not found["rate"]:
        raise SystemExit(f"{way}: no rate is served")
    bench_load.note(f"failover-rate {way}", "-", found["rate"])
    bench_load.say(f"{bench_load.environment('BENCH_SERVER')}, {way}: {found['rate']:.0f}/s"
                   + (" (the generator is the limit)" if found["generatorIsTheLimit"] else ""))


def half(server):
    print(int(bench_values.best(bench_load.environment("LAB_OUT"), server, "failover-rate pair") / 2) // 100 * 100)


def steady(way, rate, seconds):
    rate, seconds = float(rate), float(seconds)
    run = bench_load.generate(DIRECT, "--rate", rate, "--seconds", seconds, "--warm", bench_load.WARM_STEADY, longest=120 + 3 * seconds)
    latency = run["latencyMicros"]["exchange"]
    first = "failover" if way in ("alone", "pair") else "resync"
    for percentile in ("p50", "p99"):
        bench_load.note(f"{first}-{percentile} {way}", "-", latency[percentile] / 1000)
    bench_load.note(f"{first}-lost {way}", "-", run["lostPercent"])
    bench_load.note(f"{first}-at {way}", "-", rate)
    with open(os.path.join(bench_load.environment("LAB_OUT"), "exchanges"), "w") as file:
        file.write(str(int(rate * (seconds + bench_load.WARM_STEADY) * run["completed"] / max(1, run["begun"]))))
    bench_load.say(f"{bench_load.environment('BENCH_SERVER')}, {way}, at {rate:.0f}/s: p50 {latency['p50'] / 1000:.2f} ms, "
                   f"p99 {latency['p99'] / 1000:.2f} ms, {run['lostPercent']} % lost")


def between(path, begin, end):
    at = {}
    for line in open(path, errors="replace"):
        for mark in (begin, end):
            if mark in line:
                at.setdefault(mark, datetime.datetime.fromisoformat(line[:23].replace(",", ".")))
    print(round((at[end] - at[begin]).total_seconds() * 1000))


def kea(name, way, threads, hooks):
    plan = json.loads(re.sub(r"^\s*//.*$", "", sys.stdin.read(), flags=re.MULTILINE))
    server = plan["Dhcp6"]
    server["interfaces-config"]["interfaces"] = ["linkA"]
    server["multi-threading"] = {"enable-multi-threading": True, "thread-pool-size": int(threads), "packet-queue-size": 64}
    if way == "pair":
        server["loggers"].append({"name": "kea-dhcp6.ha-hooks", "severity": "INFO", "output_options": [{"output": "stdout"}]})
        server["hooks-libraries"] = [
            {"library": f"{hooks}/libdhcp_lease_cmds.so", "parameters": {}},
            {"library": f"{hooks}/libdhcp_ha.so", "parameters": {"high-availability": [{
                "this-server-name": name, "mode": "hot-standby",
                "heartbeat-delay": 1000, "max-response-delay": 5000, "max-unacked-clients": 0, "sync-timeout": 600000,
                "multi-threading": {"enable-multi-threading": True, "http-dedicated-listener": True,
                                    "http-listener-threads": int(threads), "http-client-threads": int(threads)},
                "peers": [{"name": each, "url": url, "role": role, "auto-failover": True} for each, (role, url) in PEERS.items()],
            }]}}]
    json.dump(plan, sys.stdout, indent=1)


if __name__ == "__main__":
    {"search": search, "half": half, "steady": steady, "between": between, "kea": kea}[sys.argv[1]](*sys.argv[2:])
