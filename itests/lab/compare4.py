# SPDX-License-Identifier: Apache-2.0
"""Plays the DHCPv4 scenarios against one server: compare4.py LAB LAB_OUT SUITE FILE writes the answers, which compare.py diffs."""
import importlib
import ipaddress
import sys

import dhcp4
from dhcp4 import NOWHERE
from scripted_client4 import Client, Direct, Relayed, Wire, granted, mac, ports

LINK_SERVER, CORE_SERVER = "10.1.0.1", "10.255.0.1"
NUMBERS = {dhcp4.LEASE_TIME: "lease-time", dhcp4.T1: "t1", dhcp4.T2: "t2"}
POOLS = [("10.1.0.50", "10.1.0.149", "campus"), ("10.1.0.160", "10.1.0.175", "campus"), ("10.1.1.100", "10.1.1.119", "campus"),
         ("10.20.3.10", "10.20.3.10", "narrow"), ("10.20.4.10", "10.20.4.11", "narrow")]
POOLS += [(f"10.20.{n}.10", f"10.20.{n}.199", f"subnet-{n}") for n in (2, *range(5, 14))]
POOLS += [(f"10.20.{n}.{first}0", f"10.20.{n}.{first}9", f"pool-{n}-{first}") for n in (30, 31) for first in (1, 2, 3)]
POOLS += [(f"10.20.{n}.10", f"10.20.{n}.199", f"subnet-{n}") for n in range(32, 38)]
POOLS += [(f"10.20.{n}.100", f"10.20.{n}.199", f"subnet-{n}") for n in range(40, 51)]


class Lab:
    def __init__(self, name, out):
        hardware = ports(out)
        self.link, self.core = Wire(f"{name}-client", "eth0"), Wire(f"{name}-relay1", "core")
        self.relay_hardware = hardware["relay1", "core"]
        self.server_on_link, self.server_on_core = hardware["server", "linkA"], hardware["server", "core"]

    def direct(self):
        return Direct(self.link, self.server_on_link)

    def relayed(self, giaddr, *info, **more):
        self.core.addresses[giaddr] = self.relay_hardware
        return Relayed(self.core, self.relay_hardware, self.server_on_core, CORE_SERVER, giaddr,
                       dhcp4.relay_info(*info) if info else None, **more)


class Session:
    """One scenario's client, and the record of what was said."""

    def __init__(self, lab, number):
        self.number, self.lines, self.names = number * 16, [], {}
        self.lab, self.always = lab, []
        self.client = Client(lab.direct(), mac(self.number))

    def relay(self, giaddr, *info, **more):
        self.client.path = self.lab.relayed(giaddr, *info, **more)

    def become_another_client(self):
        self.number += 1
        self.client.hardware = mac(self.number)

    def be_host(self, address, target=None):
        """From now on the client has that address, and sends to the server by unicast."""
        path = self.client.path = self.lab.direct()
        path.source, path.target = address, target or LINK_SERVER
        self.lab.link.addresses[address] = self.client.hardware

    @property
    def server_address(self):
        return CORE_SERVER if isinstance(self.client.path, Relayed) else LINK_SERVER

    def server(self):
        return dhcp4.server(self.server_address)

    def ask(self, type, *options, **more):
        self.asked = dhcp4.text(dhcp4.first(options, dhcp4.REQUESTED))
        if dhcp4.first(options, dhcp4.WANTED) is None:
            options = (*options, *self.always)
        reply = self.client.ask(type, *options, **more)
        self.record(type, reply)
        return reply

    def tell(self, type, *options, **fields):
        """What nobody answers."""
        return self.ask(type, *options, timeout=0.3, **fields)

    def lease(self, *options, **fields):
        """The usual four messages; the ACK. What comes instead of an OFFER ends the scenario."""
        offer = self.ask(dhcp4.DISCOVER, *options, **fields)
        if offer is None or offer.yiaddr == NOWHERE:
            raise AssertionError("nothing offered")
        return self.ask(dhcp4.REQUEST, *granted(offer, options), **fields)

    def record(self, type, reply):
        asked = dhcp4.type_name(type)
        if reply is None:
            self.lines.append(f"{asked} -> silence")
            return
        self.lines.append(f"{asked} -> {dhcp4.type_name(reply.type) if reply.type else 'BOOTREPLY'}")
        self.lines.extend("  " + line for line in (*self.way(reply), *self.fields(reply)))
        for code, value in sorted(reply.options):
            self.lines.extend("  " + line for line in self.option(code, value))
        if reply.get(dhcp4.RELAY_INFO) is not None and reply.codes[-1] != dhcp4.RELAY_INFO:
            self.lines.append("  option 82 is not the last")

    def way(self, reply):
        datagram = self.client.datagram
        known = {reply.yiaddr: "yiaddr", reply.ciaddr: "ciaddr", reply.giaddr: "giaddr"}
        known.pop(NOWHERE, None)
        where = "broadcast" if datagram.target == dhcp4.EVERYWHERE else known.get(datagram.target, datagram.target)
        hardware = {self.client.hardware: "the client", b"\xff" * 6: "everybody", self.lab.relay_hardware: "the relay"}
        yield f"from {'server' if datagram.source == self.server_address else datagram.source}" \
              f" to {where} port {datagram.ports[1]} in a frame to {hardware.get(self.client.hardware_target, '?')}"
        if len(datagram.payload) < 300:
            yield "shorter than 300 octets"

    def fields(self, reply):
        asked = " as asked" if reply.yiaddr == self.asked else ""
        yield f"hops={reply.hops} secs={reply.secs}"
        yield f"flags={reply.flags:04x} htype={reply.htype}" \
              f" chaddr={'own' if reply.chaddr == self.client.hardware else reply.chaddr.hex()}"
        yield f"ciaddr={self.name(reply.ciaddr)} yiaddr={self.name(reply.yiaddr)}{asked} giaddr={reply.giaddr}"
        yield f"siaddr={'server' if reply.siaddr == self.server_address else reply.siaddr}"
        for name in ("sname", "file"):
            if getattr(reply, name):
                yield f"{name}={getattr(reply, name).decode('latin-1')}"

    def option(self, code, value):
        if code == dhcp4.SERVER_ID:
            yield "server-id " + ("own" if dhcp4.text(value) == self.server_address else value.hex())
        elif code == dhcp4.CLIENT_ID:
            yield "client-id " + ("own" if value == self.client.client_id else value.hex())
        elif code == dhcp4.RELAY_INFO:
            sent = getattr(self.client.path, "info", None)
            yield "relay-info " + ("as sent" if sent and value == sent[1] else value.hex())
        elif code in NUMBERS:
            yield f"{NUMBERS[code]} {dhcp4.number(value)}"
        elif code not in (dhcp4.TYPE, dhcp4.OVERLOAD):
            yield f"option {code} {value.hex()}"

    def name(self, where):
        """Which address of a pool a server picks is its own business: pool and order of appearance count."""
        address = ipaddress.IPv4Address(where)
        for first, last, pool in POOLS:
            if ipaddress.IPv4Address(first) <= address <= ipaddress.IPv4Address(last):
                seen = self.names.setdefault(pool, [])
                if where not in seen:
                    seen.append(where)
                return f"{pool}#{seen.index(where) + 1}"
        return where


def play(name, out, suite, path):
    scenarios = importlib.import_module(suite).SCENARIOS
    lab = Lab(name, out)
    with open(path, "a") as file:
        for number, scenario in enumerate(scenarios, 1):
            session = Session(lab, number)
            try:
                scenario(session)
            except Exception as error:  # what the server said made the scenario impossible; that is a result too
                session.lines.append(f"scenario ended: {type(error).__name__}: {error}")
            print("v4_" + scenario.__name__, file=file)
            print("".join(f"  {line}\n" for line in session.lines), file=file, flush=True)


if __name__ == "__main__":
    play(*sys.argv[1:5])
