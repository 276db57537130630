# SPDX-License-Identifier: Apache-2.0
"""A flood of DISCOVERs, each from another hardware address, and the clients that want to renew meanwhile.

  flood4.py flood LAB COUNT           sends COUNT at full rate from the host "flooder"; prints how many a second
  flood4.py obtain LAB OUT COUNT FILE      COUNT clients of the host "client" obtain a lease each, which FILE keeps
  flood4.py renew LAB OUT FILE SECONDS     they renew one after the other, a hundred a second, for that time; prints how many
                                           asked, how many got an answer to their first question, how many to one of three
                                           (a second apart), and the mean ms until then
"""
import ctypes
import os
import select
import socket
import struct
import sys
import time

import dhcp4
from scripted_client import OnHost
from scripted_client4 import BROADCAST, ETH_P_ALL, IPV4, Client, Direct, Wire, mac, ports

SERVER = "10.1.0.1"
BATCH = 512
PATIENCE_SECONDS, TRIES, PER_SECOND = 1.0, 3, 100


class IoVector(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


class MessageHeader(ctypes.Structure):
    _fields_ = [("name", ctypes.c_void_p), ("name_length", ctypes.c_uint32), ("vectors", ctypes.POINTER(IoVector)),
                ("count", ctypes.c_size_t), ("control", ctypes.c_void_p), ("control_length", ctypes.c_size_t),
                ("flags", ctypes.c_int), ("sent", ctypes.c_uint32)]


class Flood:
    """A batch of frames in memory, of which each round changes transaction id and hardware address (no UDP checksum)."""

    def __init__(self, namespace):
        with OnHost(namespace):
            self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
            self.socket.bind(("eth0", 0))
        payload = dhcp4.Message(1, 0, b"\x02\xcc\0\0\0\0", [(dhcp4.TYPE, b"\x01"), dhcp4.wanted(1, 3, 6, 15)]).encode()
        packet = bytearray(dhcp4.udp_packet(dhcp4.NOWHERE, dhcp4.EVERYWHERE, (68, 67), payload))
        packet[26:28] = b"\0\0"
        frame = BROADCAST + b"\x02\xcc\0\0\0\0" + struct.pack("!H", IPV4) + packet
        self.length = len(frame)
        self.memory = ctypes.create_string_buffer(bytes(frame) * BATCH, self.length * BATCH)
        base = ctypes.addressof(self.memory)
        self.vectors = (IoVector * BATCH)(*[IoVector(base + n * self.length, self.length) for n in range(BATCH)])
        self.headers = (MessageHeader * BATCH)(*[
            MessageHeader(None, 0, ctypes.pointer(self.vectors[n]), 1, None, 0, 0, 0) for n in range(BATCH)])
        self.libc = ctypes.CDLL(None, use_errno=True)

    def change(self):
        """Ethernet source, xid and chaddr of every frame of the batch become random."""
        view, random = memoryview(self.memory).cast("B"), os.urandom(BATCH * 8)
        for n in range(BATCH):
            at, hardware = n * self.length, random[n * 8:n * 8 + 4]
            view[at + 8:at + 12] = view[at + 72:at + 76] = hardware
            view[at + 46:at + 50] = random[n * 8 + 4:n * 8 + 8]

    def send(self, count):
        sent = 0
        while sent < count:
            self.change()
            done = 0
            while done < BATCH:
                at = ctypes.byref(self.headers, done * ctypes.sizeof(MessageHeader))
                result = self.libc.sendmmsg(self.socket.fileno(), at, BATCH - done, 0)
                if result < 0:
                    select.select([], [self.socket], [], 1)
                    continue
                done += result
            sent += done
        return sent


def flood(lab, count):
    source = Flood(f"{lab}-flooder")
    began = time.monotonic()
    sent = source.send(count)
    print(sent, int(sent / (time.monotonic() - began)), flush=True)


def path_of(lab, out):
    return Direct(Wire(f"{lab}-client", "eth0"), ports(out)["server", "linkA"])


def obtain(lab, out, count, file):
    path = path_of(lab, out)
    with open(file, "w") as leases:
        for n in range(count):
            reply = Client(path, mac(n), timeout=3).lease()
            if reply is None or reply.type != dhcp4.ACK:
                sys.exit(f"client {n} got no lease")
            print(n, reply.yiaddr, file=leases)


class Question:
    def __init__(self, client, where):
        self.client, self.where = client, where
        self.message = client.message(dhcp4.REQUEST, [], ciaddr=where)
        self.begun, self.tries = time.monotonic(), 0

    def put(self, path):
        self.sent, self.tries = time.monotonic(), self.tries + 1
        path.source = self.where
        path.send(self.client, self.message.encode())


def renew(lab, out, file, seconds):
    path = path_of(lab, out)
    path.wire.take_only(mac(0)[:2])  # the switch sends what is for the flood's clients everywhere
    path.target = SERVER
    owners = [(Client(path, mac(int(n))), where) for n, where in map(str.split, open(file))]
    for client, where in owners:
        path.wire.addresses[where] = client.hardware
    began, asked, waiting, answered = time.monotonic(), 0, {}, []
    while waiting or time.monotonic() < began + seconds:
        now = time.monotonic()
        if now < began + seconds and asked < (now - began) * PER_SECOND:
            question = Question(*owners[asked % len(owners)])
            waiting[question.message.xid] = question
            question.put(path)
            asked += 1
        for question in [q for q in waiting.values() if q.sent < now - PATIENCE_SECONDS]:
            if question.tries < TRIES:
                question.put(path)
            else:
                del waiting[question.message.xid]
        found = path.wire.receive(time.monotonic() + 0.002)
        if found and path.fits(found[1]) and found[1].payload[:1] == b"\x02":
            reply = dhcp4.Message.decode(found[1].payload)
            if reply.type == dhcp4.ACK and reply.xid in waiting:
                question = waiting.pop(reply.xid)
                answered.append((question.tries, time.monotonic() - question.begun))
    first = sum(tries == 1 for tries, _ in answered)
    mean = sum(delay for _, delay in answered) / max(1, len(answered)) * 1000
    print(asked, first, len(answered), f"{mean:.1f}", flush=True)


if __name__ == "__main__":
    word, lab, *rest = sys.argv[1:]
    if word == "flood":
        flood(lab, int(rest[0]))
    elif word == "obtain":
        obtain(lab, rest[0], int(rest[1]), rest[2])
    else:
        renew(lab, rest[0], rest[1], float(rest[2]))
