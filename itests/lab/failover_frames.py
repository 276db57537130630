# SPDX-License-Identifier: Apache-2.0
"""Makes datagrams of the failover messages (RFC 8156) in a capture of connections in clear, for a program that knows their options but
neither their stream nor their header.

  failover_frames.py CAPTURE OUT   writes OUT, a datagram from port 547 to port 547 for each message, without its length and without its
                                   time of sending, at that time; prints a line for each: TYPE ID FROM SECONDS OCTETS, where SECONDS
                                   are from its time of sending to that of the capture, or - if it has none
"""
import ipaddress
import struct
import sys

import dhcp6
import pcap

PORT = 647
EPOCH = 946684800
RAW = 101
UPGRADE = 23, 7  # STARTTLS and its answer have no time of sending (RFC 7653 section 8.2)


def segments(path, wanted):
    """(seconds, flow, sequence, flags, data) of each segment of these ports; a flow is source, port, destination, port."""
    for seconds, packet, _ in pcap.packets(path, pcap.IPV6):
        if len(packet) < 60 or packet[6] != 6:
            continue
        ports = struct.unpack_from("!HH", packet, 40)
        if not wanted.isdisjoint(ports):
            sequence, = struct.unpack_from("!I", packet, 44)
            end = 40 + struct.unpack_from("!H", packet, 4)[0]
            data = packet[40 + (packet[52] >> 4) * 4:end]
            yield seconds, (packet[8:24], ports[0], packet[24:40], ports[1]), sequence, packet[53], data


class Stream:
    """One direction of a connection, put together again."""

    def __init__(self, begin):
        self.next, self.waiting, self.data = begin, {}, b""

    def add(self, sequence, data):
        if data:
            self.waiting[sequence] = max(data, self.waiting.get(sequence, b""), key=len)
        while self.next in self.waiting:
            data = self.waiting.pop(self.next)
            self.data += data
            self.next = self.next + len(data) & 0xFFFFFFFF

    def frames(self):
        while len(self.data) >= 2 and len(self.data) >= 2 + (length := struct.unpack_from("!H", self.data)[0]):
            yield self.data[2:2 + length]
            self.data = self.data[2 + length:]


def messages(path, ports, stream=Stream):
    """(seconds, flow, octets) of each message."""
    streams = {}
    for seconds, flow, sequence, flags, data in segments(path, ports):
        if flags & 2:  # SYN
            streams[flow] = stream(sequence + 1 & 0xFFFFFFFF)
        if flow in streams:
            streams[flow].add(sequence, data)
            for frame in streams[flow].frames():
                yield seconds, flow, frame


def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF or 0xFFFF


def datagram(source, destination, payload):
    length = 8 + len(payload)
    pseudo = source + destination + struct.pack("!IxxxB", length, 17)
    header = struct.pack("!HHH", 547, 547, length)
    udp = header + struct.pack("!H", checksum(pseudo + header + b"\0\0" + payload)) + payload
    return struct.pack("!IHBB", 6 << 28, length, 17, 64) + source + destination + udp


def write(path, frames):
    with open(path, "wb") as out:
        out.write(struct.pack("=IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, RAW))
        for seconds, (source, _, destination, _), octets in frames:
            plain = octets if octets[0] in UPGRADE else octets[:4] + octets[8:]
            packet = datagram(source, destination, plain)
            out.write(struct.pack("=IIII", int(seconds), int(seconds % 1 * 1e6), len(packet), len(packet)) + packet)


def main(capture, out):
    found = list(messages(capture, {PORT}))
    write(out, found)
    for seconds, flow, octets in found:
        late = "-" if octets[0] in UPGRADE else round(seconds - struct.unpack_from("!I", octets, 4)[0] - EPOCH, 1)
        dhcp6.decode_options(octets[4 if octets[0] in UPGRADE else 8:])
        print(octets[0], int.from_bytes(octets[1:4], "big"), ipaddress.IPv6Address(flow[0]), late, len(octets))
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
