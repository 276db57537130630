# SPDX-License-Identifier: Apache-2.0
"""Puts load on registrars, and on a relay agent before a pool, and notes what came of it.

  bench_pool.py resolve WAY SECONDS   resolutions a second of 64 users that wait for their answers, and times at half of that
  bench_pool.py storm WAY             100 pool elements register in 100 pools each, all at once, until both registrars know them all
  bench_pool.py memory WAY            the heap of both with none, 1,000 and 10,000 pool elements of 100 connections
  bench_pool.py relay WAY SECONDS     exchanges a second through a relay agent, and times at half of the first that was noted with WAY fixed
  bench_pool.py cores FILE            what JMH has written

WAY is tls or tcp, for relay fixed or pool. The environment says the rest, as for bench_load.py; BENCH_PID is the first registrar or the relay
agent, BENCH_PID_OTHER the second registrar, POOL_FIRST the first address of the crowd, LAB_ASSEMBLY the assembly.
"""
import json
import os
import re
import subprocess
import sys
import time

import bench_load
import bench_values
from bench_load import environment, note, say

REGISTRARS = {"reg1": "2001:db8:ffff::11", "reg2": "2001:db8:ffff::12"}
USERS = 64
OUTSTANDING = 256
ELEMENTS = 100


class Crowd:
    """The generator, which lives until it is told to end."""

    def __init__(self, *words):
        out = environment("LAB_OUT")
        self.log = open(os.path.join(out, "crowd.log"), "a")
        self.process = subprocess.Popen(
            ["ip", "netns", "exec", f"{environment('LAB_NAME')}-crowd", "nice", "-n", environment("LAB_NICE", "-10"), "java", "-XX:+UseSerialGC",
             "-Xmx1g", "-jar", environment("LAB_JAR"), "pool", *[str(w) for w in words]],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, text=True)

    def said(self):
        line = self.process.stdout.readline()
        self.log.write(line)
        self.log.flush()
        if not line:
            raise SystemExit(f"the crowd has gone: {open(self.log.name).read().strip().splitlines()[-1:]}")
        return json.loads(line)

    def next(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.said()

    def end(self):
        self.process.stdin.close()
        if self.process.wait(timeout=30) != 0:
            raise SystemExit(f"the crowd ends badly: {open(self.log.name).read().strip().splitlines()[-1:]}")


def place(way, registrar="reg1"):
    keys = ["--keys", os.path.join(environment("LAB_OUT"), "keys")] if way == "tls" else []
    return ["--to", REGISTRARS[registrar], "--from", environment("POOL_FIRST"), *keys]


def resolve(way, seconds):
    seconds = float(seconds)
    members = Crowd("register", *place(way), "--crowd", 4, "--first", USERS, "--pools", "1")
    members.said()
    users = ["resolve", *place(way), "--crowd", USERS]
    run = None
    for counts in (False, True):  # machine code first
        ask = Crowd(*users, "--closed", OUTSTANDING, "--warm", 3, "--seconds", seconds)
        before = bench_load.server_ticks()
        run = ask.said()
        ticks = bench_load.server_ticks() - before
        ask.end()
        if counts:
            note(f"pool-resolve {way}", "-", run["answered"])
            note(f"pool-cost {way}", "-", ticks * 1e6 / bench_load.TICKS / (run["answered"] * (seconds + 3)))
    half = int(run["answered"] / 2) // 100 * 100
    ask = Crowd(*users, "--rate", half, "--warm", 3, "--seconds", 2 * seconds)
    timed = ask.said()
    ask.end()
    members.end()
    if timed["unanswered"]:
        raise SystemExit(f"{timed['unanswered']} resolutions were not answered")
    note(f"pool-half {way}", "-", half)
    note(f"pool-octets {way}", "-", timed["octets"])
    for percentile in ("p50", "p99"):
        note(f"pool-{percentile} {way}", "-", timed[percentile] / 1000)
    say(f"{way}: {run['answered']:.0f} resolutions/s of {run['members']} members; at {half}/s p50 {timed['p50'] / 1000:.2f} ms, p99 {timed['p99'] / 1000:.2f} ms")


def facts(registrar):
    """What a registrar says of itself and the others."""
    out = environment("LAB_OUT")
    done = subprocess.run(
        ["ip", "netns", "exec", f"{environment('LAB_NAME')}-{registrar}", f"{environment('LAB_ASSEMBLY')}/bin/leasehold", "--instance", f"{out}/{registrar}",
         "exec", "dhcp:registrar-list --json"], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["own"]


def agree():
    """Whether each knows all, and computes the checksum that the other one said."""
    own = [facts(each) for each in REGISTRARS]
    return all(len(each["peers"]) == 1 and each["peers"][0]["checksum"] == each["peers"][0]["told-checksum"] for each in own) \
        and own[0]["elements"] == own[1]["elements"]


def until_agreed():
    deadline = time.time() + 60
    while not agree():
        if time.time() > deadline:
            raise SystemExit(f"the registrars do not agree: {[facts(each) for each in REGISTRARS]}")
        time.sleep(0.5)


def until_met():
    """Both know each other."""
    deadline = time.time() + 60
    while not all(each["ready"] and [p["state"] for p in each["peers"]] == ["active"] for each in map(facts, REGISTRARS)):
        if time.time() > deadline:
            raise SystemExit("the registrars do not find each other")
        time.sleep(0.2)


def register(way, pools):
    return Crowd("register", *place(way), "--crowd", ELEMENTS, "--pools", pools, "--other", REGISTRARS["reg2"])


def storm(way):
    until_met()
    crowd = register(way, ELEMENTS)
    found = crowd.said()
    if found["refused"] or found["unanswered"] or not found.get("complete"):
        raise SystemExit(f"not all are registered: {found}")
    until_agreed()
    crowd.end()
    note(f"pool-connect {way}", "-", found["connectMillis"])
    note(f"pool-first {way}", "-", found["millis"])
    note(f"pool-second {way}", "-", found["otherMillis"])
    say(f"{way}: {found['elements']} elements in {found['millis']:.0f} ms, known to the other one after {found['otherMillis']:.0f} ms; they agree")


def heap(pid):
    """Octets that are alive after a collection, the least of a few seconds: what began lately leaves some for a while."""
    return min(heap_now(pid, pause) for pause in (0, 3, 3))


def heap_now(pid, pause):
    time.sleep(pause)
    subprocess.run(["jcmd", pid, "GC.run"], capture_output=True, check=True)
    text = subprocess.run(["jcmd", pid, "GC.heap_info"], capture_output=True, text=True, check=True).stdout
    return 1024 * sum(int(used) for line in text.splitlines() if "etaspace" not in line and "class space" not in line
                      for used in re.findall(r"used (\d+)K", line))


def memory(way):
    """Connections that begin leave some behind for half a minute, which is waited for."""
    until_met()
    crowd = register(way, f"0,{1000 // ELEMENTS},{10_000 // ELEMENTS}")
    found = crowd.said()
    time.sleep(40)
    while True:
        until_agreed()
        for which, pid in (("home", "BENCH_PID"), ("other", "BENCH_PID_OTHER")):
            octets = heap(environment(pid))
            note(f"pool-heap {which}", found["elements"], octets)
            say(f"{found['elements']} elements: {octets / 1048576:.2f} MiB of heap, {which}")
        if found["elements"] == 10_000:
            break
        found = crowd.next()
    crowd.end()


def relay(way, seconds):
    seconds = float(seconds)
    bench_load.generate("6hop", "--closed", OUTSTANDING, "--seconds", 2 * seconds, "--warm", 0.5, longest=120)
    achieved = bench_load.closed("6hop", 2 * seconds, f"pool-relay {way}")
    rate = bench_values.best(environment("LAB_OUT"), "leasehold", "pool-relay-at")
    if not rate:
        rate = int(achieved / 2) // 100 * 100
    note("pool-relay-at", "-", rate)
    before = bench_load.server_ticks()
    run = bench_load.generate("6hop", "--rate", rate, "--seconds", 2 * seconds, "--warm", seconds, longest=120)
    ticks = bench_load.server_ticks() - before
    latency = run["latencyMicros"]["exchange"]
    for percentile in ("p50", "p99"):
        note(f"pool-relay-{percentile} {way}", "-", latency[percentile] / 1000)
    note(f"pool-relay-lost {way}", "-", run["lostPercent"])
    note(f"pool-relay-cost {way}", "-", ticks * 1e6 / bench_load.TICKS / (rate * 3 * seconds))
    say(f"{way}: {achieved:.0f}/s; at {rate:.0f}/s p50 {latency['p50'] / 1000:.2f} ms, p99 {latency['p99'] / 1000:.2f} ms, {run['lostPercent']} % lost")


def cores(path):
    for result in json.load(open(path)):
        at = " ".join(result["params"].values())
        name = result["benchmark"].split(".")[-1]
        note(f"pool-core {name}", at, result["primaryMetric"]["score"])
        note(f"pool-error {name}", at, result["primaryMetric"]["scoreError"])
        allocated = result["secondaryMetrics"].get("gc.alloc.rate.norm") or result["secondaryMetrics"].get("·gc.alloc.rate.norm")
        if allocated:
            note(f"pool-allocated {name}", at, allocated["score"])


if __name__ == "__main__":
    {"resolve": resolve, "storm": storm, "memory": memory, "relay": relay, "cores": cores}[sys.argv[1]](*sys.argv[2:])
