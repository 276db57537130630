# SPDX-License-Identifier: Apache-2.0
"""Malformed and hostile packets, a row per kind of malice.

  hostile.py rows                              prints the rows: name, and whether the server must drop every packet of it
  hostile.py send LAB ADDRESS ROW COUNT        sends COUNT packets of that row; exit code 1 when the server no longer answers
"""
import struct
import sys

import dhcp6
import malice
from dhcp6 import SOLICIT, REQUEST, ia_addr, ia_na, ia_pd
from scripted_client import Client, Direct, Relayed, duid_ll, packed

ROWS = {}
SERVER_ID = b""
LINK, PEER = packed("2001:db8:b::1"), packed("fe80::aa:1")
GOOD_ID = dhcp6.CLIENTID, duid_ll(0xBAD)


def row(drop, relayed=False):
    def add(function):
        ROWS[function.__name__.replace("_", "-")] = function, drop, relayed
        return function
    return add


def message(*options, type=SOLICIT, xid=0xBAD):
    return dhcp6.Message(type, xid, options).encode()


def relay(inner, hops=0, options=(), type=dhcp6.RELAY_FORW):
    return dhcp6.Relay(type, hops, LINK, PEER, [*options, (dhcp6.RELAY_MSG, inner)]).encode()


def good_solicit():
    return message(GOOD_ID, ia_na(1), ia_pd(2), dhcp6.oro(23, 24), dhcp6.elapsed())


@row("drop", relayed=True)
def truncated_relay_header(r):
    return relay(good_solicit())[:r.randrange(1, 34)]


@row("drop", relayed=True)
def truncated_relay_options(r):
    return relay(good_solicit(), options=[(18, b"port-7")])[:r.randrange(35, 60)]


@row("drop", relayed=True)
def relay_reply_to_the_server(r):
    return relay(good_solicit(), type=dhcp6.RELAY_REPL)[:r.randrange(1, 90)]


@row("drop", relayed=True)
def relay_without_a_message(r):
    return dhcp6.Relay(dhcp6.RELAY_FORW, 0, LINK, PEER, [(18, r.randbytes(r.randrange(20)))]).encode()


@row("drop", relayed=True)
def relay_with_an_empty_message(r):
    return relay(b"", hops=r.randrange(256))


@row("drop", relayed=True)
def relay_in_relay_in_relay(r):
    data = good_solicit()
    for hops in range(r.randrange(40, 1500)):
        data = relay(data, hops & 0xFF)
        if len(data) > 60000:
            break
    return data


@row("any", relayed=True)
def relay_ring_of_hop_counts(r):
    return relay(relay(good_solicit(), 255), r.randrange(33, 256))


@row("drop")
def option_longer_than_packet(r):
    return message(GOOD_ID) + struct.pack("!HH", r.choice([1, 3, 6, 25, 39]), r.randrange(9, 65536)) + r.randbytes(8)


@row("drop")
def option_header_cut(r):
    return good_solicit() + r.randbytes(r.randrange(1, 4))


@row("drop")
def empty_client_id(r):
    return message((1, b""), ia_na(r.randrange(9)))


@row("drop")
def oversized_client_id(r):
    return message((1, r.randbytes(r.randrange(131, 20000))), ia_na(1))


@row("drop")
def empty_server_id(r):
    return message(GOOD_ID, (2, b""), ia_na(1), type=REQUEST)


@row("any")
def two_client_ids(r):
    return message(GOOD_ID, (1, duid_ll(r.randrange(1 << 31))), ia_na(1))


@row("any")
def identity_association_cut(r):
    return message(GOOD_ID, (r.choice([3, 25]), r.randbytes(r.randrange(12))))


@row("any")
def lease_option_cut(r):
    cut = r.choice([(5, r.randbytes(r.randrange(24))), (26, r.randbytes(r.randrange(25)))])
    return message(GOOD_ID, ia_na(1, [cut]) if cut[0] == 5 else ia_pd(1, [cut]))


@row("any")
def prefix_length_above_128(r):
    bad = struct.pack("!IIB", 1, 2, r.randrange(129, 256)) + packed("2001:db8:a000::")
    return message(GOOD_ID, ia_pd(1, [(26, bad)]))


@row("any")
def prefix_not_aligned(r):
    bad = struct.pack("!IIB", 1, 2, r.randrange(0, 60)) + r.randbytes(16)
    return message(GOOD_ID, ia_pd(1, [(26, bad)]))


@row("any")
def identity_associations_in_each_other(r):
    code, value = ia_na(1)
    for _ in range(r.randrange(100, 3000)):
        code, value = ia_na(1, [(code, value)])
    return message(GOOD_ID, (code, value))


@row("any")
def a_thousand_identity_associations(r):
    return message(GOOD_ID, *[ia_na(r.randrange(1 << 32)) for _ in range(1000)])


@row("any")
def addresses_without_end(r):
    return message(GOOD_ID, ia_na(1, [ia_addr("2001:db8:a::1")] * r.randrange(500, 2000)))


@row("any")
def ten_thousand_empty_options(r):
    return message(GOOD_ID, *[(r.randrange(200, 65536), b"")] * 10000)


@row("any")
def domain_name_beyond_its_option(r):
    return message(GOOD_ID, ia_na(1), (39, bytes([r.randrange(8), r.randrange(32, 256)]) + b"a" * r.randrange(20)))


@row("any")
def domain_name_pointers(r):
    return message(GOOD_ID, ia_na(1), (39, b"\x00" + bytes([0xC0 | r.randrange(64), r.randrange(256)]) * r.randrange(1, 100)))


@row("any")
def domain_name_of_empty_labels(r):
    return message(GOOD_ID, ia_na(1), (39, b"\x01" + b"\x00" * r.randrange(1, 40)), (24, b"\x00\x00"))


@row("any")
def scalars_of_wrong_length(r):
    code = r.choice([7, 8, 13, 14, 19, 32, 46, 82, 83])
    return message(GOOD_ID, ia_na(1), (code, r.randbytes(r.choice([0, 1, 3, 5, 7, 200]))))


@row("any")
def option_request_of_odd_length(r):
    return message(GOOD_ID, ia_na(1), (6, r.randbytes(1 + 2 * r.randrange(300))))


@row("any")
def vendor_and_class_cut(r):
    code = r.choice([15, 16, 17])
    return message(GOOD_ID, ia_na(1), (code, r.randbytes(r.randrange(4)) + struct.pack("!HH", 1, r.randrange(9, 65536)) + b"x"))


@row("drop")
def messages_of_servers(r):
    return message(GOOD_ID, (2, SERVER_ID), ia_na(1), type=r.choice([2, 7, 10]))


@row("drop")
def unknown_message_types(r):
    return message(GOOD_ID, ia_na(1), type=r.choice([0, *range(38, 256)]))


@row("drop")
def leasequery_of_a_gone_subnet(r):
    return message(GOOD_ID, (44, b"\x01" + packed("2001:db8:7777::1") + r.randbytes(r.randrange(9))), type=14)


@row("drop")
def dhcpv4_query_with_empty_option(r):
    return struct.pack("!I", 20 << 24 | r.randrange(1 << 24)) + dhcp6.encode_options([(87, b"")])


@row("any")
def release_repeated(r):
    return message(GOOD_ID, (2, SERVER_ID), ia_na(1, [ia_addr("2001:db8:a::5")]), type=dhcp6.RELEASE)


@row("drop")
def shorter_than_a_header(r):
    return r.randbytes(r.randrange(4))


@row("drop")
def noise(r):
    return bytes([r.randrange(38, 256)]) + r.randbytes(r.randrange(1, 1400))


@row("any")
def good_messages_with_flipped_bits(r):
    data = bytearray(good_solicit())
    for _ in range(r.randrange(1, 8)):
        data[r.randrange(len(data))] ^= 1 << r.randrange(8)
    return bytes(data)


@row("drop", relayed=True)
def as_big_as_a_datagram_can_be(r):
    return relay(message(GOOD_ID) + struct.pack("!HH", 16, 65535) + b"z" * r.randrange(50000, 65000))[:65000]


def send(lab, address, name, count):
    global SERVER_ID
    make, _, relayed = ROWS[name]
    direct = Direct(f"{lab}-client", "eth0", address)
    path = Relayed(f"{lab}-relay1", "2001:db8:ffff::2", "2001:db8:ffff::1", []) if relayed else direct
    SERVER_ID = alive(direct).get(dhcp6.SERVERID)
    return malice.send(make, path.send, lambda: alive(direct), name, count)


def alive(path):
    for _ in range(3):
        reply = Client(path, duid_ll(0xA11FE), 2).ask(dhcp6.INFORMATION_REQUEST, dhcp6.elapsed())
        if reply is not None:
            return reply
    sys.exit(1)


if __name__ == "__main__":
    malice.main(ROWS, send)
