# SPDX-License-Identifier: Apache-2.0
"""A small DHCPv4 encoder and decoder (RFC 2131, 2132, 3396), independent of the server's, for the lab's scripted clients.

Options are lists of (code, bytes). Nothing here is strict: tests send wrong messages on purpose.
"""
import socket
import struct

DISCOVER, OFFER, REQUEST, DECLINE, ACK, NAK, RELEASE, INFORM = range(1, 9)
TYPE_NAMES = {1: "DISCOVER", 2: "OFFER", 3: "REQUEST", 4: "DECLINE", 5: "ACK", 6: "NAK", 7: "RELEASE", 8: "INFORM"}
PAD, SUBNET_MASK, ROUTERS, DNS, HOST_NAME, END = 0, 1, 3, 6, 12, 255
VENDOR, REQUESTED, LEASE_TIME, OVERLOAD, TYPE, SERVER_ID, WANTED = 43, 50, 51, 52, 53, 54, 55
MAX_SIZE, T1, T2, VENDOR_CLASS, CLIENT_ID, USER_CLASS, RAPID, FQDN, RELAY_INFO = 57, 58, 59, 60, 61, 77, 80, 81, 82
V6ONLY, SUBNET_SELECTION, VIVCO, VIVSO = 108, 118, 124, 125
CIRCUIT, REMOTE, LINK_SELECTION, SUBSCRIBER, SERVER_OVERRIDE = 1, 2, 5, 6, 11
COOKIE = b"\x63\x82\x53\x63"
BROADCAST_FLAG = 0x8000
NOWHERE, EVERYWHERE = "0.0.0.0", "255.255.255.255"
FIXED = struct.Struct("!BBBBIHH4s4s4s4s16s64s128s")


def encode_options(options, limit=255):
    """Each option in as many pieces as it needs (RFC 3396)."""
    out = bytearray()
    for code, value in options:
        if code in (PAD, END):
            out.append(code)
            continue
        for at in range(0, max(len(value), 1), limit):
            piece = value[at:at + limit]
            out += bytes((code, len(piece))) + piece
    return bytes(out)


def pieces(data):
    """(code, value) of each piece up to the end option."""
    at = 0
    while at < len(data) and data[at] != END:
        if data[at] == PAD:
            at += 1
            continue
        if at + 2 > len(data) or at + 2 + data[at + 1] > len(data):
            raise ValueError(f"option {data[at]} longer than its field")
        yield data[at], data[at + 2:at + 2 + data[at + 1]]
        at += 2 + data[at + 1]


def join(found):
    """Options in the order of their first piece, pieces of one code put together (RFC 3396 7)."""
    whole = {}
    for code, value in found:
        whole[code] = whole.get(code, b"") + value
    return list(whole.items())


def first(options, code):
    return next((value for c, value in options if c == code), None)


class Message:
    """The fixed fields as attributes, addresses as text, and the options. sname and file are bytes."""

    def __init__(self, op=1, xid=0, chaddr=b"", options=(), **fields):
        self.op, self.htype, self.hlen, self.hops, self.xid = op, 1, len(chaddr), 0, xid
        self.secs, self.flags, self.chaddr, self.sname, self.file = 0, 0, chaddr, b"", b""
        self.ciaddr = self.yiaddr = self.siaddr = self.giaddr = NOWHERE
        self.options, self.codes = list(options), [code for code, _ in options]
        self.__dict__.update(fields)

    def encode(self, in_file=(), in_sname=()):
        """The options; those of in_file and in_sname go to these fields with option 52 (RFC 2132 9.3)."""
        options, file, sname = list(self.options), self.file, self.sname
        if in_file:
            file = encode_options(in_file) + b"\xff"
        if in_sname:
            sname = encode_options(in_sname) + b"\xff"
        if in_file or in_sname:
            options.append((OVERLOAD, bytes([bool(in_file) + 2 * bool(in_sname)])))
        addresses = [socket.inet_aton(a) for a in (self.ciaddr, self.yiaddr, self.siaddr, self.giaddr)]
        data = FIXED.pack(self.op, self.htype, self.hlen, self.hops, self.xid, self.secs, self.flags, *addresses,
                          self.chaddr, sname, file)
        return (data + COOKIE + encode_options(options) + b"\xff").ljust(300, b"\0")

    def get(self, code):
        return first(self.options, code)

    @property
    def type(self):
        value = self.get(TYPE)
        return value[0] if value else 0

    @staticmethod
    def decode(data):
        if len(data) < 240 or data[236:240] != COOKIE:
            raise ValueError("not DHCP")
        op, htype, hlen, hops, xid, secs, flags, ci, yi, si, gi, chaddr, sname, file = FIXED.unpack_from(data)
        found = list(pieces(data[240:]))
        overload = (first(found, OVERLOAD) or b"\0")[0]
        if overload & 1:
            found += pieces(file)
            file = b""
        if overload & 2:
            found += pieces(sname)
            sname = b""
        names = dict(zip(("ciaddr", "yiaddr", "siaddr", "giaddr"), map(socket.inet_ntoa, (ci, yi, si, gi))))
        message = Message(op, xid, chaddr[:hlen], join(found), htype=htype, hops=hops, secs=secs, flags=flags,
                          sname=sname.rstrip(b"\0"), file=file.rstrip(b"\0"), **names)
        message.codes = [code for code, _ in found]
        return message


def address(text):
    return socket.inet_aton(text)


def text(value):
    return socket.inet_ntoa(value) if value and len(value) == 4 else None


def number(value):
    return int.from_bytes(value, "big")


def requested(where):
    return REQUESTED, address(where)


def server(where):
    return SERVER_ID, address(where)


def wanted(*codes):
    return WANTED, bytes(codes)


def lease_time(seconds):
    return LEASE_TIME, struct.pack("!I", seconds)


def relay_info(*suboptions):
    return RELAY_INFO, encode_options(suboptions)


def type_name(number):
    return TYPE_NAMES.get(number, str(number))


def checksum(data):
    """RFC 1071."""
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def udp_packet(source, target, ports, payload):
    """An IPv4 packet with both checksums."""
    length = 8 + len(payload)
    pseudo = socket.inet_aton(source) + socket.inet_aton(target) + struct.pack("!BBH", 0, 17, length)
    udp = struct.pack("!HHHH", *ports, length, 0) + payload
    udp = udp[:6] + struct.pack("!H", checksum(pseudo + udp) or 0xFFFF) + udp[8:]
    head = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + length, 0, 0, 64, 17, 0, socket.inet_aton(source), socket.inet_aton(target))
    return head[:10] + struct.pack("!H", checksum(head)) + head[12:] + udp


class Datagram:
    """A received UDP datagram over IPv4, and whether its checksums are right."""

    def __init__(self, packet):
        header = (packet[0] & 15) * 4
        if packet[0] >> 4 != 4 or packet[9] != 17 or len(packet) < header + 8:
            raise ValueError("no UDP over IPv4")
        length, = struct.unpack_from("!H", packet, 2)
        udp = packet[header:length]
        self.source, self.target = socket.inet_ntoa(packet[12:16]), socket.inet_ntoa(packet[16:20])
        self.ports = struct.unpack_from("!HH", udp)
        self.payload = udp[8:struct.unpack_from("!H", udp, 4)[0]]
        pseudo = packet[12:20] + struct.pack("!BBH", 0, 17, len(udp))
        self.header_good = checksum(packet[:header]) == 0
        self.udp_checksum, = struct.unpack_from("!H", udp, 6)
        self.udp_good = self.udp_checksum == 0 or checksum(pseudo + udp) == 0
