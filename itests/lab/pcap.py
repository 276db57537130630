# SPDX-License-Identifier: Apache-2.0
"""Reads classic pcap files, those still being written too."""
import struct

IPV4, IPV6 = 0x0800, 0x86DD
LINUX_SLL, LINUX_SLL2, ETHERNET = 113, 276, 1
HEADER = {LINUX_SLL: (16, 14), LINUX_SLL2: (20, 0), ETHERNET: (14, 12)}  # link header length, offset of the protocol


def packets(path, wanted):
    """(seconds, packet, link header) of each packet of that protocol, up to the last whole record."""
    with open(path, "rb") as file:
        data = file.read()
    if len(data) < 24:
        return
    order = "<" if data[:4] in (b"\xd4\xc3\xb2\xa1", b"\x4d\x3c\xb2\xa1") else ">"
    nanos = data[:4] in (b"\x4d\x3c\xb2\xa1", b"\xa1\xb2\x3c\x4d")
    link, = struct.unpack_from(order + "I", data, 20)
    length, protocol = HEADER[link & 0xFFFF]
    at = 24
    while at + 16 <= len(data):
        seconds, fraction, size, _ = struct.unpack_from(order + "IIII", data, at)
        frame = data[at + 16:at + 16 + size]
        at += 16 + size
        if len(frame) == size and struct.unpack_from("!H", frame, protocol)[0] == wanted:
            yield seconds + fraction / (1e9 if nanos else 1e6), frame[length:], frame[:length]
