# SPDX-License-Identifier: Apache-2.0
"""The measurements of bench.sh as the generated part of docs/benchmarks.md.

  bench_report.py facts DIRECTORY KEY=VALUE...   remembers where and how is measured, in facts.json
  bench_report.py report DIRECTORY               prints the report
  bench_report.py publish DIRECTORY DOCS         replaces the generated part of DOCS/benchmarks.md, and the plots beside it

The report depends on nothing but the files of DIRECTORY.
"""
import datetime
import glob
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys

import bench_report_pairs
import bench_report_pool
import bench_values

SERVERS = ("kea", "dhcpd", "leasehold")
BEGIN, END = "<!-- ./dev bench: begin -->", "<!-- ./dev bench: end -->"
MODES = {
    "6": "DHCPv6, four messages, on the link", "6relayed": "DHCPv6, four messages, through a relay agent",
    "6rapid": "DHCPv6, two messages (Rapid Commit)", "6renew": "DHCPv6, Renew", "4": "DHCPv4, four messages, through a relay agent",
    "4renew": "DHCPv4, renewal",
}
AT = {"low": "at 2,000 a second", "half": "at half of Kea's highest rate",
      "later": "at half of Kea's highest rate, leases synced after the answer (`sync = interval`)", "own": "at its own highest rate"}
AS_EVER = {"later": "half"}  # what is measured in a way of our own is compared with what the others have anyway
RATE = [(f"rate {mode}", "-", text, "{:,.0f}", True) for mode, text in MODES.items()]
RATE += [(f"{way}-a-call DHCPv{family}", "-", f"DHCPv{family}: datagrams that one system call {way}, all of the above", "{:.2f}", None)
         for family in "64" for way in ("received", "sent")]
LATENCY = [
    (f"{key} {family}", at, f"DHCPv{family} {text} {AT[at]}", form, False)
    for family in ("6", "4") for at in AT
    for key, text, form in (("p50", "ms p50", "{:.2f}"), ("p99", "ms p99", "{:.2f}"), ("p99.9", "ms p99.9", "{:.2f}"),
                            ("cost", "µs of processor time", "{:.0f}"), ("lost", "% lost", "{:.2f}"))
]


def facts(directory, *pairs):
    def run(*command):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return (done.stdout or done.stderr).strip()

    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    here = os.path.dirname(os.path.abspath(__file__))
    known = {
        "date": str(datetime.date.today()),
        "machine": f"{os.cpu_count()} cores ({model}), {round(int(open('/proc/meminfo').readline().split()[1]) / 1048576)} GiB",
        "kernel": f"Linux {platform.release()}",
        "java": (re.search(r'version "([^"]*)"', run("java", "-version")) or ["", "?"])[1],
        "commit": run("git", "-C", here, "rev-parse", "--short=10", "HEAD"),
    }
    known["buffer"] = str(int(open("/proc/sys/net/core/rmem_default").read()) // 1024)
    known.update(pair.split("=", 1) for pair in pairs)
    path = os.path.join(directory, "facts.json")
    if os.path.exists(path):  # of sections that were measured before and are kept
        before = json.load(open(path))["sections"].split()
        known["sections"] = " ".join(dict.fromkeys(before + known["sections"].split()))
    with open(path, "w") as file:
        json.dump(known, file, indent=1, sort_keys=True)


HOPS = (
    ("kea", (("udp", "UDP, isc-dhcp-relay"),)),
    ("leasehold", (("udp", "UDP"), ("tls-cert", "TLS 1.3, certificates, X25519MLKEM768"), ("tls-psk", "TLS 1.3, pre-shared key"),
                   ("dtls-cert", "DTLS 1.2, certificates"), ("dtls-psk", "DTLS 1.2, pre-shared key"))),
)
CHANNELS = (
    ("tls-cert", "TLS 1.3, certificates, X25519"), ("tls-cert+hybrid", "TLS 1.3, certificates, X25519MLKEM768"),
    ("tls-psk", "TLS 1.3, pre-shared key, X25519"), ("tls-psk+hybrid", "TLS 1.3, pre-shared key, X25519MLKEM768"),
    ("dtls-cert", "DTLS 1.2, certificates, X25519"), ("dtls-psk", "DTLS 1.2, pre-shared key, X25519"),
)
RECORD_OCTETS = 300


class Report:
    def __init__(self, directory):
        self.directory = directory
        self.values = bench_values.read(directory)
        self.facts = json.load(open(f"{directory}/facts.json"))
        self.names = {}
        for server in SERVERS:
            if os.path.exists(f"{directory}/{server}.name"):
                self.names[server] = open(f"{directory}/{server}.name").read().strip()
        self.lines = []

    def numbers(self, server, what, x="-"):
        of = self.values.get((server, what), {})
        return of.get(str(x), []) if server == "leasehold" else of.get(AS_EVER.get(str(x), str(x)), [])

    def median(self, server, what, x="-"):
        numbers = self.numbers(server, what, x)
        return statistics.median(numbers) if numbers else None

    def cell(self, server, what, form):
        return cell(self.numbers(server, what), form)

    def xs(self, what):
        """All x of something, in order."""
        found = {float(x) for (_, name), by in self.values.items() if name == what for x in by}
        return sorted(found)

    def has(self, *first):
        return any(what.split(" ")[0] in first for _, what in self.values)

    def add(self, *lines):
        self.lines.extend(lines)

    def plot(self, name, text):
        if os.path.exists(f"{self.directory}/benchmarks/{name}.svg"):
            self.add("", f"![{text}](benchmarks/{name}.svg)")

    def text(self):
        title = " and ".join(filter(None, [", ".join(list(self.names.values())[:-1]), (list(self.names.values()) or ["nothing"])[-1]]))
        self.add(f"## {self.facts['date']}: {title}", "", self.machine())
        for part in (self.rates, self.latencies, self.overload, self.sizes, self.checkpoint, self.churn, self.hops, self.channels, self.failover, self.resync, self.pool, self.failures):
            part()
        return "\n".join(self.lines) + "\n"

    def machine(self):
        f = self.facts
        threads = []
        for family in ("6", "4"):
            path = f"{self.directory}/kea-threads{family}"
            number = open(path).read().strip() if os.path.exists(path) else "0"
            threads.append(f"DHCPv{family} " + ("without multi-threading" if number == "0" else f"with {number} threads"))
        generator = "our own, `itests/load`, with priority" if f["generator"] == "leasehold" else "perfdhcp"
        return (
            f"Machine: {f['machine']}, {f['kernel']}, Java {f['java']}, commit {f['commit']}. Generator ({generator}) and server share it; "
            f"nothing is pinned to a core, and sockets hold {f['buffer']} KiB unless they ask for more. `./dev bench {f['sections']}`: {f['rounds']} round{'' if f['rounds'] == '1' else 's'}, servers in turns, each on an empty store; "
            f"medians (smallest to largest). A try lasts {f['try']} s, a measurement at a fixed rate {f['steady']} s after ten seconds (overload: one) that "
            f"does not count. Kea: memfile with persist, clean-up of the lease file every hour (no run lasts that long), log level WARN; "
            f"{' and '.join(threads)}, whichever of none, two and four was fastest; leases are written but not synced. dhcpd (DHCPv4 only) "
            f"and Leasehold: every lease synced to disk before it is promised. All plans have one subnet for each kind of client.")

    def table(self, rows):
        """A row is (what, x, text, format, whether more is better: None for neither)."""
        rows = [row for row in rows if any(self.numbers(s, row[0], row[1]) for s in SERVERS)]
        if not rows:
            return
        self.add("", "| what | Kea | dhcpd | Leasehold | to Kea | to dhcpd |", "| --- | ---: | ---: | ---: | ---: | ---: |")
        for what, x, text, form, better in rows:
            cells = [cell(self.numbers(server, what, x), form) for server in SERVERS]
            ours = self.median("leasehold", what, x)
            ratios = [ratio(ours, self.median(s, what, x)) if better is not None else "-" for s in ("kea", "dhcpd")]
            self.add(f"| {text} | {' | '.join(cells + ratios)} |")

    def rates(self):
        if not self.has("rate"):
            return
        self.add("", "### Exchanges a second", "",
                 "The highest rate with less than 1 % of exchanges lost, found by search. Clients are new for each exchange, but those that "
                 "renew are 10,000 in turns (dhcpd: 1,000).")
        self.plot("rates", "Exchanges a second")
        self.table(RATE)
        ceilings = [(mode, self.median("echo", f"rate {mode}"), self.median("echo", f"generator {mode}")) for mode in MODES]
        ceilings = [c for c in ceilings if c[1]]
        if ceilings:
            self.add("", "What generator and kernel can do on this machine, with a responder in the server's place that keeps nothing; no "
                     "server is faster than that:", "", "| what | exchanges a second | µs of the generator for one | Leasehold's share |",
                     "| --- | ---: | ---: | ---: |")
            for mode, rate, cost in ceilings:
                ours = self.median("leasehold", f"rate {mode}")
                self.add(f"| {MODES[mode]} | {rate:,.0f} | {cost:.1f} | {f'{100 * ours / rate:.0f} %' if ours else '-'} |")
        limited = [f"{self.names.get(s, s)} ({MODES[m]})" for s in SERVERS for m in MODES if self.median(s, f"limit {m}")]
        if limited:
            self.add("", f"Where the generator, not the server, was the limit: {'; '.join(limited)}.")

    def latencies(self):
        if not any(self.numbers(server, what, x) for server in SERVERS for what, x, *_ in LATENCY):
            return
        self.add("", "### Latency and processor time of an exchange", "",
                 "From the time at which the first message had to be sent to the arrival of the last one, both halves of an exchange added. "
                 "Processor time is that of the server. The same rates for all; a rate that a server cannot serve is left out.")
        for family in ("6", "4"):
            rate = self.median("kea", f"rate-at {family}", "half")
            if rate:
                self.add("", f"Half of Kea's highest rate is {rate:,.0f} a second with DHCPv{family}.")
        self.plot("latency", "Latency percentiles")
        self.table([row for row in LATENCY if row[1] not in AS_EVER or self.numbers("leasehold", row[0], row[1])])

    def overload(self):
        if not self.has("goodput"):
            return
        self.add("", "### Overload", "",
                 "Exchanges completed a second when more are asked for than the server can serve, in shares of its highest rate; DHCPv6, four "
                 "messages. *Once*: a message that is not answered within a second is given up. *Again*: clients ask again as RFC 8415 says.")
        self.plot("overload", "Goodput against offered load")
        factors = self.xs("goodput 6 once") or self.xs("goodput 6 again")
        self.add("", f"| | {' | '.join(f'{x:g}×' for x in factors)} | at the end, of the highest |",
                 f"| --- |{' ---: |' * (len(factors) + 1)}")
        for server in SERVERS:
            for way in ("once", "again"):
                good = [self.median(server, f"goodput 6 {way}", f"{x:g}") for x in factors]
                if any(good):
                    most = max(g for g in good if g)
                    last = f"{100 * good[-1] / most:.0f} %" if good[-1] is not None else "-"
                    self.add(f"| {self.names.get(server, server)}, {way} | "
                             + " | ".join("-" if g is None else f"{g:,.0f}" for g in good) + f" | {last} |")

    def sizes(self):
        if not self.has("resident", "first"):
            return
        self.add("", "### Memory and start", "",
                 "Leases were written to the stores beforehand. From the command to the first answer: an Advertise with no leases, else the "
                 "Reply to a Rebind of the last lease. Memory is what is resident then.")
        self.plot("start", "Time from start to first answer")
        self.plot("memory", "Resident memory")
        rows = [("first answer", f"{x:g}" if x < 1e6 else f"{x:.0f}", f"ms to the first answer, {leases(x)}", "{:,.0f}", False)
                for x in self.xs("first answer")]
        sizes = self.xs("resident")
        rows += [("resident", f"{x:.0f}", f"MiB resident, {leases(x)}", "{:,.0f}", False) for x in sizes]
        rows += [("resident empty", "-", "MiB resident, started anew and no leases", "{:,.0f}", False),
                 ("resident obtained", "-", "MiB resident after 100,000 leases were obtained", "{:,.0f}", False)]
        self.scale_memory()
        self.table(rows)
        for server in SERVERS:
            growth = self.growth(server, sizes)
            if growth:
                self.add("", f"{self.names.get(server, server)}: {growth}.")

    def scale_memory(self):
        for (_, what), by in self.values.items():
            if what.startswith("resident"):
                for x in by:
                    by[x] = [n / 1024 for n in by[x]]

    def growth(self, server, sizes):
        points = [(x, self.median(server, "resident", f"{x:.0f}")) for x in sizes]
        points = [p for p in points if p[1] is not None]
        steps = [f"{(b[1] - a[1]) * 1048576 / (b[0] - a[0]):,.0f} octets from {a[0]:,.0f} to {b[0]:,.0f}" for a, b in zip(points, points[1:])]
        return "memory for each further lease " + ", ".join(steps) if steps else ""

    def checkpoint(self):
        if not self.numbers("leasehold", "p99 6", "checkpoint"):
            return
        self.add("", "### While a checkpoint is written", "",
                 f"Leasehold with a million leases, {self.median('leasehold', 'rate-at 6', 'normal'):,.0f} exchanges a second; then the same "
                 "while one checkpoint follows the other.", "", "| | p50 ms | p99 ms | p99.9 ms |", "| --- | ---: | ---: | ---: |")
        for x, text in (("normal", "normal"), ("checkpoint", "while checkpoints are written")):
            self.add(f"| {text} | " + " | ".join(f"{self.median('leasehold', f'{p} 6', x):.2f}" for p in ("p50", "p99", "p99.9")) + " |")
        times = self.median("leasehold", "p99 6", "checkpoint") / self.median("leasehold", "p99 6", "normal")
        written = self.median("leasehold", "checkpoints") or 0
        self.add("", f"p99 is {times:.1f} times as long; {written:.0f} checkpoints were written.")

    def churn(self):
        if not self.has("churn"):
            return
        rate, seconds = (self.median("leasehold", f"churn {what}") for what in ("completed", "seconds"))
        self.add("", "### Churn", "",
                 f"Leasehold for {seconds:,.0f} s at {rate:,.0f} new clients a second, 80 % of its highest rate; leases last a minute. Medians of "
                 "samples taken every half minute, the heap without garbage.", "",
                 "| | second quarter | last quarter |", "| --- | ---: | ---: |")
        for column in ("heap MiB", "resident MiB", "threads", "descriptors"):
            both = [self.median("leasehold", f"churn {column}", x) for x in ("second quarter", "last quarter")]
            if None not in both:
                self.add(f"| {column} | {both[0]:,.1f} | {both[1]:,.1f} |")
        p99 = self.median("leasehold", "p99 6", "churn")
        if p99:
            self.add("", f"p99 {p99:.2f} ms, {self.median('leasehold', 'lost 6', 'churn'):.2f} % lost.")

    def hops(self):
        if not self.has("hop-rate"):
            return
        self.add("", "### Through a relay agent", "",
                 "Clients, one relay agent and the server on one machine; DHCPv6, four messages. The relay agent of Kea is Debian's "
                 "isc-dhcp-relay. The highest rate with less than 1 % lost, and latency at 1,000 a second.", "",
                 "| hop | exchanges a second | to Kea | p50 ms | p99 ms |", "| --- | ---: | ---: | ---: | ---: |")
        kea = self.median("kea", "hop-rate udp")
        for server, ways in HOPS:
            for way, text in ways:
                rate = self.median(server, f"hop-rate {way}")
                if rate:
                    p50, p99 = (self.median(server, f"hop-{p} {way}") for p in ("p50", "p99"))
                    times = [f"-" if p is None else f"{p:.2f}" for p in (p50, p99)]
                    self.add(f"| {self.names.get(server, server)}, {text} | {rate:,.0f} | {ratio(rate, kea)} | {' | '.join(times)} |")

    def channels(self):
        if not self.has("channel"):
            return
        self.add("", "### What protects hops, alone", "",
                 f"Both ends in one process, in turns on one thread (JMH, without a network), so each handshake and each record counts for two hosts. "
                 f"Both ends authenticate; certificates are of ECDSA P-256, and their chains and names are checked. A record has a message of "
                 f"{RECORD_OCTETS} octets; the key exchange makes no difference to it.", "",
                 "| channel | µs a handshake | handshakes a second | µs to protect a record | and to open it | MB a second |",
                 "| --- | ---: | ---: | ---: | ---: | ---: |")
        for way, text in CHANNELS:
            handshake, protect, both = (
                self.median("leasehold", f"channel {what}", of)
                for what, of in (("handshake", way), ("protect", way.split("+")[0]), ("protectAndOpen", way.split("+")[0])))
            cells = [form.format(value) if value else "-" for form, value in (
                ("{:,.0f}", handshake), ("{:,.0f}", handshake and 1e6 / handshake), ("{:.2f}", protect and protect / 1000),
                ("{:.2f}", both and protect and (both - protect) / 1000), ("{:.0f}", both and 1000 * RECORD_OCTETS / both))]
            self.add(f"| {text} | {' | '.join(cells)} |")
        costs = [(text, self.median("leasehold", "channel handshake", f"{way}+hybrid"), self.median("leasehold", "channel handshake", way))
                 for way, text in (("tls-cert", "with certificates"), ("tls-psk", "with a pre-shared key"))]
        costs = [f"{with_it - without:,.0f} µs more {text} ({ratio(with_it, without)} times)" for text, with_it, without in costs if with_it and without]
        if costs:
            self.add("", f"The hybrid key exchange costs {' and '.join(costs)}, both ends together.")

    def failover(self):
        bench_report_pairs.failover(self)

    def resync(self):
        bench_report_pairs.resync(self)

    def pool(self):
        bench_report_pool.pool(self)

    def failures(self):
        path = f"{self.directory}/failures.txt"
        if os.path.exists(path):
            self.add("", "### Not measured", "", *[f"- {line.strip()}" for line in open(path)])


def leases(count):
    return "no leases" if count == 0 else f"{count:,.0f} leases"


def cell(found, form):
    if not found:
        return "-"
    text = form.format(statistics.median(found))
    return text + (f" ({form.format(min(found))} to {form.format(max(found))})" if len(found) > 1 else "")


def ratio(ours, theirs):
    return f"{ours / theirs:.2f}" if ours is not None and theirs else "-"


def replaced(document, generated):
    """The document with the generated part in the place of the one before."""
    before, marker, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not marker or not end:
        raise SystemExit(f"no {BEGIN} and {END} in the document")
    return f"{before}{BEGIN}\n{generated.strip()}\n{END}{after}"


def publish(directory, docs):
    page = os.path.join(docs, "benchmarks.md")
    text = replaced(open(page).read(), open(os.path.join(directory, "benchmarks.md")).read())
    plots = os.path.join(docs, "benchmarks")
    shutil.rmtree(plots, ignore_errors=True)
    os.makedirs(plots)
    for plot in glob.glob(os.path.join(directory, "benchmarks", "*.svg")):
        shutil.copy(plot, plots)
    with open(page, "w") as file:
        file.write(text)


def main(word, directory, *arguments):
    if word == "facts":
        facts(directory, *arguments)
    elif word == "publish":
        publish(directory, *arguments)
    else:
        sys.stdout.write(Report(directory).text())


if __name__ == "__main__":
    main(*sys.argv[1:])
