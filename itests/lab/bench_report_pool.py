# SPDX-License-Identifier: Apache-2.0
"""The part of the report on pools."""

WAYS = (("tls", "TLS 1.3, certificates"), ("tcp", "TCP in clear"))
RELAYS = (("fixed", "`upstream = udp://...`"), ("pool", "`upstream = pool:...`"))
PAIRS, TURNS = "pairs-", "turns-"


def pool(report):
    if not report.has("pool-resolve", "pool-first", "pool-heap", "pool-relay", "pool-core"):
        return
    report.add("", "### Pools of servers", "",
               "Registrars are the shipped assembly, and the crowd that asks them is on the same two cores, each of it with an address of its own and, over TLS, "
               "a certificate of its own.")
    for part in (resolutions, storm, memory, relay, cores):
        part(report)


def median(report, what, x="-"):
    return report.median("leasehold", what, x)


def cells(report, ways, *forms):
    """A row for each way that was measured."""
    for way, text in ways:
        found = [report.cell("leasehold", f"{what} {way}", form) for what, form in forms]
        if any(each != "-" for each in found):
            report.add(f"| {text} | {' | '.join(found)} |")


def resolutions(report):
    if not report.has("pool-resolve"):
        return
    octets = median(report, "pool-octets tls") or median(report, "pool-octets tcp")
    report.add("", f"**Resolutions** of a pool of four members (answers of {octets:,.0f} octets) on 64 connections that are held, without the limits for each user: "
               "as many as come through with 256 questions at a time, and how long the answer took at half of that. The time counts from when the question was due.", "",
               "| connections | a second | µs of processor time | at a second | p50 ms | p99 ms |", "| --- | ---: | ---: | ---: | ---: | ---: |")
    cells(report, WAYS, ("pool-resolve", "{:,.0f}"), ("pool-cost", "{:.0f}"), ("pool-half", "{:,.0f}"), ("pool-p50", "{:.2f}"), ("pool-p99", "{:.2f}"))


def storm(report):
    if not report.has("pool-first"):
        return
    report.add("", "**A storm**: 100 pool elements register in 100 pools each, at registrars that have just started, with all limits as they are. "
               "The time is until all 10,000 were accepted, and until the second registrar named all of them to a pool user; after that both computed the same checksums. "
               "The connections were there before, made one after the other.", "",
               "| connections | ms for 100 connections | ms until accepted | ms until known to the second |", "| --- | ---: | ---: | ---: |")
    cells(report, WAYS, ("pool-connect", "{:,.0f}"), ("pool-first", "{:,.0f}"), ("pool-second", "{:,.0f}"))


def memory(report):
    if not report.has("pool-heap"):
        return
    counts = sorted(int(x) for x in report.values[("leasehold", "pool-heap home")])
    report.add("", "**Memory**: MiB of heap after a collection, 100 connections over TLS, half a minute after they began.", "",
               f"| registrar | {' | '.join(f'{count:,} elements' for count in counts)} | octets for each further one |", f"| --- |{' ---: |' * (len(counts) + 1)}")
    for which, text in (("home", "where they registered"), ("other", "the other one")):
        found = [median(report, f"pool-heap {which}", count) for count in counts]
        growth = f"{(found[-1] - found[-2]) / (counts[-1] - counts[-2]):,.0f}" if len(counts) > 1 else "-"
        report.add(f"| {text} | {' | '.join(f'{octets / 1048576:.2f}' for octets in found)} | {growth} |")


def relay(report):
    if not report.has("pool-relay"):
        return
    at = median(report, "pool-relay-at")
    report.add("", "**A relay agent** before a server that it finds in a pool of two groups (the server is in both, with an address for each), and before the same server at a "
               "fixed address, in turns; DHCPv6, four messages over UDP. As many as come through with 256 clients at a time; then at the same rate for both, "
               f"half of the first of them. Processor time is that of the relay agent, at {at:,.0f} a second.", "",
               "| relay agent | exchanges a second | of the fixed one | p50 ms | p99 ms | % lost | µs of processor time |", "| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    fixed = median(report, "pool-relay fixed")
    for way, text in RELAYS:
        rate = median(report, f"pool-relay {way}")
        if rate:
            found = [report.cell("leasehold", f"pool-relay-{what} {way}", form) for what, form in (("p50", "{:.2f}"), ("p99", "{:.2f}"), ("lost", "{:.2f}"), ("cost", "{:.1f}"))]
            report.add(f"| {text} | {report.cell('leasehold', f'pool-relay {way}', '{:,.0f}')} | {f'{100 * rate / fixed:.1f} %' if fixed else '-'} | {' | '.join(found)} |")


def cores(report):
    if not report.has("pool-core"):
        return
    report.add("", "**The cores alone**, in one process and without a network (JMH). *Resolution*: a registrar, from the octets of the question to those of the answer. *Selection*: what a "
               "relay agent asks for a message that names no server. Pairs are groups of two members by client hash, all of which are named, so that a pool of them ends where an answer does "
               "not fit into a message any more, before a thousand; of members that take turns a hundred are named.", "",
               "| | pool | ns | octets allocated |", "| --- | --- | ---: | ---: |")
    for what, text in (("resolve", "resolution"), ("candidates", "selection")):
        for x in report.values.get(("leasehold", f"pool-core {what}"), {}):
            kind = "in pairs" if x.startswith(PAIRS) else "in turns"
            report.add(f"| {text} | {int(x.split('-')[1]):,} {kind} | {median(report, f'pool-core {what}', x):,.0f} ± {median(report, f'pool-error {what}', x):,.0f} | "
                       f"{median(report, f'pool-allocated {what}', x) or 0:,.0f} |")
