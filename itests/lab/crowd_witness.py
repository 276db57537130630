# SPDX-License-Identifier: Apache-2.0
"""What became of a crowd (crowd.py), from its records and, independently, from a capture of its link.

  crowd_witness.py log DIRECTORY          was anything promised to two clients at a time, by what clients took
  crowd_witness.py capture DIRECTORY      the same of every REPLY in crowd.pcap, as tshark reads it; were renewals answered, and is all
                                          in the capture that clients took
  crowd_witness.py table DIRECTORY CASES  a line for each case; CASES has name, begin, end, seconds until NORMAL after the fault was over
  crowd_witness.py equal A1 B A2          do two servers have the same leases: B is a list of one, A1 and A2 of the other, before and after it

The exit code is 1 if it is not as it should be.
"""
import collections
import ipaddress
import subprocess
import sys

FIELDS = ("frame.time_epoch", "dhcpv6.msgtype", "dhcpv6.xid", "dhcpv6.option.type", "dhcpv6.duid.bytes", "dhcpv6.iaaddr.ip",
          "dhcpv6.iaaddr.valid_lifetime", "dhcpv6.iaprefix.pref_addr", "dhcpv6.iaprefix.pref_len", "dhcpv6.iaprefix.valid_lifetime")
RENEW, REBIND, REPLY, RELEASE = 5, 6, 7, 8
CLIENTID, SERVERID = 1, 2

Grant = collections.namedtuple("Grant", "at client lease valid")


def rows(path):
    with open(path) as file:
        return [line.rstrip("\n").split("\t") for line in file if line.endswith("\n")]


def twice(grants, returns):
    """(grant, other client, until): each grant of what was somebody else's. A return is (at, client, lease).

    What a client was promised last counts; if that is shorter than what it was promised before, the longer one does, because it may
    not have heard of it."""
    events = sorted([(g.at, 1, g) for g in grants] + [(at, 0, (client, lease)) for at, client, lease in returns], key=lambda e: e[:2])
    holders, found = {}, []
    for at, kind, event in events:
        if kind == 0:
            client, lease = event
            if holders.get(lease, (None,))[0] == client:
                del holders[lease]
            continue
        client, until = holders.get(event.lease, (event.client, 0))
        if client != event.client and until > at:
            found.append((event, client, until))
        same = client == event.client and event.valid > 0
        holders[event.lease] = event.client, max(until if same else 0, at + event.valid)
    return found


def judged(name, grants, returns):
    lengths = {lease.partition("/")[2] for _, _, lease, _ in grants}
    if len(lengths) > 2:
        sys.exit(f"{name}: prefixes of several lengths were given; this judges equal ones only: {lengths}")
    found = twice(grants, returns)
    for grant, other, until in found:
        print(f"{name}: {grant.lease} was given to {grant.client} at {grant.at:.3f}, and was {other}'s until {until:.3f}")
    clients, kinds = {g.client for g in grants}, collections.Counter("prefix" if "/" in lease else "address" for lease in {g.lease for g in grants})
    again = collections.defaultdict(set)
    for grant in grants:
        again[grant.lease].add(grant.client)
    print(f"{name}: {len(grants)} grants of {kinds['address']} addresses and {kinds['prefix']} prefixes to {len(clients)} clients; "
          f"{sum(len(who) > 1 for who in again.values())} had several clients one after the other; {len(found)} had two at a time")
    return bool(found) or not grants


def taken(directory):
    return [Grant(float(begin), client, lease, int(valid)) for begin, _, client, lease, _, valid in rows(f"{directory}/grants.tsv")]


def log(directory):
    grants = taken(directory)
    returns = [(float(at), client, lease) for at, client, lease in rows(f"{directory}/returns.tsv")]
    return judged("log", grants, returns)


def dissected(path):
    """(seconds, type, transaction, client, [(lease, valid)]) of each message of a client or to one, as tshark reads it."""
    command = ["tshark", "-r", path, "-Y", "dhcpv6.msgtype in {5,6,7,8}", "-T", "fields", "-E", "occurrence=a", "-E", "aggregator=,"]
    for field in FIELDS:
        command += ["-e", field]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        for line in process.stdout:
            at, type, xid, options, duids, addresses, valids, prefixes, lengths, lifetimes = (
                [v for v in value.split(",") if v] for value in line.rstrip("\n").split("\t"))
            ids = dict(zip((int(o) for o in options if int(o) in (CLIENTID, SERVERID)), duids))
            leases = [(canonical(a), int(v)) for a, v in zip(addresses, valids, strict=True)]
            leases += [(f"{canonical(p)}/{n}", int(v)) for p, n, v in zip(prefixes, lengths, lifetimes, strict=True)]
            yield float(at[0]), int(type[0]), xid[0], ids[CLIENTID].replace(":", ""), leases


def canonical(text):
    return str(ipaddress.IPv6Address(text))


def capture(directory):
    grants, returns, asked, answered = [], [], {}, set()
    for at, type, xid, client, leases in dissected(f"{directory}/crowd.pcap"):
        if type == REPLY:
            grants += [Grant(at, client, lease, valid) for lease, valid in leases]
            if any(valid for _, valid in leases):
                answered.add((client, xid))
        elif type == RELEASE:
            returns += [(at, client, lease) for lease, _ in leases]
        else:
            asked.setdefault((client, xid), type)
    bad = judged("capture", grants, returns)
    for type, name in (RENEW, "RENEW"), (REBIND, "REBIND"):
        of = [key for key, kind in asked.items() if kind == type]
        print(f"capture: {sum(key in answered for key in of)} of {len(of)} {name}s were answered with a lease")
    renewed = sum(asked[key] in (RENEW, REBIND) for key in asked if key in answered)
    unseen = collections.Counter(g[1:] for g in taken(directory)) - collections.Counter(g[1:] for g in grants)
    print(f"capture: {unseen.total()} grants that clients took are not in it")
    return bad or renewed == 0 or unseen.total() > 0


def longest_gap(times, begin, end):
    """The longest time within which there was none."""
    inside = [begin, *sorted(t for t in times if begin < t < end), end]
    return max(b - a for a, b in zip(inside, inside[1:]))


def table(directory, cases):
    wants = [(float(begin), float(end), what, how, float(naked)) for begin, end, _, what, how, naked in rows(f"{directory}/wants.tsv")]
    times = sorted(float(row[0]) for row in rows(f"{directory}/grants.tsv"))
    lines = [("case", "renewal waited", "new client waited", "nobody got anything", "renewed", "rebound", "new", "lost its address",
              "without address", "NORMAL after")]
    for name, begin, end, until_normal in rows(cases):
        begin, end = float(begin), float(end)
        inside = [w for w in wants if w[1] > begin and w[0] < end]
        renewing, coming = ([w for w in inside if w[2] == what] for what in ("renew", "new"))
        kinds = collections.Counter(w[3] for w in inside)
        lost = [w for w in renewing if w[3] == "new"]
        lines.append((name, *(f"{max((w[1] - w[0] for w in some), default=0):.1f} s" for some in (renewing, coming)),
                      f"{longest_gap(times, begin, end):.1f} s", str(kinds["renewed"]), str(kinds["rebound"]), str(len(coming)),
                      str(len(lost)), f"{max((w[4] for w in inside), default=0):.1f} s", f"{until_normal} s"))
    for line in [lines[0], tuple("---" for _ in lines[0]), *lines[1:]]:
        print("| " + " | ".join(line) + " |")
    return False


def equal(before, between, after):
    """A lease that comes or goes meanwhile is in one of two lists, and may be in the one between them or not."""
    first, middle, last = (set(open(path).read().splitlines()) for path in (before, between, after))
    differ = sorted((first & last) - middle) + sorted(middle - (first | last))
    print(*differ, sep="\n")
    print(f"{len(middle)} leases, {len(differ)} differ")
    return bool(differ) or not middle


if __name__ == "__main__":
    sys.exit(1 if globals()[sys.argv[1]](*sys.argv[2:]) else 0)
