# SPDX-License-Identifier: Apache-2.0
"""Puts load on the server of the benchmark and notes what came of it.

  bench_load.py search MODE SECONDS          the highest rate at which less than 1 % is lost, found by search
  bench_load.py closed MODE SECONDS WHAT X   what comes through when 256 clients wait for each other, noted as WHAT at X
  bench_load.py steady MODE RATE SECONDS AT  latency, and processor time of an exchange, at that rate; AT is what the report calls it
  bench_load.py hop WAY SECONDS              the highest rate, and latency at 1,000 a second, of clients behind a relay agent
  bench_load.py offered MODE RATE SECONDS FACTOR [retransmit]    exchanges a second that are completed when RATE are asked for
  bench_load.py fill MODE RATE COUNT         COUNT clients obtain a lease each; prints how many did
  bench_load.py best MODE SERVER             the highest rate noted so far of a server, 0 if there is none
  bench_load.py half MODE                    half of it of Kea, in hundreds a second

MODE is 6, 6relayed, 6rapid, 6renew, 4 or 4renew. The environment says the rest: LAB_NAME, LAB_OUT, LAB_GENERATOR (leasehold or
perfdhcp), LAB_JAR, LAB_NICE, BENCH_SERVER (who is measured), BENCH_PID (its process), BENCH_STARTED (for the elapsed time).
"""
import json
import os
import subprocess
import sys
import time

import bench_values
from perf import Perfdhcp

# Where a mode's clients are: on the server's link, or behind the relay, which is all that DHCPv4 has without hardware addresses.
DIRECT6 = "client", ["--interface", "eth0"]
RELAYED6 = "relay1", ["--relay", "2001:db8:ffff::2", "--to", "2001:db8:ffff::1"]
RELAYED4 = "relay1", ["--relay", "10.255.0.2", "--local", "10.255.0.2", "--to", "10.255.0.1"]
MODES = {
    "6": ("6", DIRECT6), "6relayed": ("6", RELAYED6), "6rapid": ("6rapid", DIRECT6), "6renew": ("6renew", DIRECT6),
    "4": ("4", RELAYED4), "4renew": ("4renew", RELAYED4), "6hop": ("6", ("behind", ["--interface", "eth0"])),
}
PERFDHCP = {
    "6": ("client", ["-6", "-l", "eth0"]),
    "6relayed": ("relay1", ["-6", "-A1", "-l", "core", "2001:db8:ffff::1"]),
    "4": ("relay1", ["-4", "-l", "10.255.0.2", "10.255.0.1"]),
}
# Clients that renew in turns, if not 10,000; they obtain their leases first.
RENEWING = {"dhcpd": 1000}
WARM = 1    # seconds of a run that do not count
WARM_STEADY = 10  # the same where latency is measured: compilers, of the generator too, have done what they will
TRIES = 24  # more than any search takes
TICKS = os.sysconf("SC_CLK_TCK")


def environment(name, default=""):
    return os.environ.get(name, default)


def say(text):
    elapsed = time.time() - float(environment("BENCH_STARTED", time.time()))
    print(f"[{elapsed:4.0f}s] {text}", flush=True)


def note(what, x, value):
    bench_values.add(environment("LAB_OUT"), environment("BENCH_SERVER"), what, x, value)


def server_ticks():
    """Clock ticks of processor time that the server has used, 0 if there is none to be asked."""
    try:
        fields = open(f"/proc/{environment('BENCH_PID')}/stat").read().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])
    except OSError:
        return 0


def generate(mode, *options, longest):
    """Runs the generator and returns what it reports. All of it is kept in LAB_OUT/runs."""
    kind, (host, where) = MODES[mode]
    words = [kind, *where, *[str(o) for o in options], "--json"]
    if kind.endswith("renew") and "--clients" not in words:
        words += ["--clients", str(RENEWING.get(environment("BENCH_SERVER"), 10_000))]
    command = ["ip", "netns", "exec", f"{environment('LAB_NAME')}-{host}", "nice", "-n", environment("LAB_NICE", "-10"), "java", "-XX:+UseSerialGC", "-Xmx1g", "-jar",
               environment("LAB_JAR"), *words]
    begun = time.time()
    done = subprocess.run(command, capture_output=True, text=True, timeout=longest, check=False)
    runs = os.path.join(environment("LAB_OUT"), "runs")
    os.makedirs(runs, exist_ok=True)
    with open(f"{runs}/{begun:.0f}-{environment('BENCH_SERVER')}-{mode}.txt", "a") as record:
        record.write(" ".join(words) + "\n" + done.stderr + done.stdout + "\n")
    if done.returncode != 0:
        raise SystemExit(f"the generator fails: {' '.join(words)}: {(done.stderr or done.stdout).strip().splitlines()[-1:]}")
    return json.loads(done.stdout)


def search(mode, seconds):
    seconds = float(seconds)
    if environment("LAB_GENERATOR") == "perfdhcp":
        return search_perfdhcp(mode, seconds)
    near = bench_values.best(environment("LAB_OUT"), environment("BENCH_SERVER"), f"rate {mode}")
    if not near:
        # What comes through with a fixed number of clients that wait for each other is near the rate that is looked for.
        near = closed(mode, seconds)
    found = generate(mode, "--search", "--rate", max(50, int(0.75 * near)), "--highest", max(100, int(1.3 * near)),
                     "--seconds", seconds, longest=60 + TRIES * (seconds + 3))
    if found["rate"] >= int(1.3 * near):
        found = generate(mode, "--search", "--rate", int(1.3 * near), "--seconds", seconds, longest=60 + TRIES * (seconds + 3))
    if not found["rate"]:
        raise SystemExit(f"{mode}: no rate is served")
    note(f"rate {mode}", "-", found["rate"])
    note(f"limit {mode}", "-", 1 if found["generatorIsTheLimit"] else 0)
    note(f"generator {mode}", "-", found["best"]["generator"]["cpuMicrosPerExchange"])
    say(f"{environment('BENCH_SERVER')}: {mode} {found['rate']:.0f}/s" +
        (" (the generator is the limit)" if found["generatorIsTheLimit"] else ""))


def closed(mode, seconds, what=None, x="-"):
    achieved = generate(mode, "--closed", 256, "--seconds", seconds, "--warm", 0.5, longest=120)["achieved"]
    if what:
        note(what, x, achieved)
        say(f"{environment('BENCH_SERVER')}: {achieved:.0f}/s ({what}, {x})")
    return achieved


def search_perfdhcp(mode, seconds):
    if mode not in PERFDHCP:
        say(f"{mode} is left out: perfdhcp cannot do it alone")
        return
    host, arguments = PERFDHCP[mode]
    rate, delay = Perfdhcp(environment("LAB_NAME"), host, arguments).search(int(seconds))
    note(f"rate {mode}", "-", rate)
    say(f"{environment('BENCH_SERVER')}: {mode} {rate:.0f}/s, mean {delay:.2f} ms at half of it")


def steady(mode, rate, seconds, at):
    rate, seconds = float(rate), float(seconds)
    before = server_ticks()
    run = generate(mode, "--rate", rate, "--seconds", seconds, "--warm", WARM_STEADY, longest=120 + 3 * seconds)
    ticks = server_ticks() - before
    if run["lostPercent"] > 50:
        raise SystemExit(f"{mode} at {rate:.0f}/s: {run['lostPercent']} % lost")
    latency = run["latencyMicros"]["exchange"]
    for percentile in ("p50", "p99", "p99.9"):
        note(f"{percentile} {mode}", at, latency[percentile] / 1000)
    note(f"rate-at {mode}", at, rate)
    note(f"lost {mode}", at, run["lostPercent"])
    if not mode.endswith("renew"):  # which first obtains leases, and that costs, too
        done = rate * (seconds + WARM_STEADY) * run["completed"] / max(1, run["begun"])
        note(f"cost {mode}", at, ticks * 1e6 / TICKS / max(1, done))
    note(f"generator-at {mode}", at, run["generator"]["cpuMicrosPerExchange"])
    say(f"{environment('BENCH_SERVER')}: {mode} at {rate:.0f}/s ({at}): p50 {latency['p50'] / 1000:.2f} ms, "
        f"p99 {latency['p99'] / 1000:.2f} ms, p99.9 {latency['p99.9'] / 1000:.2f} ms, {run['lostPercent']} % lost")
    return run


def hop(way, seconds):
    near = closed("6hop", seconds)
    found = generate("6hop", "--search", "--rate", max(50, int(0.75 * near)), "--highest", max(100, int(1.3 * near)), "--seconds", seconds,
                     longest=60 + TRIES * (float(seconds) + 3))
    if not found["rate"]:
        raise SystemExit(f"{way}: no rate is served")
    note(f"hop-rate {way}", "-", found["rate"])
    run = generate("6hop", "--rate", 1000, "--seconds", 5, "--warm", WARM_STEADY, longest=120)
    latency = run["latencyMicros"]["exchange"]
    for percentile in ("p50", "p99"):
        note(f"hop-{percentile} {way}", "-", latency[percentile] / 1000)
    say(f"{environment('BENCH_SERVER')}, {way}: {found['rate']:.0f}/s; at 1,000/s p50 {latency['p50'] / 1000:.2f} ms, "
        f"p99 {latency['p99'] / 1000:.2f} ms, {run['lostPercent']} % lost")


def offered(mode, rate, seconds, factor, retransmit=""):
    options = ["--rate", float(rate), "--seconds", seconds, "--warm", WARM, "--give-up", 10]
    run = generate(mode, *options, *(["--retransmit"] if retransmit else []), longest=180 + 3 * float(seconds))
    way = "again" if retransmit else "once"
    note(f"offered {mode} {way}", factor, float(rate))
    note(f"goodput {mode} {way}", factor, run["achieved"])
    say(f"{environment('BENCH_SERVER')}: {mode} {float(rate):.0f}/s offered ({factor}, {way}): {run['achieved']:.0f}/s completed")


def fill(mode, rate, count):
    """What is lost on the way is asked for again by other clients."""
    rate, count, done = float(rate), int(count), 0
    for _ in range(5):
        if done < count:
            seconds = max(1.0, (count - done) / rate)
            done += generate(mode, "--rate", rate, "--seconds", round(seconds, 2), longest=120 + 4 * seconds)["completed"]
    print(done)


def half(mode):
    best = bench_values.best(environment("LAB_OUT"), "kea", f"rate {mode}")
    print(int(best / 2) // 100 * 100)


def best(mode, server):
    print(int(bench_values.best(environment("LAB_OUT"), server, f"rate {mode}")))


if __name__ == "__main__":
    {"search": search, "closed": closed, "steady": steady, "offered": offered, "fill": fill, "best": best, "half": half, "hop": hop}[sys.argv[1]](*sys.argv[2:])
