# SPDX-License-Identifier: Apache-2.0
"""The parts of the report on servers that have partners."""

LINKS = (("none", "no subnet of the plan has a partner"), ("another", "another subnet has one"), ("governed", "the client's subnet has one"))


def failover(report):
    if not report.has("failover-rate"):
        return
    report.add("", "### With a partner", "",
               "A server alone, and the same server as the primary of a pair in NORMAL (Kea: hook for high availability, hot-standby), in turns. "
               "Clients are on the link, and all that they say reaches both servers, as it would by relay agents; DHCPv6, four messages. "
               "**Both servers and the generator share the same two cores**, so the rate with a partner is what two servers and their "
               "clients can do on one machine. What limits a server that has its own machine is its processor time for an exchange. It was measured at "
               "the same rate alone and with a partner, half of the highest with a partner, until the partner had heard everything. Our servers speak "
               "TLS 1.3 with each other and sync on both sides, and clients do not wait for it; Kea's clients wait for the partner's "
               "answer, on HTTP in clear, and nothing is synced. Kea has two threads in both ways.", "",
               "| server | | exchanges a second | of it alone | at a second | p50 ms | p99 ms | µs of processor time | of the partner |",
               "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for server in ("kea", "leasehold"):
        alone = report.median(server, "failover-rate alone")
        for way, text in (("alone", "alone"), ("pair", "with a partner")):
            if not report.median(server, f"failover-rate {way}"):
                continue
            rate = report.median(server, f"failover-rate {way}")
            cells = [report.cell(server, f"failover-rate {way}", "{:,.0f}"), f"{100 * rate / alone:.0f} %" if alone else "-",
                     report.cell(server, f"failover-at {way}", "{:,.0f}")]
            cells += [report.cell(server, f"failover-{p} {way}", "{:.2f}") for p in ("p50", "p99")]
            cells += [report.cell(server, f"failover-cost {way}", "{:.1f}"),
                      report.cell(server, "failover-cost partner", "{:.1f}") if way == "pair" else "-"]
            report.add(f"| {report.names.get(server, server)} | {text} | {' | '.join(cells)} |")
    costs(report)
    lag = [(text, report.median("leasehold", "failover-lag", at)) for at, text in (("half", "at that rate"), ("own", "after the search for the highest rate"))]
    lag = [f"{millis / 1000:,.1f} s {text}" for text, millis in lag if millis is not None]
    if lag:
        report.add("", f"From the last client's answer until our partner had heard everything: {', '.join(lag)} (a command that asks included).")
    governed(report)


def costs(report):
    for server in ("kea", "leasehold"):
        alone, pair = (report.median(server, f"failover-cost {way}") for way in ("alone", "pair"))
        if alone and pair:
            report.add("", f"{report.names.get(server, server)}: its processor time for an exchange alone is {100 * alone / pair:.0f} % of that with a partner; if that "
                       "is all that limits it, so is its rate.")


def governed(report):
    rows = [(text, [report.median("leasehold", f"governed {what}", link) for what in ("solicit", "request", "renew")]) for link, text in LINKS]
    if not any(numbers[0] for _, numbers in rows):
        return
    report.add("", "What a partner costs in the decisions alone, from the octets of a message to those of its answer, without sockets, threads and store "
               "(JMH): µs a packet.", "",
               "| | Solicit, an address is chosen | Request | Renew |", "| --- | ---: | ---: | ---: |")
    for text, numbers in rows:
        report.add(f"| {text} | {' | '.join('-' if n is None else f'{n / 1000:.2f}' for n in numbers)} |")


def resync(report):
    if not report.has("resync-ms"):
        return
    report.add("", "### A partner learns all leases", "",
               "One server has leases, the other one comes without any. From the connection to the state in which everything is there, "
               "durable on the side that learns (Kea: from the start of its synchronization to its success). Octets are those of "
               "both directions on the wire, with all headers. Both servers on the same two cores.", "",
               "| server | | leases | s | leases a second | MB | octets a lease |", "| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    whats = (("new", "a partner that is new"), ("lost", "a partner that has lost its disk"), ("busy", "the same while clients ask"))
    for server in ("kea", "leasehold"):
        for what, text in whats:
            for leases in sorted(report.values.get((server, f"resync-ms {what}"), {}), key=float):
                millis = report.median(server, f"resync-ms {what}", leases)
                octets = report.median(server, f"resync-octets {what}", leases)
                count = float(leases)
                report.add(f"| {report.names.get(server, server)} | {text} | {count:,.0f} | {millis / 1000:,.1f} | {1000 * count / millis:,.0f} | "
                           f"{octets / 1e6:,.0f} | {octets / count:,.0f} |")
    if report.has("resync-p99"):
        report.add("", "What clients of the server that has the leases feel of it:", "",
                   "| server | | exchanges a second | p50 ms | p99 ms | % lost |", "| --- | --- | ---: | ---: | ---: | ---: |")
        for server in ("kea", "leasehold"):
            for way, text in (("normal", "before"), ("resync", "meanwhile")):
                if report.median(server, f"resync-at {way}"):
                    cells = [report.cell(server, f"resync-{what} {way}", form)
                             for what, form in (("at", "{:,.0f}"), ("p50", "{:.2f}"), ("p99", "{:.2f}"), ("lost", "{:.2f}"))]
                    report.add(f"| {report.names.get(server, server)} | {text} | {' | '.join(cells)} |")
