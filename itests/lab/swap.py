# SPDX-License-Identifier: Apache-2.0
"""What captures tell about clients, and about a hop, while its parts are replaced.

  swap.py phases CLIENTS PHASES ACKNOWLEDGED   a line "NAME BEGUN LOST GAP" for each phase: clients that began in it, those of them that
                                               got no lease, and the longest time without a Reply, in ms. PHASES has a line "SECONDS NAME"
                                               for the beginning of each. ACKNOWLEDGED is written: every address that a Reply gave.
  swap.py clear CLIENTS HOP                    how many packets of the hop show a DUID of a client or an address of theirs, and how many
                                               it has; fails unless the same search finds all Replies in CLIENTS
"""
import ipaddress
import socket
import struct
import sys

import pcap

SOLICIT, REPLY = 1, 7
CLIENT_ID, IA_NA, IA_ADDRESS = 1, 3, 5
HEADERS = 40 + 8  # IPv6 and UDP
UDP = 17
ADDRESSES = socket.inet_pton(socket.AF_INET6, "2001:db8:b:0:1::")[:10]
DUID_START = 5  # octets that all clients of the load have in common


def options(octets):
    at = 0
    while at + 4 <= len(octets):
        code, length = struct.unpack_from("!HH", octets, at)
        yield code, octets[at + 4:at + 4 + length]
        at += 4 + length


def messages(path):
    """(seconds, type, DUID, addresses) of messages between clients and relay agent."""
    for seconds, packet, _ in pcap.packets(path, pcap.IPV6):
        if packet[6] != UDP or len(packet) < HEADERS + 4:
            continue
        duid, addresses = None, []
        for code, value in options(packet[HEADERS + 4:]):
            if code == CLIENT_ID:
                duid = value
            elif code == IA_NA:
                addresses += [inner[:16] for kind, inner in options(value[12:]) if kind == IA_ADDRESS]
        yield seconds, packet[HEADERS], duid, addresses


def phases(clients, names, acknowledged):
    starts = [(float(line.split()[0]), line.split()[1]) for line in open(names)]
    begun, leased, replies = {}, set(), []
    given = set()
    last = 0
    for seconds, kind, duid, addresses in messages(clients):
        last = seconds
        if kind == SOLICIT:
            begun.setdefault(duid, seconds)
        elif kind == REPLY and addresses:
            leased.add(duid)
            replies.append(seconds)
            given.update(addresses)
    with open(acknowledged, "w") as out:
        out.writelines(sorted(f"{ipaddress.IPv6Address(each)}\n" for each in given))
    for number, (start, name) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else last - 1
        own = [duid for duid, at in begun.items() if start <= at < end]
        times = [start] + [at for at in replies if start <= at < end] + [max(start, end)]
        gap = max(after - before for before, after in zip(times, times[1:]))
        print(name, len(own), sum(duid not in leased for duid in own), round(1000 * gap))


def clear(clients, hop):
    duid = next(duid for _, kind, duid, _ in messages(clients) if kind == SOLICIT)[:DUID_START]

    def telling(path):
        all_packets = [packet[40:] for _, packet, _ in pcap.packets(path, pcap.IPV6)]
        return sum(ADDRESSES in packet or duid in packet for packet in all_packets), len(all_packets)

    replies = sum(kind == REPLY and bool(addresses) for _, kind, _, addresses in messages(clients))
    if telling(clients)[0] < max(1, replies):
        raise SystemExit("the search does not find what is there")
    print(*telling(hop))


if __name__ == "__main__":
    {"phases": phases, "clear": clear}[sys.argv[1]](*sys.argv[2:])
