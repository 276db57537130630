# SPDX-License-Identifier: Apache-2.0
"""Malformed and hostile DHCPv4 packets, a row per kind of malice.

  hostile4.py rows                          prints the rows: name, and whether the server must drop every packet of it
  hostile4.py send LAB OUT ROW COUNT        sends COUNT packets of that row; exit code 1 when the server no longer answers
"""
import socket
import struct
import sys

import dhcp4
import malice
from dhcp4 import DISCOVER, REQUEST, requested, wanted
from scripted_client import OnHost
from scripted_client4 import BROADCAST, IPV4, Client, Direct, Relayed, Wire, mac, ports

ROWS = {}
SERVER = "10.1.0.1"
GOOD = mac(0xBAD)


def row(drop, way="direct"):
    """way: direct, relayed, or socket: a relay's kernel sends it, in fragments if need be."""
    def add(function):
        ROWS["v4-" + function.__name__.replace("_", "-")] = function, drop, way
        return function
    return add


def message(*options, type=DISCOVER, xid=0xBAD, **fields):
    return dhcp4.Message(fields.pop("op", 1), xid, fields.pop("chaddr", GOOD), [(dhcp4.TYPE, bytes([type])), *options], **fields)


def relayed(*options, giaddr="10.2.0.1", **fields):
    return message(*options, giaddr=giaddr, hops=1, **fields)


def with_tail(data, *options, **fields):
    """A message whose options end with those octets, without end option or padding."""
    whole = message(*options, **fields)
    return whole.encode()[:240] + dhcp4.encode_options(whole.options) + data


@row("drop")
def shorter_than_a_header(r):
    return message().encode()[:r.randrange(240)]


@row("drop")
def wrong_cookie(r):
    data = bytearray(message().encode())
    data[236:240] = r.randbytes(3) + b"\x01"
    return bytes(data)


@row("drop")
def option_longer_than_packet(r):
    return with_tail(bytes((r.choice([12, 50, 55, 60, 61, 82]), r.randrange(9, 256))) + r.randbytes(8))


@row("drop")
def option_without_length(r):
    return with_tail(bytes([r.choice([1, 12, 61, 82, 254])]))


@row("drop")
def overload_into_cut_option(r):
    return message((dhcp4.OVERLOAD, b"\x01"), file=b"\0" * r.randrange(100, 127) + b"\x0c\xc8").encode()


@row("any")
def overload_of_any_value(r):
    return message((dhcp4.OVERLOAD, r.randbytes(r.choice([0, 1, 1, 2]))), file=r.randbytes(128), sname=r.randbytes(64)).encode()


@row("any")
def overload_within_overload(r):
    inner = [(dhcp4.OVERLOAD, b"\x03")] * r.randrange(1, 9)
    return message().encode(in_file=inner, in_sname=inner)


@row("drop")
def hardware_length_above_sixteen(r):
    return message(hlen=r.randrange(17, 256)).encode()


@row("any")
def hardware_length_of_nothing(r):
    return message(hlen=0, htype=r.randrange(256)).encode()


@row("drop")
def replies(r):
    return message(dhcp4.server(SERVER), type=r.choice([2, 5, 6]), op=2).encode()


@row("drop")
def message_without_type(r):
    return dhcp4.Message(1, r.randrange(1 << 32), GOOD, [wanted(1, 3)]).encode()


@row("drop")
def type_of_wrong_length(r):
    return dhcp4.Message(1, 1, GOOD, [(dhcp4.TYPE, r.choice([b"", b"\x01\x01", b"\x01" * 200]))]).encode()


@row("drop")
def unknown_types(r):
    return message(type=r.choice([0, *range(19, 256)])).encode()


@row("drop")
def types_of_servers(r):
    return message(dhcp4.server(SERVER), type=r.choice([2, 5, 6])).encode()


@row("any")
def addresses_cut(r):
    return message((r.choice([50, 54, 118]), r.randbytes(r.choice([0, 1, 2, 3, 5]))), type=r.choice([1, 3])).encode()


@row("any")
def scalars_of_wrong_length(r):
    return message((r.choice([46, 51, 57, 58, 59, 93, 94, 97, 108, 116]), r.randbytes(r.choice([0, 1, 3, 5, 7, 200])))).encode()


@row("any")
def client_ids_of_any_length(r):
    return message((dhcp4.CLIENT_ID, r.randbytes(r.choice([0, 1, 2, 255, 1000])))).encode()


@row("any")
def message_size_of_nothing(r):
    return message((dhcp4.MAX_SIZE, struct.pack("!H", r.randrange(576))), wanted(*range(1, 255))).encode()


@row("drop", way="relayed")
def relay_on_an_unknown_link(r):
    return relayed(giaddr=f"10.77.{r.randrange(256)}.1").encode()


@row("any", way="relayed")
def relay_info_cut(r):
    return relayed((dhcp4.RELAY_INFO, bytes((r.randrange(256), r.randrange(9, 256))) + r.randbytes(8))).encode()


@row("any", way="relayed")
def relay_info_noise(r):
    return relayed((dhcp4.RELAY_INFO, r.randbytes(r.randrange(400)))).encode()


@row("any", way="relayed")
def relay_selection_cut(r):
    return relayed(dhcp4.relay_info((r.choice([5, 11]), r.randbytes(r.choice([0, 1, 3, 5]))))).encode()


@row("any", way="relayed")
def relay_to_nowhere(r):
    return relayed(giaddr=r.choice(["255.255.255.255", "224.0.0.1", "127.0.0.1", "10.1.255.255"])).encode()


@row("any")
def clients_with_impossible_addresses(r):
    return message(type=REQUEST, ciaddr=r.choice(["255.255.255.255", "224.0.0.1", "127.0.0.1", SERVER, "10.1.255.255"])).encode()


@row("any")
def asks_for_impossible_addresses(r):
    return message(requested(r.choice(["255.255.255.255", "0.0.0.0", "127.0.0.1", SERVER])), type=r.choice([1, 3, 4])).encode()


@row("any")
def pads_without_end(r):
    return with_tail(b"\0" * r.randrange(100, 1100))


@row("any")
def empty_options_without_end(r):
    return with_tail(b"".join(bytes((r.randrange(1, 255), 0)) for _ in range(550)))


@row("any")
def one_option_in_hundreds_of_pieces(r):
    return with_tail(b"".join(bytes((r.choice([12, 55, 61, 82]), 1, r.randrange(256))) for _ in range(380)))


@row("any")
def names_of_any_kind(r):
    return message((dhcp4.HOST_NAME, r.choice([b"", b"\0", b".", b"..", b"a" * 255, b"\xff" * 64, b"a\0b", b"-", b"a..b"])), wanted(12)).encode()


@row("any")
def full_names_with_pointers(r):
    name = bytes([0xC0 | r.randrange(64), r.randrange(256)]) * r.randrange(1, 60)
    return message((dhcp4.FQDN, bytes([r.randrange(256), 0, 0]) + name)).encode()


@row("any")
def full_names_cut(r):
    return message((dhcp4.FQDN, r.randbytes(r.randrange(3)) if r.random() < 0.5 else b"\x05\0\0\x3fab")).encode()


@row("any")
def domain_search_loops(r):
    return message((119, bytes([1, 97, 0xC0, r.randrange(4)]) * r.randrange(1, 60))).encode()


@row("any")
def vendor_options_cut(r):
    return message((r.choice([124, 125]), struct.pack("!IB", 4491, r.randrange(20, 256)) + r.randbytes(5))).encode()


@row("any")
def user_and_vendor_classes(r):
    return message((r.choice([43, 60, 77]), r.randbytes(r.randrange(600)))).encode()


@row("any")
def releases_and_declines_of_strangers(r):
    where = f"10.1.{r.randrange(16, 32)}.{r.randrange(256)}"
    return message(requested(where), dhcp4.server(SERVER), type=r.choice([4, 7]), ciaddr=where, chaddr=mac(r.randrange(1 << 32))).encode()


@row("any")
def release_repeated(r):
    return message(dhcp4.server(SERVER), type=7, ciaddr="10.1.16.5").encode()


@row("any")
def informs_from_anywhere(r):
    return message(type=8, ciaddr=socket.inet_ntoa(r.randbytes(4))).encode()


@row("drop")
def noise(r):
    return bytes([r.randrange(3, 256)]) + r.randbytes(r.randrange(1, 1400))


@row("any")
def good_messages_with_flipped_bits(r):
    data = bytearray(message(wanted(1, 3, 6), (dhcp4.CLIENT_ID, b"\x01" + GOOD), (dhcp4.HOST_NAME, b"host")).encode())
    for _ in range(r.randrange(1, 8)):
        data[r.randrange(len(data))] ^= 1 << r.randrange(8)
    return bytes(data)


@row("any", way="socket")
def as_big_as_a_datagram_can_be(r):
    return with_tail(b"\xe0\xff" + b"z" * 255 + (b"\xe0\xff" + b"z" * 255) * r.randrange(190, 250), giaddr="10.2.0.1")


@row("any", way="frame")
def lengths_that_lie(r):
    packet = bytearray(dhcp4.udp_packet(dhcp4.NOWHERE, dhcp4.EVERYWHERE, (68, 67), message().encode()))
    at = r.choice([2, 24])  # the length of IP, the length of UDP
    packet[at:at + 2] = struct.pack("!H", r.choice([0, 8, 20, 28, 100, 2000, 65535]))
    packet[10:12] = b"\0\0"
    packet[10:12] = struct.pack("!H", dhcp4.checksum(bytes(packet[:20])))
    return bytes(packet)


def sender(lab, out, way):
    hardware = ports(out)
    direct = Direct(Wire(f"{lab}-client", "eth0"), hardware["server", "linkA"])
    client = Client(direct, GOOD)
    if way == "relayed":
        relay = Relayed(Wire(f"{lab}-relay1", "core"), hardware["relay1", "core"], hardware["server", "core"], "10.255.0.1", "10.2.0.1")
        return direct, lambda data: relay.send(client, data)
    if way == "frame":
        return direct, lambda packet: direct.wire.send(GOOD, BROADCAST, packet)
    if way == "socket":
        with OnHost(f"{lab}-relay1"):
            udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        return direct, lambda data: udp.sendto(data, ("10.255.0.1", 67))
    return direct, lambda data: direct.send(client, data)


def send(lab, out, name, count):
    make, _, way = ROWS[name]
    direct, put = sender(lab, out, way)
    alive(direct)
    malice.send(make, put, lambda: alive(direct), name, count)


def alive(path):
    for _ in range(3):
        if Client(path, mac(0xA11FE), timeout=2).ask(DISCOVER) is not None:
            return
    sys.exit(1)


if __name__ == "__main__":
    malice.main(ROWS, send)
