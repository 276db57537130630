# SPDX-License-Identifier: Apache-2.0
"""Plays the scenarios against one server, and compares what two servers answered, option by option.

  compare.py play LAB ADDRESS FILE [SUITE]       plays against the server of the lab and writes the answers
  compare.py diff OTHER OURS DIFFERENCES         PASS or FAIL per scenario; DIFFERENCES lists what is meant to differ
"""
import fnmatch
import importlib
import ipaddress
import re
import sys

import dhcp6
import scenarios
import scenarios_options  # noqa: F401 (adds its scenarios)
import scenarios_more  # noqa: F401 (adds its scenarios, which come last)
from scripted_client import Client, Direct, Relayed, duid_ll, granted, server_id

SERVER, RELAY = "2001:db8:ffff::1", "2001:db8:ffff::2"
POOLS = [("2001:db8:a::1000", "2001:db8:a::10ff", "campus"), ("2001:db8:a::2000", "2001:db8:a::20ff", "campus"),
         ("2001:db8:a1::1000", "2001:db8:a1::10ff", "campus"), ("2001:db8:a000::", "2001:db8:a0ff:ffff::", "campus-pd"),
         ("2001:db8:b::1000", "2001:db8:b::1fff", "b"), ("2001:db8:b000::", "2001:db8:b0ff:ffff::", "b-pd"),
         ("2001:db8:c::", "2001:db8:c::ffff", "c"), ("2001:db8:d::10", "2001:db8:d::11", "d"),
         ("2001:db8:e::1000", "2001:db8:e::10ff", "e"), ("2001:db8:f000::", "2001:db8:f0ff:ffff::", "f-pd56"),
         ("2001:db8:f100::", "2001:db8:f1ff:ffff::", "f-pd60"), ("2001:db8:10::10", "2001:db8:10::10", "10"),
         ("2001:db8:11::10", "2001:db8:11::1f", "11"), ("2001:db8:1100::", "2001:db8:1100:ff::", "11-pd"),
         ("2001:db8:12::10", "2001:db8:12::1f", "12"), ("2001:db8:13::10", "2001:db8:13::ff", "13"),
         ("2001:db8:1300::", "2001:db8:1300:ffff::", "13-pd"), ("2001:db8:14::10", "2001:db8:14::ff", "14"),
         ("2001:db8:15::10", "2001:db8:15::ff", "15"), ("2001:db8:1500::", "2001:db8:1500:ffff::", "15-pd"),
         ("2001:db8:16::10", "2001:db8:16::1f", "16"), ("2001:db8:1600::", "2001:db8:1600:ffff::", "16-pd"),
         ("2001:db8:17::10", "2001:db8:17::ff", "17"), ("2001:db8:18::10", "2001:db8:18::ff", "18"),
         ("2001:db8:1800::", "2001:db8:1800:ffff::", "18-pd")]
# Those of plans/kea-dhcp6-classes.conf.
POOLS += [(f"2001:db8:{n}::{part}0", f"2001:db8:{n}::{part}f", f"{n}-{part}")
          for n in (*range(21, 30), "2a", "2b") for part in (1, 2, 3)]
POOLS += [("2001:db8:2100::", "2001:db8:2100:ffff::", "21-pd-red"), ("2001:db8:2101::", "2001:db8:2101:ffff::", "21-pd-blue")]
# Those of plans/kea-dhcp6-levels.conf and plans/kea-dhcp6-early.conf.
POOLS += [(f"2001:db8:{n:x}::10", f"2001:db8:{n:x}::1e", f"{n:x}") for n in range(0x30, 0x3d)]
POOLS += [("2001:db8:3700::", "2001:db8:3700:ffff::", "37-pd")]


class Session:
    """One scenario's client, and the record of what was said."""

    def __init__(self, lab, number):
        self.number, self.lines, self.names = number * 16, [], {}
        self.lab = lab
        self.client = Client(lab.direct, duid_ll(self.number))

    def relay(self, hops, port=547):
        self.client.path = Relayed(self.lab.relay_namespace, RELAY, SERVER, hops, port)

    def become_another_client(self):
        self.number += 1
        self.client.duid = duid_ll(self.number)

    def server(self):
        return dhcp6.SERVERID, self.lab.server_id

    def ask(self, type, *options, **more):
        self.asked = {lease[0] for code, value in options if code in (dhcp6.IA_NA, dhcp6.IA_PD)
                      for lease in dhcp6.Ia(code, value).leases}
        reply = self.client.ask(type, *options, **more)
        self.record(type, reply)
        return reply

    def lease(self, *options):
        """The usual four messages. A reply without leases is handed back as it is."""
        asked = [option for option in options if option[0] == dhcp6.ORO]
        advertise = self.ask(dhcp6.SOLICIT, *options, dhcp6.elapsed())
        if advertise is None:
            raise AssertionError("no ADVERTISE")
        return self.ask(dhcp6.REQUEST, server_id(advertise), *granted(advertise), *asked, dhcp6.elapsed())

    def record(self, type, reply):
        if reply is None:
            self.lines.append(f"{dhcp6.type_name(type)} -> silence")
            return
        self.lines.append(f"{dhcp6.type_name(type)} -> {dhcp6.type_name(reply.type)}")
        for relay in self.client.relays:
            self.lines.append(f"  relay hops={relay.hops} link={relay.link} peer={relay.peer}")
            self.describe([o for o in relay.options if o[0] != dhcp6.RELAY_MSG], "    ")
        self.describe(reply.options, "  ")

    def describe(self, options, indent):
        for code, value in sorted(options, key=lambda option: option[0]):
            self.lines.extend(indent + line for line in self.option(code, value))

    def option(self, code, value):
        if code == dhcp6.CLIENTID:
            yield "client-id " + ("own" if value == self.client.duid else value.hex())
        elif code == dhcp6.SERVERID:
            yield "server-id " + ("own" if value == self.lab.server_id else value.hex())
        elif code in (dhcp6.IA_NA, dhcp6.IA_PD):
            yield from self.ia(dhcp6.Ia(code, value))
        elif code == dhcp6.STATUS_CODE:
            yield "status " + dhcp6.status_name(int.from_bytes(value[:2], "big"))
        else:
            yield f"option {code} {value.hex()}"

    def ia(self, ia):
        yield f"{'ia-na' if ia.code == dhcp6.IA_NA else 'ia-pd'} iaid={ia.iaid} t1={ia.t1} t2={ia.t2}"
        for what, preferred, valid, options in ia.leases:
            yield f"  lease {self.name(what)}{' as asked' if what in self.asked else ''} preferred={preferred} valid={valid}"
            for code, value in options:
                yield from ("    " + line for line in self.option(code, value))
        for code, value in ia.options:
            if code not in (dhcp6.IAADDR, dhcp6.IAPREFIX):
                yield from ("  " + line for line in self.option(code, value))

    def name(self, what):
        """Which address of a pool a server picks is its own business: pool and order of appearance count."""
        address, _, length = what.partition("/")
        number = ipaddress.IPv6Address(address)
        for first, last, pool in POOLS:
            if ipaddress.IPv6Address(first) <= number <= ipaddress.IPv6Address(last):
                seen = self.names.setdefault(pool, [])
                if what not in seen:
                    seen.append(what)
                return f"{pool}#{seen.index(what) + 1}" + (f"/{length}" if length else "")
        return what


class Lab:
    def __init__(self, name, address):
        self.relay_namespace = f"{name}-relay1"
        self.direct = Direct(f"{name}-client", "eth0", address)
        self.server_id = Client(self.direct, duid_ll(1), 10).ask(
            dhcp6.INFORMATION_REQUEST, dhcp6.elapsed()).get(dhcp6.SERVERID)


def play(name, address, path, suite="scenarios"):
    lab = Lab(name, address)
    with open(path, "a") as out:
        for number, scenario in enumerate(importlib.import_module(suite).SCENARIOS, 1):
            session = Session(lab, number)
            try:
                scenario(session)
            except Exception as error:  # what the server said made the scenario impossible; that is a result too
                session.lines.append(f"scenario ended: {type(error).__name__}: {error}")
            print(scenario.__name__, file=out)
            print("".join(f"  {line}\n" for line in session.lines), file=out, flush=True)


def sections(path):
    result, name = {}, None
    for line in open(path):
        if line.strip() and not line.startswith(" "):
            name = line.strip()
            result[name] = []
        elif line.strip():
            result[name].append(line.rstrip()[2:])
    return result


def intended(path):
    """(glob of scenarios, (pattern of a line of the diff, reason)) of each line."""
    result = []
    for line in open(path):
        if line.strip() and not line.startswith("#"):
            name, pattern, reason = (part.strip() for part in line.split(" | ", 2))
            result.append((name, (re.compile(pattern), reason)))
    return result


def compare(other_path, ours_path, differences_path):
    import difflib
    other, ours, known = sections(other_path), sections(ours_path), intended(differences_path)
    failed = 0
    for name in other:
        lines = [line for line in difflib.unified_diff(other[name], ours.get(name, ["not played"]), "kea", "ours", "", "", 99, "")
                 if line[:1] in "+-" and line[:3] not in ("+++", "---")]
        reasons = set()
        unexplained = [line for line in lines if not explained(line, [known_one for glob, known_one in known if fnmatch.fnmatch(name, glob)], reasons)]
        if unexplained:
            failed += 1
            print(f"FAIL {name}: " + " ; ".join(re.sub(" +", " ", line) for line in unexplained))
        else:
            print(f"PASS {name}" + (f" (meant to differ: {'; '.join(sorted(reasons))})" if reasons else ""))
    return failed


def explained(line, known, reasons):
    for pattern, reason in known:
        if pattern.fullmatch(re.sub(" +", " ", line)):
            reasons.add(reason)
            return True
    return False


if __name__ == "__main__":
    if sys.argv[1] == "play":
        play(*sys.argv[2:6])
    else:
        sys.exit(1 if compare(*sys.argv[2:5]) else 0)
