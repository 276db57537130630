# SPDX-License-Identifier: Apache-2.0
"""Reads a capture of the server's interfaces (tcpdump -i any) into exchanges: who asked what, and what was answered.

  capture.py table CAPTURE PORTS         prints the exchanges as a table
  capture.py missing CAPTURE CLIENT...   prints each wanted exchange (CLIENT = ADDRESS=KIND/IA,KIND/IA...) not yet seen; the
                                         address is the link-local one, or for KIND/V4 the hardware address
"""
import struct
import sys

import capture4
import dhcp6
import pcap

def datagrams(path):
    """(seconds, source, destination, payload) of every UDP datagram to or from port 547."""
    import ipaddress
    for seconds, packet, _ in pcap.packets(path, pcap.IPV6):
        if len(packet) < 48 or packet[6] != 17:
            continue
        ports = struct.unpack_from("!HH", packet, 40)
        if 547 in ports:
            addresses = [str(ipaddress.IPv6Address(packet[i:i + 16])) for i in (8, 24)]
            yield seconds, addresses[0], addresses[1], packet[48:]


class Exchange:
    """One message of a client and its answer, if there was one."""

    def __init__(self, seconds, client, hops, message):
        self.seconds, self.client, self.hops, self.message = seconds, client, hops, message
        self.answer, self.millis = None, None

    def kind(self):
        return dhcp6.type_name(self.message.type)

    def answered(self, seconds, answer):
        if self.answer is None or self.answer.type == dhcp6.ADVERTISE:
            self.answer, self.millis = answer, (seconds - self.seconds) * 1000

    def outcome(self):
        if self.answer is None:
            return "no answer"
        bad = {dhcp6.status(self.answer.options)} | {ia.status for ia in dhcp6.ias(self.answer)}
        bad -= {None, 0}
        name = dhcp6.type_name(self.answer.type)
        return name + "".join(" " + dhcp6.status_name(code) for code in sorted(bad))

    def good(self):
        return self.answer is not None and " " not in self.outcome()

    def leases(self):
        """(what, preferred, valid) of each lease in the answer, or (what, "", "") in the question when the answer names none."""
        granted = [lease[:3] for ia in dhcp6.ias(self.answer) for lease in ia.leases] if self.answer else []
        return granted or [(lease[0], "", "") for ia in dhcp6.ias(self.message) for lease in ia.leases]


def exchanges(path):
    return [*exchanges6(path), *capture4.exchanges(path)]


def exchanges6(path):
    open_ones, result = {}, []
    for seconds, source, destination, payload in datagrams(path):
        try:
            relays, message = dhcp6.unwrap(payload)
        except (ValueError, IndexError, struct.error):
            continue
        from_server = message.type in (dhcp6.ADVERTISE, dhcp6.REPLY)
        client = str(relays[-1].peer) if relays else (destination if from_server else source)
        key = client, message.xid
        if not from_server and (key not in open_ones or open_ones[key].message.type != message.type):
            open_ones[key] = Exchange(seconds, client, len(relays), message)
            result.append(open_ones[key])
        elif from_server and key in open_ones:
            open_ones[key].answered(seconds, message)
    return result


def rows_of(same, host, link):
    """The rows of exchanges that differ in their time only."""
    e, times = same[0], [e.millis for e in same if e.millis is not None]
    head = host, link, e.kind() + (f" {len(same)} times" if len(same) > 1 else ""), e.outcome()
    millis = f"{sum(times) / len(times):.1f}" if times else "-"
    for number, (what, preferred, valid) in enumerate(e.leases() or [("-", "", "")]):
        lifetimes = f"{preferred}/{valid}".lstrip("/") or "-"
        yield (*(head if number == 0 else [""] * 4), what, lifetimes, millis if number == 0 else "")


def print_table(path, ports):
    """Exchanges of one kind with the same outcome are one row, with their mean time."""
    names = {}
    for line in open(ports):
        host, _, link, hardware, address = line.split()
        names[address] = names[hardware] = host, link
    rows = [("client", "link", "exchange", "outcome", "address or prefix", "lifetimes", "ms")]
    place = {client: number for number, client in enumerate(names)}
    told = {}
    for e in sorted(exchanges(path), key=lambda e: (place.get(e.client, 0), e.seconds)):
        told.setdefault((e.client, e.kind(), e.outcome(), tuple(e.leases())), []).append(e)
    for same in told.values():
        rows.extend(rows_of(same, *names.get(same[0].client, (same[0].client, "?"))))
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.rjust(w) if i == 6 else cell.ljust(w) for i, (cell, w) in enumerate(zip(row, widths))).rstrip())


def kinds_of(exchange):
    """NA and PD, as far as the answer to a RELEASE covers them and any other answer grants a lease for them."""
    if isinstance(exchange, capture4.Exchange):
        return {"V4"}
    names = {dhcp6.IA_NA: "NA", dhcp6.IA_PD: "PD"}
    if exchange.message.type == dhcp6.RELEASE:
        return {names[ia.code] for ia in dhcp6.ias(exchange.message)}
    return {names[ia.code] for ia in dhcp6.ias(exchange.answer) if any(valid > 0 for _, _, valid, _ in ia.leases)}


def missing(path, wanted):
    """Those of "address:KIND/IA,KIND/IA" that have no good answer in the capture."""
    seen = {(e.client, e.kind(), ia) for e in exchanges(path) if e.good() for ia in kinds_of(e)}
    for word in wanted:
        client, kinds = word.rsplit("=", 1)
        for kind in kinds.split(","):
            if (client, *kind.split("/")) not in seen:
                print(client, kind)
                yield kind


if __name__ == "__main__":
    if sys.argv[1] == "table":
        print_table(sys.argv[2], sys.argv[3])
    else:
        sys.exit(1 if list(missing(sys.argv[2], sys.argv[3:])) else 0)
